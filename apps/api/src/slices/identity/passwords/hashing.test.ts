import { expect, test } from 'vitest'
import { unitConfig } from '../../../../test/unit-config.ts'
import { ConfigError } from '../../../config.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { hashSecret, isOutdated, verifySecret } from './hashing.ts'

const ctxWith = (env: Record<string, string> = {}) => ({ config: unitConfig(env) })
const ctx = ctxWith()

test('AU-3: a secret is stored as argon2id with OWASP’s parameters in it, and found again', async () => {
  const stored = await hashSecret(ctx, 'a lantern on the creek')
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await verifySecret(ctx, 'a lantern on the creek', stored)).toBe(true)
  expect(await verifySecret(ctx, 'a lantern on the Creek', stored)).toBe(false)
})

test('AU-3: without the pepper, which is outside the database, a stolen hash matches nothing', async () => {
  const stored = await hashSecret(ctx, 'a lantern on the creek')
  const thief = ctxWith({ TOKEN_KEY: Buffer.alloc(32, 2).toString('base64') })
  expect(await verifySecret(thief, 'a lantern on the creek', stored)).toBe(false)
})

test('AU-3: a hash of lower parameters still matches, and is said to be outdated', async () => {
  const before = ctxWith({ ARGON2_MEMORY_KIB: '1024', ARGON2_PASSES: '1' })
  const stored = await hashSecret(before, 'a lantern on the creek')
  expect(await verifySecret(ctx, 'a lantern on the creek', stored)).toBe(true)
  expect(isOutdated(ctx, stored)).toBe(true)
  expect(isOutdated(before, stored)).toBe(false)
  expect(isOutdated(before, await hashSecret(ctx, 'another lantern, lit'))).toBe(false)
})

test('AU-3: in production the parameters cannot be set below the floor', () => {
  const cheap = () => unitConfig({ DHOW_MODE: 'production', ARGON2_MEMORY_KIB: '1024' })
  expect(cheap).toThrow(ConfigError)
  expect(cheap).toThrow(/ARGON2_MEMORY_KIB/)
})

test('AU-3: the event loop turns while passwords are hashed', async () => {
  let turns = 0
  let isDone = false
  const turn = (): void => {
    turns += 1
    if (!isDone) setImmediate(turn)
  }
  setImmediate(turn)
  const turnsAtEnd: number[] = []
  const hashes = Array.from({ length: 20 }, async () => {
    await hashSecret(ctx, 'a lantern on the creek')
    turnsAtEnd.push(turns)
  })
  await Promise.all(hashes)
  isDone = true
  // Were a hash made on the loop, no turn could pass between two that end: here each pair that runs together has many.
  const between = turnsAtEnd.filter((_, index) => index % 2 === 1).map((at, index, all) => at - (all[index - 1] ?? 0))
  expect(Math.min(...between)).toBeGreaterThan(10)
})

test('AU-3: two are hashed at once, a bounded number waits, and one more is told to come back', async () => {
  const small = ctxWith({ ARGON2_CONCURRENCY: '2', ARGON2_QUEUE_LIMIT: '3' })
  const answers = await Promise.allSettled(Array.from({ length: 8 }, () => hashSecret(small, 'a lantern on the creek')))
  const refused = answers.filter((answer) => answer.status === 'rejected').map((answer) => answer.reason)
  expect(refused).toHaveLength(3)
  for (const reason of refused) {
    expect(reason).toBeInstanceOf(Problem)
    expect(reason).toMatchObject({ code: 'auth/busy', status: 503, headers: { 'Retry-After': '2' } })
  }
  expect(await hashSecret(small, 'and the line is free again')).toContain('$argon2id$')
})
