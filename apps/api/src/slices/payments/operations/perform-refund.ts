import { money } from '@dhow/money/money.ts'
import type { AppContext } from '../../../context.ts'
import { assertNever } from '../../../platform/assert.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import type { MoneyOutcome } from '../../../providers/payments/port.ts'
import { applyTruth } from '../apply-truth.ts'
import { findPayment, lockOrderAndPayment } from '../payments.sql.ts'
import type { PaymentRow } from '../payments.sql.ts'
import { begunOf, providerOf } from '../provider-of.ts'
import { settlePayment } from '../settle-payment.ts'
import { askAgain } from './ask-again.ts'
import { findRefund, refundsOfPayment } from './refunds.sql.ts'
import type { RefundRow } from './refunds.sql.ts'
import { mayAskAgain } from './retry-schedule.ts'
import { settleRefund } from './settle-refund.ts'
import type { RefundNews } from './settle-refund.ts'

/** Writes down what became of a refund that the truth did not name, or that never came about. */
async function note(ctx: AppContext, { id, paymentId }: { id: string; paymentId: string }, news: RefundNews) {
  await inTransaction(ctx.db, async (tx) => {
    await lockOrderAndPayment(tx, paymentId)
    const refund = await findRefund(tx, id)
    if (refund?.state === 'requested') await settleRefund(ctx, tx, refund, news)
  })
}

interface Asked {
  refund: RefundRow
  payment: PaymentRow
}

async function settleOutcome(ctx: AppContext, { refund, payment }: Asked, outcome: MoneyOutcome): Promise<void> {
  const known = { id: refund.id, paymentId: payment.id }
  switch (outcome.kind) {
    case 'done':
    case 'pending': {
      await applyTruth(ctx, payment.id, outcome.truth)
      const state = outcome.kind === 'done' ? 'succeeded' : 'pending'
      return note(ctx, known, { state, providerRef: outcome.providerRef, failureReason: null })
    }
    case 'refused':
      return note(ctx, known, { state: 'failed', providerRef: null, failureReason: outcome.reason })
    case 'unknown':
      return askAgain(ctx, { operation: 'refunds', id: refund.id, provider: payment.provider }, outcome.cause)
    default:
      return assertNever(outcome)
  }
}

/**
 * After a day the id protects nothing any more. The provider's list decides: a refund that is on it is settled by that, one that
 * is not was never made, for no request of ours is under way any longer.
 */
async function lookFor(ctx: AppContext, { refund, payment }: Asked): Promise<void> {
  try {
    await settlePayment(ctx, payment.id)
  } catch (error) {
    return askAgain(ctx, { operation: 'refunds', id: refund.id, provider: payment.provider }, error)
  }
  const known = { id: refund.id, paymentId: payment.id }
  await note(ctx, known, { state: 'failed', providerRef: null, failureReason: 'never-reached-provider' })
}

/** Asks the provider for a refund that is written down. Safe to call at any moment, twice and at once: the id is the key there. */
export async function performRefund(ctx: AppContext, refundId: string): Promise<void> {
  const refund = await findRefund(ctx.db, refundId)
  if (refund?.state !== 'requested' || refund.paymentId === null) return
  const payment = await findPayment(ctx.db, refund.paymentId)
  if (!payment || payment.providerRef === null) throw new Error(`refund ${refundId}: its payment was never begun`)
  if (!mayAskAgain(refund.createdAt, ctx.clock.now())) return lookFor(ctx, { refund, payment })
  const outcome = await providerOf(ctx, payment.provider).refund(begunOf(payment, payment.providerRef), {
    refundId,
    amount: money(refund.amount),
    otherRefs: (await refundsOfPayment(ctx.db, payment.id)).flatMap(({ id, providerRef }) =>
      id === refundId || providerRef === null ? [] : providerRef,
    ),
    reason: 'given back by the shop', // what staff wrote may name somebody
  })
  await settleOutcome(ctx, { refund, payment }, outcome)
}
