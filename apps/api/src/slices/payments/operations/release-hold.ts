import type { releaseHold as endpoint } from '@dhow/contracts/admin-payments.ts'
import type { BodyOf } from '@dhow/contracts/endpoint.ts'
import type { AppContext } from '../../../context.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { doOnce, isDone } from '../../../platform/http/do-once.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { enqueue } from '../../../platform/jobs/enqueue.ts'
import type { PaymentTruth } from '../../../providers/payments/port.ts'
import { recordAudit } from '../../audit/audit.ts'
import type { Acting } from '../../staff/staff.ts'
import { bookTruth } from '../apply-truth.ts'
import { judge } from '../judge-truth.ts'
import { findPayment, lockOrderAndPayment } from '../payments.sql.ts'
import type { LockedPayment } from '../payments.sql.ts'
import { begunOf, hasNobodyToAsk } from '../provider-of.ts'
import { fetchTruth } from '../settle-payment.ts'
import { atOnce } from './at-once.ts'
import { endHold } from './hold.sql.ts'
import { refundJob } from './operation-tasks.ts'
import { performRefund } from './perform-refund.ts'
import { addToPayment, insertRefund } from './refunds.sql.ts'
import { SAFETY_MS } from './retry-schedule.ts'

export interface HoldDecision {
  paymentId: string
  /** The same one again finds the decision made; also the id of the refund it may come to. */
  requestId: string
  body: BodyOf<typeof endpoint>
  by: Acting
}

/** Everything that came in has gone back, and nothing is held: whatever did not match, it is gone. */
const isGone = (truth: PaymentTruth): boolean =>
  truth.capturedAmount <= truth.refundedAmount &&
  truth.state !== 'processing' &&
  (truth.state === 'cancelled' || truth.state === 'captured' || truth.authorisedAmount === 0)

/**
 * Whether a held payment may go on: what the provider says now, held against the order as it stands, no longer differs, or there
 * is no money in it any more.
 */
export const isHarmless = ({ order, payment }: LockedPayment, truth: PaymentTruth): boolean =>
  isGone(truth) || judge(payment, order, truth).kind === 'apply'

/** Money that pays for nothing: of an attempt that was replaced, or of an order that was called off. */
const strayAmount = ({ order, payment }: LockedPayment): number =>
  payment.supersededAt !== null || order.state === 'cancelled'
    ? payment.capturedAmount - payment.refundRequestedAmount
    : 0

interface Deciding {
  locked: LockedPayment
  truth: PaymentTruth | undefined
  decision: HoldDecision
}

/** Gives how much goes back. */
async function refundStray(ctx: AppContext, tx: Tx, { locked, decision }: Deciding): Promise<number> {
  const amount = strayAmount(locked)
  if (amount <= 0) throw new Problem('payments/nothing-stray')
  const now = ctx.clock.now()
  const { payment, order } = locked
  const { by, body, requestId: id } = decision
  const nextTryAt = new Date(now.getTime() + SAFETY_MS)
  await insertRefund(tx, {
    id,
    orderId: order.id,
    paymentId: payment.id,
    destination: 'original',
    state: 'requested',
    amount,
    vatAmount: 0,
    deliveryAmount: 0,
    deliveryVatAmount: 0,
    paymentFeeAmount: 0,
    paymentFeeVatAmount: 0,
    otherAmount: 0,
    roundingAmount: 0,
    isOfSale: false,
    isExternal: false,
    reason: body.note,
    providerRef: null,
    failureReason: null,
    requestedBy: by.actor === 'system' ? null : by.actor.accountId,
    approvalId: null,
    customerId: null,
    createdAt: now,
    succeededAt: null,
    nextTryAt,
  })
  await addToPayment(tx, { paymentId: payment.id, requested: amount, refunded: 0, now })
  await enqueue(tx, refundJob(id, nextTryAt))
  return amount
}

/** Books what the provider says, whether it moves the order or only shows what came in too much. */
async function takeIn(ctx: AppContext, tx: Tx, { locked, truth }: Deciding): Promise<void> {
  if (truth) await bookTruth(ctx, tx, { ...locked, truth })
}

async function decide(ctx: AppContext, tx: Tx, deciding: Deciding): Promise<number | null> {
  const { truth, decision } = deciding
  const { paymentId } = decision
  switch (decision.body.resolution) {
    case 'refund': {
      await takeIn(ctx, tx, deciding)
      const locked = (await lockOrderAndPayment(tx, paymentId)) ?? deciding.locked
      return refundStray(ctx, tx, { ...deciding, locked })
    }
    case 'accept':
      if (!truth || !isHarmless(deciding.locked, truth)) throw new Problem('payments/still-mismatched')
      await takeIn(ctx, tx, deciding)
      return null
    case 'dismiss':
      return null
  }
}

async function write(ctx: AppContext, tx: Tx, decision: HoldDecision, truth: PaymentTruth | undefined): Promise<void> {
  const { paymentId, requestId, body, by } = decision
  const locked = await lockOrderAndPayment(tx, paymentId)
  const held = locked?.payment.heldReason
  if (!locked || !held) throw new Problem('payments/not-held')
  const amount = await decide(ctx, tx, { locked, truth, decision })
  const dismissed = body.resolution === 'dismiss' ? held : null
  await endHold(tx, { id: paymentId, dismissed, now: ctx.clock.now() })
  await recordAudit(ctx, tx, {
    action: 'payment.hold-released',
    result: 'ok',
    ...by,
    object: { type: 'payment', id: paymentId },
    reason: body.note,
    details: {
      orderNumber: locked.order.number,
      heldReason: held,
      resolution: body.resolution,
      refundId: amount === null ? null : requestId,
      amount,
    },
  })
}

/**
 * Ends a hold as a person decided. What is decided about money is held against a truth fetched just now, so that nobody decides by
 * what a page showed yesterday; `dismiss` needs none, and the same mismatch holds the payment no more.
 */
export async function releaseHold(ctx: AppContext, decision: HoldDecision): Promise<void> {
  const { paymentId, requestId, body } = decision
  if (await isDone(ctx.db, requestId)) return
  const payment = await findPayment(ctx.db, paymentId)
  if (!payment) throw new Problem('payments/not-found')
  if (payment.heldReason === null) throw new Problem('payments/not-held')
  const { provider, providerRef } = payment
  const isAskable = providerRef !== null && !hasNobodyToAsk(provider) && body.resolution !== 'dismiss'
  const truth = isAskable ? await fetchTruth(ctx, provider, begunOf(payment, providerRef)) : undefined
  await doOnce(ctx, requestId, (tx) => write(ctx, tx, decision, truth))
  if (body.resolution === 'refund') await atOnce(ctx, () => performRefund(ctx, requestId))
}
