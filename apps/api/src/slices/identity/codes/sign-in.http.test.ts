import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../../../test/app.ts'
import { askerOf, codeFor, freshPhone, otherThan } from '../../../../test/one-time-codes.ts'
import { codeOf, problemOf } from '../../../../test/problems.ts'
import { newId } from '../../../platform/ids.ts'
import { checkCode } from './check-code.ts'
import { sendCode } from './send-code.ts'

const app = await startTestApp()
const { ctx, db, sandbox, clock } = app
const somebody = askerOf(app, { device: 'one' })
const sentTo = (phone: string): number => sandbox.control.countTexts(phone)
const client = {
  ip: '203.0.113.9',
  network: '203.0.113.0/24',
  deviceId: 'D'.repeat(22),
  userAgent: '',
  place: undefined,
  requestId: newId(),
}

describe('signing in by code', () => {
  test('the first code of an unknown number is its sign-up, the next one signs the same customer in', async () => {
    const phone = freshPhone()
    const first = await somebody.signIn(phone)
    expect(first).toMatchObject({ kind: 'signed-in', isNewCustomer: true })
    clock.advance({ minutes: 2 })
    expect(await somebody.signIn(phone)).toMatchObject({ kind: 'signed-in', isNewCustomer: false })
    const jobs = await app.worker.pendingJobs()
    expect(jobs.map((job) => job.task)).toContain('customers.claim-orders')
  })

  test('a code is taken in Arabic-Indic digits, and the number however it is written', async () => {
    const phone = freshPhone()
    const local = `٠${phone.slice(4).replaceAll(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)] ?? '')}`
    const { challengeId } = await somebody.ask(local)
    const arabic = codeFor(app, phone).replaceAll(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)] ?? '')
    expect(await somebody.give(challengeId, arabic)).toMatchObject({ kind: 'signed-in' })
  })

  test('five who give the right code at once get one session', async () => {
    const phone = freshPhone()
    const { challengeId } = await somebody.ask(phone)
    const code = codeFor(app, phone)
    const codes = await Promise.all(Array.from({ length: 5 }, () => codeOf(somebody.give(challengeId, code))))
    expect(codes.filter((one) => one === 'none')).toHaveLength(1)
  })

  test('a disabled account answers as wrong credentials', async () => {
    const phone = freshPhone()
    await somebody.signIn(phone)
    await db.updateTable('accounts').set({ status: 'disabled' }).execute()
    clock.advance({ minutes: 2 })
    expect(await codeOf(somebody.signIn(phone))).toBe('auth/invalid-credentials')
    await db.updateTable('accounts').set({ status: 'active' }).execute()
  })
})

describe('OT-1: a code is good for one challenge, purpose, device and account, once', () => {
  test('OT-1: the code of challenge A does nothing on challenge B', async () => {
    const [one, other] = [freshPhone(), freshPhone()]
    await somebody.ask(one)
    const { challengeId } = await somebody.ask(other)
    const problem = await problemOf(somebody.give(challengeId, codeFor(app, one)))
    expect(problem).toMatchObject({ status: 400, code: 'auth/code-invalid' })
  })

  test('OT-1: used twice is 400', async () => {
    const phone = freshPhone()
    const { challengeId } = await somebody.ask(phone)
    await somebody.give(challengeId, codeFor(app, phone))
    const again = await problemOf(somebody.give(challengeId, codeFor(app, phone)))
    expect(again).toMatchObject({ status: 400, code: 'auth/challenge-invalid' })
  })

  test('OT-1: a sign-in code changes no phone, another device and another account cannot use it', async () => {
    const phone = freshPhone()
    const { challengeId } = await sendCode(ctx, { purpose: 'sign-in', phone, accountId: null, client, locale: 'en' })
    const given = { challengeId, code: codeFor(app, phone), purpose: 'sign-in', client } as const
    for (const wrong of [
      { purpose: 'change-phone' as const },
      { client: { ...client, deviceId: 'E'.repeat(22) } },
      { client: { ...client, deviceId: undefined } },
      { accountId: newId() },
    ])
      await expect(checkCode(ctx, { ...given, ...wrong })).rejects.toMatchObject({ code: 'auth/challenge-invalid' })
    expect(await checkCode(ctx, given)).toEqual({ phone })
  })

  test('OT-1: a code of six digits lives five minutes', async () => {
    const phone = freshPhone()
    const { challengeId, expiresAt, codeLength } = await somebody.ask(phone)
    expect([codeFor(app, phone).length, codeLength]).toEqual([6, 6])
    expect(Date.parse(expiresAt) - clock.now().getTime()).toBe(300_000)
    clock.advance({ minutes: 5 })
    expect(await codeOf(somebody.give(challengeId, codeFor(app, phone)))).toBe('auth/challenge-invalid')
  })

  test('OT-1: asking again sends the same challenge again; another device ends it with another code', async () => {
    const phone = freshPhone()
    const first = await somebody.ask(phone)
    const code = codeFor(app, phone)
    clock.advance({ minutes: 2 })
    const again = await somebody.ask(phone)
    expect([again.challengeId, codeFor(app, phone)]).toEqual([first.challengeId, code])
    clock.advance({ minutes: 2 })
    const other = askerOf(app, { device: 'two' })
    const theirs = await other.ask(phone)
    expect(theirs.challengeId).not.toBe(first.challengeId)
    expect(await codeOf(somebody.give(first.challengeId, codeFor(app, phone)))).toBe('auth/challenge-invalid')
    expect(await other.give(theirs.challengeId, codeFor(app, phone))).toMatchObject({ kind: 'signed-in' })
  })

  test('OT-1: when an older code cannot be called off, no new one is promised', async () => {
    const phone = freshPhone()
    await somebody.ask(phone)
    clock.advance({ minutes: 2 })
    sandbox.control.addFault({ provider: 'twilio', kind: 'error500', path: '/v2/Services/*/Verifications/*' })
    expect(await codeOf(askerOf(app, { device: 'two' }).ask(phone))).toBe('auth/codes-unavailable')
    expect(sentTo(phone)).toBe(1)
  })
})

describe('OT-2: guessing ends', () => {
  test('OT-2: after five wrong codes the right one is refused, and the next code is another', async () => {
    const phone = freshPhone()
    const { challengeId } = await somebody.ask(phone)
    const code = codeFor(app, phone)
    const left = []
    for (let tries = 0; tries < 5; tries += 1)
      left.push((await problemOf(somebody.give(challengeId, otherThan(code)))).document['triesLeft'])
    expect(left).toEqual([4, 3, 2, 1, 0])
    expect(await problemOf(somebody.give(challengeId, code))).toMatchObject({
      status: 400,
      code: 'auth/challenge-invalid',
    })
    clock.advance({ minutes: 2 })
    const next = await somebody.ask(phone)
    expect(await somebody.give(next.challengeId, codeFor(app, phone))).toMatchObject({ kind: 'signed-in' })
  })

  test('OT-2: fifty guesses at once are five', async () => {
    const phone = freshPhone()
    const { challengeId } = await somebody.ask(phone)
    const wrong = otherThan(codeFor(app, phone))
    const codes = await Promise.all(Array.from({ length: 50 }, () => codeOf(somebody.give(challengeId, wrong))))
    expect(codes.filter((one) => one === 'auth/code-invalid')).toHaveLength(5)
    expect(codes.filter((one) => one === 'auth/challenge-invalid')).toHaveLength(45)
  })

  test('OT-2: ten wrong codes in a day rest the number for a day, with other ways named', async () => {
    const phone = freshPhone()
    for (let round = 0; round < 2; round += 1) {
      const { challengeId } = await somebody.ask(phone)
      for (let tries = 0; tries < 5; tries += 1)
        await problemOf(somebody.give(challengeId, otherThan(codeFor(app, phone))))
      clock.advance({ minutes: 2 })
    }
    const problem = await problemOf(somebody.ask(phone))
    expect(problem).toMatchObject({ status: 429, document: { alternatives: ['password', 'passkey'] } })
    expect(problem.document['retryAfterSeconds']).toBeGreaterThan(23 * 3600)
    expect(sentTo(phone)).toBe(2)
    clock.advance({ hours: 24 })
    expect(await somebody.signIn(phone)).toMatchObject({ kind: 'signed-in' })
  })
})

describe('when the provider fails', () => {
  test('no answer to a request leaves a challenge the code of which works', async () => {
    const phone = freshPhone()
    sandbox.control.addFault({ provider: 'twilio', kind: 'reset-after' })
    const { challengeId } = await somebody.ask(phone)
    expect(sentTo(phone)).toBe(1)
    expect(await somebody.give(challengeId, codeFor(app, phone))).toMatchObject({ kind: 'signed-in' })
  })

  test('a failure to send says that no codes are to be had, and costs nothing', async () => {
    const phone = freshPhone()
    sandbox.control.addFault({ provider: 'twilio', kind: 'error500' })
    const problem = await problemOf(somebody.ask(phone))
    expect(problem).toMatchObject({ status: 503, code: 'auth/codes-unavailable' })
    expect(problem.document['alternatives']).toEqual(['password', 'passkey'])
    const last = await db.selectFrom('otpSends').select(['isSent', 'costFils']).orderBy('id', 'desc').executeTakeFirst()
    expect(last).toEqual({ isSent: false, costFils: 0 })
  })

  test('a failure to check gives the try back', async () => {
    const phone = freshPhone()
    const { challengeId } = await somebody.ask(phone)
    sandbox.control.addFault({ provider: 'twilio', kind: 'error500', times: 6 })
    for (let tries = 0; tries < 6; tries += 1)
      expect(await codeOf(somebody.give(challengeId, codeFor(app, phone)))).toBe('auth/codes-unavailable')
    expect(await somebody.give(challengeId, codeFor(app, phone))).toMatchObject({ kind: 'signed-in' })
  })

  test.each([
    ['a landline after all', '+971585550005', 'auth/phone-not-accepted'],
    ['a prefix fraud guard blocks', '+971585550008', 'auth/codes-unavailable'],
    ['sent too often', '+971585550007', 'request/rate-limited'],
  ])('%s is told in our words', async (_case, phone, code) => {
    expect(await codeOf(somebody.ask(phone))).toBe(code)
  })
})

describe('OT-10: nobody learns who has a number', () => {
  test('OT-10: a known and an unknown number are answered alike, and cost the same calls', async () => {
    const [known, unknown] = [freshPhone(), freshPhone()]
    await somebody.signIn(known)
    clock.advance({ minutes: 2 })
    const counted = async (phone: string) => {
      const before = { ...sandbox.control.calls() }
      const answer = await somebody.ask(phone)
      const after = sandbox.control.calls()
      const calls = Object.keys(after).filter((name) => after[name] !== before[name])
      return { shape: Object.keys(answer), life: Date.parse(answer.expiresAt), resendAt: answer.resendAt, calls }
    }
    expect(await counted(known)).toEqual(await counted(unknown))
  })

  test('OT-10: a wrong code for either is refused alike', async () => {
    const [known, unknown] = [freshPhone(), freshPhone()]
    await somebody.signIn(known)
    clock.advance({ minutes: 2 })
    const refusals = []
    for (const phone of [known, unknown]) {
      const { challengeId } = await somebody.ask(phone)
      const { status, code, document } = await problemOf(somebody.give(challengeId, otherThan(codeFor(app, phone))))
      refusals.push({ status, code, triesLeft: document['triesLeft'] })
    }
    expect(refusals[0]).toEqual(refusals[1])
  })
})
