import type { Config } from '../../config.ts'
import { registerWallets, registrarsOf } from './registrars.ts'
import type { Registrar } from './registrars.ts'

/** Wrong use of the command. */
export class RegistrationUsageError extends Error {
  override name = 'RegistrationUsageError'
}

export interface Asked {
  isList: boolean
  /** Where providers reach the API, if not at PUBLIC_API_URL. */
  apiUrl: string | undefined
  /** `stripe:we_123`. */
  remove: string | undefined
}

type Print = (line: string) => void

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** One provider after the other; the failure of one keeps no other from being tried. */
async function forEach(
  registrars: readonly Registrar[],
  print: Print,
  work: (registrar: Registrar) => Promise<void>,
): Promise<number> {
  let failures = 0
  for (const registrar of registrars)
    try {
      await work(registrar)
    } catch (error) {
      failures += 1
      print(`${registrar.provider}: failed: ${messageOf(error)}`)
    }
  return failures
}

const words = { created: 'created', updated: 'brought up to date', none: 'as it should be' }

async function register(config: Config, apiUrl: string, print: Print): Promise<number> {
  const failures = await forEach(registrarsOf(config), print, async ({ provider, register: ask }) => {
    const url = `${apiUrl.replace(/\/$/, '')}/webhooks/${provider}`
    const { id, change, advice } = await ask(url)
    print(`${provider}: ${words[change]}: ${id} → ${url}`)
    for (const line of advice) print(`  ${line}`)
  })
  try {
    const wallets = await registerWallets(config)
    if (wallets !== undefined) print(`wallets: ${wallets}`)
    return failures
  } catch (error) {
    print(`wallets: failed: ${messageOf(error)}`)
    return failures + 1
  }
}

const list = (config: Config, print: Print): Promise<number> =>
  forEach(registrarsOf(config), print, async ({ provider, list: ask }) => {
    const found = await ask()
    if (!found) return print(`${provider}: has no list; see its portal`)
    if (found.length === 0) print(`${provider}: none`)
    for (const { id, url, note } of found) print(`${provider}: ${id} → ${url}${note && ` (${note})`}`)
  })

function remove(config: Config, wanted: string, print: Print): Promise<number> {
  const [provider, id = ''] = wanted.split(':')
  const registrars = registrarsOf(config).filter((one) => one.provider === provider)
  if (registrars.length === 0 || id === '')
    throw new RegistrationUsageError(`--remove takes PROVIDER:ID, not ${wanted}`)
  return forEach(registrars, print, async (registrar) => {
    await registrar.remove(id)
    print(`${provider}: removed ${id}`)
  })
}

/** Does what the command was asked to, and tells how many providers it failed with. */
export async function runRegistration(config: Config, asked: Asked, print: Print): Promise<number> {
  if (asked.remove !== undefined) return remove(config, asked.remove, print)
  return asked.isList ? list(config, print) : register(config, asked.apiUrl ?? config.PUBLIC_API_URL, print)
}
