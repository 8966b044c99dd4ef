import { expect, test } from 'vitest'
import { createTestClock } from '../../../test/clock.ts'
import { authTags, createSessionCache } from './session-cache.ts'
import type { SessionRecord } from './session-cache.ts'

const record = (sessionId: string, accountId = 'account'): SessionRecord => ({
  sessionId,
  accountId,
  audience: 'shop-api',
  amr: ['sms'],
  authenticatedAt: new Date(0),
  secondFactorAt: null,
  idleExpiresAt: new Date(0),
  expiresAt: new Date(0),
  isEnded: false,
  permissions: new Set(),
  limits: {},
})

/** A cache, and how often it had to ask. */
function setUp() {
  const clock = createTestClock()
  const cache = createSessionCache(clock)
  const asked: string[] = []
  const find = (id: string, accountId?: string) =>
    cache.find(id, async () => {
      asked.push(id)
      return record(id, accountId)
    })
  return { clock, cache, asked, find }
}

test('everybody who asks at the same time is answered by one question', async () => {
  const { asked, find } = setUp()
  await Promise.all([find('a'), find('a'), find('a')])
  expect(asked).toEqual(['a'])
})

test('what was being read when a change was announced is not kept', async () => {
  const { cache, asked, find } = setUp()
  cache.setHearing('postgresql', true)
  let answer = (_record: SessionRecord): void => undefined
  const reading = cache.find('a', () => new Promise((resolve) => (answer = resolve)))
  cache.forget([authTags.session('a')])
  answer(record('a'))
  await reading
  await find('a')
  expect(asked).toEqual(['a'])
})

test('a revoked session and all of a changed account are forgotten, others are not', async () => {
  const { cache, asked, find } = setUp()
  cache.setHearing('postgresql', true)
  await Promise.all([find('a', 'one'), find('b', 'one'), find('c', 'two')])
  cache.forget([authTags.session('a')])
  await Promise.all([find('a', 'one'), find('b', 'one'), find('c', 'two')])
  cache.forget([authTags.account('one')])
  await Promise.all([find('a', 'one'), find('b', 'one'), find('c', 'two')])
  expect(asked).toEqual(['a', 'b', 'c', 'a', 'a', 'b'])
})

test.each([
  [['postgresql'], 60],
  [['postgresql', 'redis'], 60],
  [['redis'], 5],
  [[], 1],
] as const)('with news by %j a session is believed for %i s', async (ways, seconds) => {
  const { clock, cache, asked, find } = setUp()
  for (const way of ways) cache.setHearing(way, true)
  await find('a')
  clock.advance({ seconds: seconds - 1 })
  await find('a')
  expect(asked).toHaveLength(1)
  clock.advance({ seconds: 1 })
  await find('a')
  expect(asked).toHaveLength(2)
})

test('when news stop coming, what was heard with them is not believed longer than without', async () => {
  const { clock, cache, asked, find } = setUp()
  cache.setHearing('postgresql', true)
  await find('a')
  clock.advance({ seconds: 2 })
  cache.setHearing('postgresql', false)
  await find('a')
  expect(asked).toHaveLength(2)
})
