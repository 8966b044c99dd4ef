import { parseArgs } from 'node:util'
import { Email } from '@dhow/contracts/auth.ts'
import { readyRoles } from '@dhow/contracts/permissions.ts'
import { Locale } from '@dhow/contracts/primitives.ts'
import { problemCatalogue } from '@dhow/contracts/problems.ts'
import { ConfigError, readConfig } from './config.ts'
import { createContext } from './context.ts'
import type { AppContext } from './context.ts'
import { Problem } from './platform/http/problem.ts'
import { disableByConsole, grantByConsole, inviteByConsole, resetByConsole, viewMembers } from './slices/staff/staff.ts'

const roleCodes = readyRoles.map((role) => role.code).join(', ')

const usage = `Usage:
  npm run staff -- invite EMAIL [--role ROLE] [--locale en|ar]   a link to begin with, good once, for 24 hours
  npm run staff -- list
  npm run staff -- grant EMAIL ROLE      one more role, as the second person where it takes two
  npm run staff -- disable EMAIL         shuts somebody out at once
  npm run staff -- reset EMAIL           for somebody who lost every second factor: a new link

ROLE is one of ${roleCodes}; an invitation makes an owner unless told otherwise.`

/** Wrong use of the command. */
class UsageError extends Error {
  override name = 'UsageError'
}

interface Arguments {
  command: string
  rest: string[]
  roleCode: string
  locale: Locale
}

function readArguments(): Arguments {
  const options = { role: { type: 'string' }, locale: { type: 'string' }, help: { type: 'boolean' } } as const
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true })
    const [command, ...rest] = positionals
    if (values.help || command === undefined) throw new UsageError(usage)
    const locale = Locale.safeParse(values.locale ?? 'en')
    if (!locale.success) throw new UsageError(`--locale is en or ar, not "${values.locale}"`)
    return { command, rest, roleCode: values.role ?? 'owner', locale: locale.data }
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(`${String(error)}\n${usage}`)
  }
}

/** The e-mail address of a command, and what follows it. Throws when there is not exactly as much as it takes. */
function readEmail({ command, rest }: Arguments, extra: number): { email: string; words: string[] } {
  const [typed = '', ...words] = rest
  if (words.length !== extra || typed === '') throw new UsageError(`${command} takes something else.\n${usage}`)
  const email = Email.safeParse(typed)
  if (!email.success) throw new UsageError(`"${typed}" is no e-mail address`)
  return { email: email.data, words }
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)

async function list(ctx: AppContext): Promise<void> {
  const members = await viewMembers(ctx)
  if (members.length === 0) say('Nobody works here yet. Begin with: npm run staff -- invite EMAIL')
  for (const { email, name, status, roles, secondFactors } of members) {
    const what = roles.map((role) => role.nameEn).join(', ') || 'no role'
    say([email, name ?? '–', status, what, secondFactors.join(' and ') || 'no second factor'].join('   '))
  }
}

async function run(ctx: AppContext, given: Arguments): Promise<void> {
  const { command, roleCode, locale } = given
  switch (command) {
    case 'invite': {
      const { email } = readEmail(given, 0)
      const link = await inviteByConsole(ctx, { email, roleCode, locale })
      return say(`${email} may come in by this link, once, within 24 hours (it is mailed too):\n${link}`)
    }
    case 'list':
      return list(ctx)
    case 'grant': {
      const { email, words } = readEmail(given, 1)
      const { roles } = await grantByConsole(ctx, email, words[0] ?? '')
      return say(`${email} has: ${roles.map((role) => role.nameEn).join(', ')}`)
    }
    case 'disable': {
      const { email } = readEmail(given, 0)
      await disableByConsole(ctx, email)
      return say(`${email} is shut out, and every session of theirs has ended`)
    }
    case 'reset': {
      const { email } = readEmail(given, 0)
      const link = await resetByConsole(ctx, email)
      return say(
        `${email} has no password and no second factor any more; the way back in, once, within 24 hours:\n${link}`,
      )
    }
    default:
      throw new UsageError(`There is no "${command}".\n${usage}`)
  }
}

const hints: Record<string, string> = {
  'staff/role-not-found': `. Roles: ${roleCodes}`,
  'staff/already-invited': '. See: npm run staff -- list',
}

/** Exit code 0: done; 1: not. */
async function main(): Promise<void> {
  const given = readArguments()
  const ctx = createContext({ ...readConfig(), REDIS_URL: undefined }, { processName: 'staff' }) // PostgreSQL tells the others
  try {
    await run(ctx, given)
  } finally {
    await ctx.close()
  }
}

function messageOf(error: unknown): string {
  if (error instanceof Problem) return `${problemCatalogue[error.code].title}${hints[error.code] ?? ''}`
  if (error instanceof UsageError || error instanceof ConfigError) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

main().catch((error: unknown) => {
  process.stderr.write(`${messageOf(error)}\n`)
  process.exitCode = 1
})
