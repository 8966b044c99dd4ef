import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { giveStaffSecondFactor, lookUpInvite, staffLogin } from '@dhow/contracts/staff-auth.ts'
import { TOTP, Secret } from 'otpauth'
import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { startTestApp } from '../test/app.ts'
import { codeOf } from '../test/problems.ts'

const folder = await mkdtemp(path.join(tmpdir(), 'dhow-staff-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
// Commands are processes of their own and go by the real clock.
const app = await startTestApp({ now: new Date().toISOString(), env: { MEDIA_DIR: path.join(folder, 'media') } })
const { given, db } = app
const file = path.join(folder, 'demo-staff.json')

interface Outcome {
  code: number
  stdout: string
  stderr: string
}

function runEntry(entry: 'staff' | 'seed', args: string[], env: Record<string, string> = {}): Promise<Outcome> {
  const script = fileURLToPath(new URL(`./${entry}.ts`, import.meta.url))
  return new Promise((done) => {
    const options = { env: { ...app.env, ...env }, cwd: folder }
    const child = execFile(process.execPath, [script, ...args], options, (_, stdout, stderr) =>
      done({ code: child.exitCode ?? -1, stdout, stderr }),
    )
  })
}

const staff = (...args: string[]): Promise<Outcome> => runEntry('staff', args)
const origin = { origin: 'http://localhost:3001' }

const systemEvents = async (action: string) =>
  db.selectFrom('auditEvents').select(['actorKind', 'details']).where('action', '=', action).orderBy('seq').execute()

test('the console invites the first owner, and its link leads in', async () => {
  const invited = await staff('invite', 'boss@dhow.example', '--locale', 'ar')
  expect(invited).toMatchObject({ code: 0, stderr: '' })
  const token = /\/invite\?token=([\w-]{43})\n$/.exec(invited.stdout)?.[1] ?? ''
  const answer = await app.api.call(lookUpInvite, { body: { token }, headers: origin })
  expect(answer.email).toBe('boss@dhow.example')
  expect((await staff('list')).stdout).toContain('boss@dhow.example   –   invited   Owner   no second factor')
  expect(await systemEvents('staff.invited')).toMatchObject([
    { actorKind: 'system', details: { rolesAfter: ['owner'] } },
  ])
})

test('ST-4: the console is the second person: what it grants waits for nobody', async () => {
  const packer = await given.staff({ roles: ['packer'] })
  expect(await staff('grant', packer.email, 'owner')).toMatchObject({
    code: 0,
    stdout: `${packer.email} has: Owner, Packer\n`,
  })
  expect((await systemEvents('staff.roles-changed')).at(-1)).toMatchObject({
    actorKind: 'system',
    details: { rolesBefore: ['packer'], rolesAfter: ['owner', 'packer'] },
  })
})

test('the console shuts somebody out, but not the last owner', async () => {
  const [keeper, leaver] = await given.many(2, () => given.staff())
  expect((await staff('disable', leaver?.email ?? '')).code).toBe(0)
  const others = await db.selectFrom('staffMembers').select('id').where('status', '=', 'active').execute()
  for (const { id } of others)
    if (id !== keeper?.accountId)
      await db.updateTable('accounts').set({ status: 'disabled' }).where('id', '=', id).execute()
  const last = await staff('disable', keeper?.email ?? '')
  expect(last).toMatchObject({ code: 1, stdout: '', stderr: 'The shop must keep an owner\n' })
})

test('what the console cannot do is one line on stderr', async () => {
  const { email } = await given.staff()
  expect((await staff('invite', email)).stderr).toBe(
    'This person is invited or a member already. See: npm run staff -- list\n',
  )
  expect((await staff('grant', email, 'king')).stderr).toMatch(/^No such role\. Roles: owner, manager, /)
  expect((await staff('disable', 'nobody@dhow.example')).stderr).toBe('No such staff member\n')
  for (const wrong of [[], ['frob'], ['grant', email], ['invite', 'no address'], ['list', '--all']])
    expect(await staff(...wrong)).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/Usage:|address/),
    })
})

const Demo = z.array(z.strictObject({ email: z.string(), password: z.string(), totpSecret: z.string() }))
const readDemo = async () => Demo.parse(JSON.parse(await readFile(file, 'utf8')))

test('a demo shop has staff whose secrets are random, kept for their owner alone, and work', async () => {
  await given.product() // so that the seed need not bring the whole catalogue
  const seeded = await runEntry('seed', [], { DEMO_STAFF_FILE: file })
  expect(seeded).toMatchObject({ code: 0, stderr: '' })
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  const demo = await readDemo()
  expect(demo.map(({ email }) => email)).toEqual(['owner@dhow.example', 'packer@dhow.example', 'support@dhow.example'])
  expect(new Set(demo.flatMap(({ password, totpSecret }) => [password, totpSecret])).size).toBe(6)
  for (const { email, password, totpSecret } of demo) {
    const step = await app.api.call(staffLogin, { body: { email, password }, headers: origin })
    if (step.kind !== 'second-factor') throw new Error('no second factor is asked for')
    const code = new TOTP({ secret: Secret.fromBase32(totpSecret) }).generate({ timestamp: app.clock.now().getTime() })
    const body = { challengeId: step.challengeId, proof: { method: 'totp', code } } as const
    expect(await app.api.call(giveStaffSecondFactor, { body, headers: origin })).toMatchObject({ kind: 'signed-in' })
  }
})

test('seeding again leaves the demo staff as they are', async () => {
  const before = await readFile(file, 'utf8')
  await db.updateTable('accounts').set({ status: 'disabled' }).where('kind', '=', 'staff').execute()
  const again = await runEntry('seed', [], { DEMO_STAFF_FILE: file })
  expect(again.stdout).not.toContain('demo staff')
  expect(await readFile(file, 'utf8')).toBe(before)
  const { email, password } = (await readDemo())[0] ?? { email: '', password: '' }
  expect(await codeOf(app.api.call(staffLogin, { body: { email, password }, headers: origin }))).toBe(
    'auth/invalid-credentials',
  )
})

test('a shop in production has no demo staff', async () => {
  const shop = await startTestApp({ env: { MEDIA_DIR: path.join(folder, 'media') } })
  await shop.given.product()
  const other = path.join(folder, 'production.json')
  const env = { ...shop.env, DHOW_MODE: 'production', DHOW_ALLOW_SANDBOX: 'true', DEMO_STAFF_FILE: other }
  expect(await runEntry('seed', [], env)).toMatchObject({ code: 0 })
  await expect(stat(other)).rejects.toThrow('ENOENT')
  expect(await shop.db.selectFrom('staffMembers').select('id').execute()).toEqual([])
})
