import { money } from '@dhow/money/money.ts'
import type { AppContext } from '../../../context.ts'
import { assertNever } from '../../../platform/assert.ts'
import type { MoneyOutcome } from '../../../providers/payments/port.ts'
import { applyTruth } from '../apply-truth.ts'
import { findPayment } from '../payments.sql.ts'
import type { PaymentRow } from '../payments.sql.ts'
import { begunOf, providerOf } from '../provider-of.ts'
import { settlePayment } from '../settle-payment.ts'
import { askAgain } from './ask-again.ts'
import { takenSoFar } from './apply-captures.ts'
import { capturesOf, endCapture, findCapture } from './captures.sql.ts'
import type { CaptureRow } from './captures.sql.ts'
import { mayAskAgain } from './retry-schedule.ts'

interface Asked {
  capture: CaptureRow
  payment: PaymentRow
  takenBefore: number
}

/** A capture that is refused leaves an order nobody has paid for: somebody must look before the goods leave. */
async function fail(ctx: AppContext, { capture, payment }: Asked, reason: string): Promise<void> {
  const end = { id: capture.id, state: 'failed', providerRef: null, failureReason: reason } as const
  if (!(await endCapture(ctx.db, { ...end, now: ctx.clock.now() }))) return
  ctx.log.error(
    { captureId: capture.id, paymentId: payment.id, orderId: payment.orderId, reason, alert: 'capture-failed' },
    'held money could not be taken',
  )
}

async function settleOutcome(ctx: AppContext, asked: Asked, outcome: MoneyOutcome): Promise<void> {
  const { capture, payment } = asked
  switch (outcome.kind) {
    case 'done': {
      await applyTruth(ctx, payment.id, outcome.truth)
      const { providerRef } = outcome
      const end = { id: capture.id, state: 'succeeded', providerRef, failureReason: null } as const
      await endCapture(ctx.db, { ...end, now: ctx.clock.now() })
      return
    }
    case 'pending':
      await applyTruth(ctx, payment.id, outcome.truth)
      return askAgain(
        ctx,
        { operation: 'captures', id: capture.id, provider: payment.provider },
        new Error('the provider has not taken it yet'),
      )
    case 'refused':
      await settlePayment(ctx, payment.id) // why it was refused: let go, or taken already
      return fail(ctx, asked, outcome.reason)
    case 'unknown':
      return askAgain(ctx, { operation: 'captures', id: capture.id, provider: payment.provider }, outcome.cause)
    default:
      return assertNever(outcome)
  }
}

/**
 * After a day the id protects nothing any more: the provider's word on how much was taken decides. What is then still held beside
 * it has an alarm of its own.
 */
async function lookFor(ctx: AppContext, asked: Asked): Promise<void> {
  const { capture, payment, takenBefore } = asked
  try {
    await settlePayment(ctx, payment.id)
  } catch (error) {
    return askAgain(ctx, { operation: 'captures', id: capture.id, provider: payment.provider }, error)
  }
  const now = await findPayment(ctx.db, payment.id)
  if ((now?.capturedAmount ?? 0) < takenBefore + capture.amount) return fail(ctx, asked, 'never-reached-provider')
  const end = { id: capture.id, state: 'succeeded', providerRef: null, failureReason: null } as const
  await endCapture(ctx.db, { ...end, now: ctx.clock.now() })
}

/** Asks the provider for a capture that is written down. Safe to call at any moment, twice and at once: the id is the key there. */
export async function performCapture(ctx: AppContext, captureId: string): Promise<void> {
  const capture = await findCapture(ctx.db, captureId)
  if (capture?.state !== 'requested') return
  const payment = await findPayment(ctx.db, capture.paymentId)
  if (!payment || payment.providerRef === null) throw new Error(`capture ${captureId}: its payment was never begun`)
  const takenBefore = takenSoFar(await capturesOf(ctx.db, payment.id))
  if (!mayAskAgain(capture.createdAt, ctx.clock.now())) return lookFor(ctx, { capture, payment, takenBefore })
  const { amount, isFinal, shipment } = capture
  const outcome = await providerOf(ctx, payment.provider).capture(begunOf(payment, payment.providerRef), {
    captureId,
    amount: money(amount),
    isFinal,
    takenBefore,
    shipment,
  })
  await settleOutcome(ctx, { capture, payment, takenBefore }, outcome)
}
