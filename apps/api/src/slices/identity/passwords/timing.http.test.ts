import * as auth from '@dhow/contracts/auth.ts'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../../test/app.ts'
import { codeOf } from '../../../../test/problems.ts'

const app = await startTestApp()
const { api, given, clock } = app

const password = 'a lantern on the creek'
const wrong = 'a lantern on the beach'

/** The probability that a value of one series is larger than one of the other: 0.5 when nothing tells them apart (Mann–Whitney U). */
function chanceOfLarger(one: readonly number[], other: readonly number[]): number {
  let wins = 0
  for (const a of one) for (const b of other) wins += a > b ? 1 : a === b ? 0.5 : 0
  return wins / (one.length * other.length)
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

/**
 * Asks in turns, so that whatever else the machine does falls on both. What is compared is their order and not seconds: the
 * bounds are four standard deviations of U for two series of this length that nothing tells apart.
 */
async function compare(length: number, known: () => Promise<unknown>, unknown: () => Promise<unknown>) {
  const taken = { known: [] as number[], unknown: [] as number[] }
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const before = performance.now()
    await work()
    return performance.now() - before
  }
  for (let warmUp = 0; warmUp < 5; warmUp += 1) await Promise.all([known(), unknown()])
  for (let turn = 0; turn < length; turn += 1) {
    const isKnownFirst = turn % 2 === 0
    if (isKnownFirst) taken.known.push(await timed(known))
    taken.unknown.push(await timed(unknown))
    if (!isKnownFirst) taken.known.push(await timed(known))
  }
  const deviation = Math.sqrt((2 * length + 1) / (12 * length * length))
  return {
    chance: chanceOfLarger(taken.known, taken.unknown),
    bound: 4 * deviation,
    ratio: median(taken.known) / median(taken.unknown),
  }
}

test.each([
  // A quarter of an hour between two tries lets each be made; without it the account is locked from the sixth on.
  ['that takes it', 80, { minutes: 15 }],
  ['that is locked', 60, {}],
])(
  'AU-9: a wrong password takes as long for an account %s as for one that is not there',
  async (what, length, wait) => {
    const email = `${what.replaceAll(' ', '-')}@example.com`
    await given.customer({ email, password, phone: null })
    const login = (address: string) => codeOf(api.call(auth.login, { body: { email: address, password: wrong } }))
    const known = () => {
      clock.advance(wait)
      return login(email)
    }
    const { chance, bound, ratio } = await compare(length, known, () => login('nobody@example.com'))
    expect(Math.abs(chance - 0.5)).toBeLessThan(bound)
    expect(ratio).toBeGreaterThan(0.8)
    expect(ratio).toBeLessThan(1.25)
  },
  180_000,
)

test('AU-9: asking for a reset takes as long for an address that has no account', async () => {
  let turn = 0
  const emails = await given.many(45, async (index) => {
    const email = `known${index}@example.com`
    await given.customer({ email, phone: null })
    return email
  })
  // Each address is asked for once, as nobody gets many mails.
  const ask = (email: string) => api.call(auth.forgetPassword, { body: { email } })
  const known = () => ask(emails[(turn += 1) % emails.length] ?? '')
  const unknown = () => ask(`nobody${(turn += 1)}@example.com`)
  const { chance, bound } = await compare(40, known, unknown)
  expect(Math.abs(chance - 0.5)).toBeLessThan(bound)
}, 180_000)

test('AU-9: signing up, and asking for a reset, answer 202 without a word for known and unknown addresses', async () => {
  const answers = await Promise.all(
    ['known@example.com', 'somebody-new@example.com'].flatMap((email) => [
      api.call(auth.register, { body: { email, password, name: 'Layla' } }),
      api.call(auth.forgetPassword, { body: { email } }),
    ]),
  )
  expect(answers).toEqual([null, null, null, null])
})
