import { getProofOfWork } from '@dhow/contracts/auth.ts'
import { requestConfirmationCode } from '@dhow/contracts/account-security.ts'
import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../../../test/app.ts'
import type { TestApp } from '../../../../test/app.ts'
import { countBy } from '../../../../test/count-by.ts'
import { askerOf, codeFor, freshPhone, solvedPuzzle } from '../../../../test/one-time-codes.ts'
import { codeOf, problemOf } from '../../../../test/problems.ts'
import { otpFigures } from './otp-figures.ts'

const OTP_LIMITS =
  'phone 1/60 3/900 6/86400; account 6/86400; ip 5/900 20/86400; network 30/3600; device 5/3600; prefix 10/3600; country 50/3600; country:AE 2000/3600'
/** Cheap enough for a test that solves many. */
const OTP_PROOF_COST = '10'
const start = (env: Record<string, string> = {}) => startTestApp({ env: { OTP_PROOF_COST, ...env } })

let made = 0
const freshAddress = (): string => `10.9.${(made += 1) >> 8}.${made & 255}`
const strangerOf = (app: TestApp) => askerOf(app, { ip: freshAddress() })
const alertsOf = (app: TestApp) => app.logs.flatMap((line) => (line['alert'] ? [[line['alert'], line['percent']]] : []))

describe('OT-5: the budget', () => {
  test('OT-5: is spent to the exact message, with a warning at half and an alarm and proof of work from 80 %', async () => {
    const app = await start({ OTP_COST_FILS: 'AE:100', OTP_BUDGET_HOUR_FILS: '1000' })
    const told: string[] = []
    for (let sends = 0; sends < 12; sends += 1) {
      const stranger = strangerOf(app)
      const code = await codeOf(stranger.ask(freshPhone()))
      told.push(code)
      if (code !== 'auth/proof-required') continue
      told.push(await codeOf(stranger.ask(freshPhone(), await solvedPuzzle(stranger))))
    }
    expect(told).toEqual([
      ...Array.from({ length: 8 }, () => 'none'),
      'auth/proof-required',
      'none',
      'auth/proof-required',
      'none',
      'auth/codes-unavailable',
      'auth/codes-unavailable',
    ])
    expect(app.sandbox.control.countTexts()).toBe(10)
    expect(alertsOf(app)).toEqual([
      ['otp-budget', 80],
      ['otp-budget', 100],
    ])
    expect(await otpFigures(app.ctx, app.db, app.clock.now())).toMatchObject({ budgetShare: 1, hourFils: 1000 })
    app.clock.advance({ minutes: 61 })
    expect(await codeOf(strangerOf(app).ask(freshPhone()))).toBe('none')
  })

  test('OT-5: fifty at once spend no more than there is', async () => {
    const app = await start({ OTP_COST_FILS: 'AE:100', OTP_BUDGET_DAY_FILS: '700' })
    const told = await Promise.all(Array.from({ length: 50 }, () => codeOf(strangerOf(app).ask(freshPhone()))))
    expect(countBy(told, (code) => code)['none']).toBe(6)
    expect(app.sandbox.control.countTexts()).toBe(6)
  })

  test('OT-5: when it is spent, whoever is signed in still gets codes, others hear what else there is', async () => {
    const app = await start({ OTP_COST_FILS: 'AE:100', OTP_BUDGET_HOUR_FILS: '100' })
    const { tokens } = await app.given.customer({ phone: freshPhone() })
    await strangerOf(app).ask(freshPhone())
    const problem = await problemOf(strangerOf(app).ask(freshPhone()))
    expect(problem).toMatchObject({ status: 503, code: 'auth/codes-unavailable' })
    expect(problem.document['alternatives']).toEqual(['password', 'passkey'])
    const { accessToken } = tokens
    expect(await codeOf(app.api.call(requestConfirmationCode, { accessToken }))).toBe('none')
  })

  test('OT-5: what was certainly not sent costs nothing', async () => {
    const app = await start({ OTP_COST_FILS: 'AE:100', OTP_BUDGET_HOUR_FILS: '100' })
    app.sandbox.control.addFault({ provider: 'twilio', kind: 'error500' })
    expect(await codeOf(strangerOf(app).ask(freshPhone()))).toBe('auth/codes-unavailable')
    expect(await codeOf(strangerOf(app).ask(freshPhone()))).toBe('none')
  })
})

describe('OT-6: codes nobody gives back', () => {
  const pump = async (app: TestApp, numberOf: (index: number) => string, sends: number) => {
    for (let index = 0; index < sends; index += 1) await strangerOf(app).ask(numberOf(index))
    app.clock.advance({ minutes: 6 })
  }
  const inPrefix = (index: number): string => `+97156789${1_000 + index}`

  test('OT-6: thirty to one prefix block it for six hours, other prefixes are fine', async () => {
    const app = await start()
    for (let index = 0; index < 200; index += 1)
      await app.db.insertInto('otpSends').values(answered(app, index)).execute()
    await pump(app, inPrefix, 30)
    const problem = await problemOf(strangerOf(app).ask(inPrefix(31)))
    expect(problem).toMatchObject({ status: 503, code: 'auth/codes-unavailable' })
    expect(problem.document['retryAfterSeconds']).toBe(6 * 3600)
    expect(app.sandbox.control.countTexts()).toBe(30)
    expect(await codeOf(strangerOf(app).ask(freshPhone()))).toBe('none')
    expect(alertsOf(app)).toEqual([['otp-conversion', undefined]])
    expect(await otpFigures(app.ctx, app.db, app.clock.now())).toMatchObject({ blocks: 1 })
    app.clock.advance({ hours: 6 })
    expect(await codeOf(strangerOf(app).ask(inPrefix(32)))).toBe('none')
  })

  test('OT-6: a prefix whose codes are given back is not blocked', async () => {
    const app = await start()
    for (let index = 0; index < 30; index += 1) {
      const stranger = strangerOf(app)
      const { challengeId } = await stranger.ask(inPrefix(index))
      if (index % 4 === 0) await stranger.give(challengeId, codeFor(app, inPrefix(index)))
    }
    app.clock.advance({ minutes: 6 })
    expect(await codeOf(strangerOf(app).ask(inPrefix(31)))).toBe('none')
  })

  test('OT-6: a foreign country is blocked, our own needs a proof of work', async () => {
    const app = await start({ OTP_COUNTRIES: 'AE,SA' })
    await pump(app, (index) => `+9665${10_000_000 + index * 10_000}`, 30)
    expect(await codeOf(strangerOf(app).ask('+966559991234'))).toBe('auth/codes-unavailable')
    await pump(app, freshPhone, 30)
    const stranger = strangerOf(app)
    expect(await codeOf(stranger.ask(freshPhone()))).toBe('auth/proof-required')
    expect(await codeOf(stranger.ask(freshPhone(), await solvedPuzzle(stranger)))).toBe('none')
  })
})

/** A message to some other number that was given back, an hour ago. */
function answered(app: TestApp, index: number) {
  const at = new Date(app.clock.now().getTime() - 60 * 60_000)
  const some = Buffer.from(`answered ${index}`)
  const subject = { country: 'AE', phoneIndex: some, prefixIndex: some, ipIndex: some, networkIndex: some }
  const rest = { deviceIndex: null, accountId: null, costFils: 1, at, verifiedAt: at }
  return { challengeId: '01890000-0000-7000-8000-000000000000', ...subject, ...rest }
}

describe('OT-7: proof of work', () => {
  test('OT-7: the first message of an address is free, each further one needs a puzzle solved, once', async () => {
    const app = await start({ OTP_FREE_SENDS_PER_IP: '1' })
    const script = strangerOf(app)
    expect(await codeOf(script.ask(freshPhone()))).toBe('none')
    expect(await problemOf(script.ask(freshPhone()))).toMatchObject({ status: 403, code: 'auth/proof-required' })
    const proof = await solvedPuzzle(script)
    expect(await codeOf(script.ask(freshPhone(), proof))).toBe('none')
    expect(await codeOf(script.ask(freshPhone(), proof))).toBe('auth/proof-required')
    expect(app.sandbox.control.countTexts()).toBe(2)
  })

  test('OT-7: fifty without a puzzle at once are one, also without Redis', async () => {
    const environments: Record<string, string>[] = [{}, { REDIS_URL: 'redis://127.0.0.1:1' }]
    for (const env of environments) {
      const app = await start({ ...env, OTP_FREE_SENDS_PER_IP: '1' })
      const script = strangerOf(app)
      const told = await Promise.all(Array.from({ length: 50 }, () => codeOf(script.ask(freshPhone()))))
      expect(countBy(told, (code) => code)).toEqual({ none: 1, 'auth/proof-required': 49 })
      expect(app.sandbox.control.countTexts()).toBe(1)
    }
  })

  test('OT-7: a wrong, foreign, altered or old solution is none', async () => {
    const app = await start()
    const asker = strangerOf(app)
    const proof = await solvedPuzzle(asker)
    const { challenge, solution } = JSON.parse(Buffer.from(proof, 'base64').toString())
    const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64')
    const wrong = [
      'no base64 of anything',
      encode({ challenge, solution: { ...solution, counter: solution.counter + 1 } }),
      encode({ challenge: { ...challenge, signature: '0'.repeat(64) }, solution }),
      encode({ challenge: { ...challenge, parameters: { ...challenge.parameters, keyPrefix: '0' } }, solution }),
      encode({ solution }),
    ]
    for (const text of wrong) expect(await codeOf(asker.ask(freshPhone(), text))).toBe('auth/proof-required')
    app.clock.advance({ minutes: 11 })
    expect(await codeOf(asker.ask(freshPhone(), proof))).toBe('auth/proof-required')
    expect(app.sandbox.control.countTexts()).toBe(0)
  })

  test('OT-7: a puzzle is never the same and never kept by a cache', async () => {
    const app = await start()
    const [one, other] = [await app.api.call(getProofOfWork, {}), await app.api.call(getProofOfWork, {})]
    expect(one).not.toEqual(other)
    const answer = await fetch(`${app.baseUrl}/api/v1/auth/proof-of-work`)
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })
})

test('attack: an OTP flood of 400 requests from 40 addresses sends what the limits allow and not one more', async () => {
  const app = await start({
    OTP_LIMITS,
    OTP_FREE_SENDS_PER_IP: '1',
    OTP_BUDGET_HOUR_FILS: '1000',
    OTP_COST_FILS: 'AE:40',
  })
  const bots = Array.from({ length: 40 }, (_, index) => askerOf(app, { ip: `198.51.100.${index}` }))
  const attempt = (bot: (typeof bots)[number], index: number) => codeOf(bot.ask(`+97150444${1_000 + index}`))
  const told = await Promise.all(
    bots.flatMap((bot, at) => Array.from({ length: 10 }, (_, index) => attempt(bot, at * 10 + index))),
  )
  // One prefix: ten an hour.
  expect(countBy(told, (code) => code)['none']).toBe(10)
  expect(app.sandbox.control.countTexts()).toBe(10)
  const spread = await Promise.all(bots.map((bot) => codeOf(bot.ask(freshPhone()))))
  // One network: thirty an hour. And the budget holds 25 messages, of which the last five need a proof.
  expect(countBy(spread, (code) => code)['none']).toBe(10)
  expect(app.sandbox.control.countTexts()).toBe(20)
})
