import { randomUUID } from 'node:crypto'
import { money } from '@dhow/money/money.ts'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { authorisedAt, begunAt, startTabbyApart } from '../../../../test/tabby.ts'
import type { BegunPayment, CaptureRequest, MoneyOutcome } from '../port.ts'

const at = await startTabbyApart()
const { tabby, impatient, sandbox } = at
const control = sandbox.control.tabby
afterAll(() => sandbox.close())
beforeEach(() => sandbox.control.reset())

const captureOf = (change: Partial<CaptureRequest> & { fils?: number } = {}): CaptureRequest => {
  const { fils = 14_950, ...rest } = change
  return { captureId: randomUUID(), amount: money(fils), isFinal: true, takenBefore: 0, shipment: null, ...rest }
}
const refund = (payment: BegunPayment, fils: number, refundId: string = randomUUID()): Promise<MoneyOutcome> =>
  tabby.refund(payment, { refundId, amount: money(fils), otherRefs: [], reason: 'returned' })

async function captured(amount = 14_950): Promise<BegunPayment> {
  const payment = await authorisedAt(at, { amount })
  const outcome = await tabby.capture(payment, captureOf({ fils: amount }))
  if (outcome.kind !== 'done') throw new Error(`not captured: ${outcome.kind}`)
  return payment
}

describe('capturing', () => {
  test('all of it closes the payment', async () => {
    const payment = await authorisedAt(at)
    const request = captureOf()
    const outcome = await tabby.capture(payment, request)
    expect(outcome).toMatchObject({
      kind: 'done',
      truth: {
        state: 'captured',
        providerState: 'CLOSED',
        capturedAmount: 14_950,
        captures: [{ ourId: request.captureId, amount: 14_950 }],
      },
    })
  })

  test('in parts keeps the rest held, until a last part lets go of it', async () => {
    const payment = await authorisedAt(at)
    expect(await tabby.capture(payment, captureOf({ fils: 5_000, isFinal: false }))).toMatchObject({
      kind: 'done',
      truth: { state: 'authorised', authorisedAmount: 14_950, capturedAmount: 5_000 },
    })
    expect(await tabby.capture(payment, captureOf({ fils: 4_000 }))).toMatchObject({
      kind: 'done',
      truth: { state: 'captured', providerState: 'CLOSED', authorisedAmount: 9_000, capturedAmount: 9_000 },
    })
  })

  test.each(['reset-after', 'timeout', 'error500', 'slow', 'slow-bytes'] as const)(
    'after a %s is asked again with the same id, and takes once',
    async (kind) => {
      const payment = await authorisedAt(at)
      const request = captureOf()
      sandbox.control.addFault({ provider: 'tabby', kind, path: '/api/v2/payments/{id}/captures', delayMs: 600 })
      expect(await impatient.capture(payment, request)).toMatchObject({ kind: 'unknown' })
      expect(await tabby.capture(payment, request)).toMatchObject({ kind: 'done', truth: { capturedAmount: 14_950 } })
      expect(control.find(payment.providerRef)?.captures).toHaveLength(1)
    },
  )

  test('of a total ending in .13 is done though its first answer is lost', async () => {
    // The session's first answer is lost too: a second one takes its place.
    await expect(begunAt(at, { amount: 14_913 })).rejects.toThrow('unknown')
    const payment = await authorisedAt(at, { amount: 14_913 })
    const request = captureOf({ fils: 14_913 })
    expect(await tabby.capture(payment, request)).toMatchObject({ kind: 'unknown' })
    expect(await tabby.capture(payment, request)).toMatchObject({ kind: 'done' })
    expect(control.find(payment.providerRef)?.captures).toMatchObject([{ amount: '149.13' }])
  })

  test('a last part whose closing got lost is closed by the next try', async () => {
    const payment = await authorisedAt(at)
    const request = captureOf({ fils: 9_000 })
    sandbox.control.addFault({ provider: 'tabby', kind: 'error500', path: '/api/v2/payments/{id}/close' })
    expect(await tabby.capture(payment, request)).toMatchObject({ kind: 'unknown' })
    expect(await tabby.capture(payment, request)).toMatchObject({ kind: 'done', truth: { providerState: 'CLOSED' } })
    expect(control.find(payment.providerRef)?.captures).toHaveLength(1)
  })

  test('more than is held, or what nobody agreed to, is refused in our words', async () => {
    const payment = await authorisedAt(at)
    expect(await tabby.capture(payment, captureOf({ fils: 14_951 }))).toEqual({
      kind: 'refused',
      reason: 'above-authorised',
    })
    const waiting = await begunAt(at)
    expect(await tabby.capture(waiting, captureOf())).toEqual({ kind: 'refused', reason: 'not-authorised' })
    sandbox.control.reset()
    expect(await tabby.capture(waiting, captureOf())).toEqual({ kind: 'refused', reason: 'missing-at-provider' })
  })
})

describe('refunding', () => {
  test('in parts, each once, up to what was taken', async () => {
    const payment = await captured()
    const refundId = randomUUID()
    expect(await refund(payment, 5_000, refundId)).toMatchObject({
      kind: 'done',
      truth: {
        state: 'captured',
        refundedAmount: 5_000,
        refunds: [{ ourId: refundId, amount: 5_000, state: 'succeeded' }],
      },
    })
    expect(await refund(payment, 5_000, refundId)).toMatchObject({ kind: 'done', truth: { refundedAmount: 5_000 } })
    expect(await refund(payment, 9_951)).toEqual({ kind: 'refused', reason: 'above-captured' })
    expect(await refund(payment, 9_950)).toMatchObject({ kind: 'done', truth: { refundedAmount: 14_950 } })
  })

  test('of what was not taken yet is refused', async () => {
    const payment = await authorisedAt(at)
    expect(await refund(payment, 100)).toEqual({ kind: 'refused', reason: 'not-captured' })
    await tabby.capture(payment, captureOf({ fils: 5_000, isFinal: false }))
    expect(await refund(payment, 100)).toEqual({ kind: 'refused', reason: 'not-captured' })
  })

  test('of a disputed payment is refused while the dispute lasts', async () => {
    const payment = await captured(14_959) // totals ending in .59 are disputed once they are taken
    expect(await refund(payment, 100)).toEqual({ kind: 'refused', reason: 'disputed' })
    control.setDisputed(payment.providerRef, false)
    expect(await refund(payment, 100)).toMatchObject({ kind: 'done' })
  })

  test('whose answer got lost is made once', async () => {
    const payment = await captured()
    const refundId = randomUUID()
    sandbox.control.addFault({ provider: 'tabby', kind: 'reset-after', path: '/api/v2/payments/{id}/refunds' })
    expect(await refund(payment, 5_000, refundId)).toMatchObject({ kind: 'unknown' })
    expect(await refund(payment, 5_000, refundId)).toMatchObject({ kind: 'done', truth: { refundedAmount: 5_000 } })
  })
})

describe('cancelling', () => {
  test('an unpaid payment cannot be stopped', async () => {
    const payment = await begunAt(at)
    expect(await tabby.cancel(payment, 'shopper')).toMatchObject({
      kind: 'not-stoppable',
      truth: { state: 'requires-action' },
    })
  })

  test('an agreed one is closed, so that its buyer is not billed; again is as good as once', async () => {
    const payment = await authorisedAt(at)
    const cancelled = { kind: 'cancelled', truth: { state: 'cancelled', cancelledBy: 'shopper', authorisedAmount: 0 } }
    expect(await tabby.cancel(payment, 'shopper')).toMatchObject(cancelled)
    expect(await tabby.cancel(payment, 'shopper')).toMatchObject(cancelled)
    expect(sandbox.control.calls()['POST /api/v2/payments/{id}/close']).toBe(1)
  })

  test('a partly taken one keeps what was taken, and lets go of the rest', async () => {
    const payment = await authorisedAt(at)
    await tabby.capture(payment, captureOf({ fils: 5_000, isFinal: false }))
    expect(await tabby.cancel(payment, 'shop')).toMatchObject({
      kind: 'too-late',
      truth: { state: 'captured', providerState: 'CLOSED', capturedAmount: 5_000 },
    })
  })

  test('comes too late for what was taken', async () => {
    expect(await tabby.cancel(await captured(), 'shop')).toMatchObject({
      kind: 'too-late',
      truth: { state: 'captured' },
    })
  })

  test('what was refused or has lapsed is over', async () => {
    const refused = await begunAt(at)
    control.reject(refused.providerRef)
    expect(await tabby.cancel(refused, 'shop')).toMatchObject({ kind: 'cancelled', truth: { state: 'cancelled' } })
    const lapsed = await begunAt(at)
    control.expireNow(lapsed.providerRef)
    expect(await tabby.cancel(lapsed, 'shop')).toMatchObject({ kind: 'cancelled', truth: { state: 'cancelled' } })
  })

  test('closing that somebody else did meanwhile is done', async () => {
    const payment = await authorisedAt(at)
    const close = { provider: 'tabby', kind: 'reset-after', path: '/api/v2/payments/{id}/close' } as const
    sandbox.control.addFault(close)
    expect(await tabby.cancel(payment, 'shop')).toMatchObject({ kind: 'unknown' })
    expect(await tabby.cancel(payment, 'shop')).toMatchObject({ kind: 'cancelled' })
  })

  test('what Tabby does not know is missing', async () => {
    const payment = await begunAt(at)
    sandbox.control.reset()
    expect(await tabby.cancel(payment, 'shop')).toEqual({ kind: 'missing' })
  })
})
