import type { PaymentState, TimelineKind } from '@dhow/contracts/orders.ts'
import type { AppContext } from '../../context.ts'
import { inTransaction } from '../../platform/db/database.ts'
import type { Tx } from '../../platform/db/database.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import type { PaymentTruth } from '../../providers/payments/port.ts'
import { postCapture } from '../ledger/ledger.ts'
import type { MoneyTaken } from '../ledger/ledger.ts'
import { addTimeline } from '../orders/orders.ts'
import { holdLocked } from './hold-payment.ts'
import { judge } from './judge-truth.ts'
import { moveOrderBy } from './order-by-payment.ts'
import { applyCaptures } from './operations/apply-captures.ts'
import { applyRefunds } from './operations/apply-refunds.ts'
import { releaseJob } from './operations/operation-tasks.ts'
import { mayMove } from './payment-state.ts'
import { lockOrderAndPayment } from './payments.sql.ts'
import type { LockedPayment, PaymentRow } from './payments.sql.ts'
import { movePayment } from './truth.sql.ts'

/** What is left to ask of the provider once the truth is written down; `nothing` also when it was ignored or held. */
export type FollowUp = 'nothing' | 'authorise' | 'release'

export interface TruthToBook extends LockedPayment {
  truth: PaymentTruth
  /** The order is being given up: a payment that is over ends it, in these words. */
  cancelKind?: TimelineKind | undefined
}

const DAY_MS = 86_400_000

/** Until when held money can be taken: the provider's own word, or the window we were told of at set-up. */
function captureBeforeOf(
  ctx: AppContext,
  payment: PaymentRow,
  truth: PaymentTruth,
  state: PaymentState,
): Date | string | null {
  if (truth.captureBefore !== null || state !== 'authorised') return truth.captureBefore
  const days = ctx.config.CAPTURE_WINDOW_DAYS.get(payment.provider)
  if (days === undefined || payment.captureBefore !== null) return null
  return new Date(ctx.clock.now().getTime() + days * DAY_MS)
}

/** The payment as it is after a truth: amounts only grow, and a state is only left the way the table allows. */
function after(payment: PaymentRow, truth: PaymentTruth): PaymentRow {
  return {
    ...payment,
    state: mayMove(payment.state, truth.state) ? truth.state : payment.state,
    providerRef: payment.providerRef ?? truth.providerRef,
    authorisedAmount: Math.max(payment.authorisedAmount, truth.authorisedAmount, truth.capturedAmount),
    capturedAmount: Math.max(payment.capturedAmount, truth.capturedAmount),
    declineReason: truth.declineReason,
  }
}

/** Whether a truth moves the payment itself. */
function isNews(payment: PaymentRow, truth: PaymentTruth): boolean {
  const next = after(payment, truth)
  return (
    next.state !== payment.state ||
    next.providerRef !== payment.providerRef ||
    next.authorisedAmount !== payment.authorisedAmount ||
    next.capturedAmount !== payment.capturedAmount ||
    (next.state === 'failed' && next.declineReason !== payment.declineReason)
  )
}

const hasRefundNews = (payment: PaymentRow, truth: PaymentTruth): boolean =>
  truth.refundedAmount !== payment.refundedAmount || payment.refundRequestedAmount !== payment.refundedAmount

/**
 * Whether a truth may have anything to say that is not written down yet: an attempt that agrees with it needs no look at its order.
 * Cautious where more than the attempt's own columns decide.
 */
export const hasNews = (payment: PaymentRow, truth: PaymentTruth): boolean =>
  isNews(payment, truth) ||
  hasRefundNews(payment, truth) ||
  truth.needsAuthorise ||
  truth.state === 'authorised' ||
  truth.orderId !== payment.orderId ||
  truth.providerRef !== payment.providerRef ||
  truth.amount !== payment.amount ||
  truth.currency !== payment.currency

async function write(ctx: AppContext, tx: Tx, payment: PaymentRow, truth: PaymentTruth): Promise<PaymentRow> {
  const next = after(payment, truth)
  const { id, state: to, providerRef, authorisedAmount, capturedAmount, declineReason } = next
  const { providerState, card, wallet, expiresAt, feeAmount } = truth
  const captureBefore = captureBeforeOf(ctx, payment, truth, to)
  const amounts = { authorisedAmount, capturedAmount, feeAmount }
  const told = { providerRef, providerState, card, wallet, declineReason, expiresAt, captureBefore }
  await movePayment(tx, { id, from: payment.state, to, ...amounts, ...told, now: ctx.clock.now() })
  return next
}

async function tellTimeline(ctx: AppContext, tx: Tx, before: PaymentRow, next: PaymentRow): Promise<void> {
  if (before.supersededAt !== null) return // an order tells of the attempt that counts
  const { orderId } = before
  const at = ctx.clock.now()
  if (next.state === 'processing' && before.state !== 'processing')
    await addTimeline(tx, { orderId, kind: 'payment-processing', at })
  if (next.state === 'failed')
    await addTimeline(tx, { orderId, kind: 'payment-declined', details: { reason: next.declineReason }, at })
  if (next.capturedAmount > before.capturedAmount && before.state === 'authorised')
    await addTimeline(tx, { orderId, kind: before.provider === 'cod' ? 'cash-collected' : 'captured', at })
}

function takenBy(before: PaymentRow, next: PaymentRow): MoneyTaken | undefined {
  const amount = next.capturedAmount - before.capturedAmount
  if (amount <= 0 || before.provider === 'store-credit') return undefined
  const { id: paymentId, orderId, provider } = before
  return { paymentId, orderId, provider, amount, capturedAmount: next.capturedAmount }
}

/** Whoever learned of it lets go right away; the job is for when that process dies, or its provider does not answer. */
const RELEASE_PATIENCE_MS = 60_000

/** What must be asked of the provider next. */
async function followUpOf(
  ctx: AppContext,
  tx: Tx,
  { order, payment }: LockedPayment,
  { truth, next }: { truth: PaymentTruth; next: PaymentRow },
): Promise<FollowUp> {
  if (next.state !== 'authorised' && truth.state !== 'authorised' && !truth.needsAuthorise) return 'nothing'
  // What was over for us and is held there all the same is wanted by nobody either.
  const isWanted = payment.supersededAt === null && order.state !== 'cancelled' && next.state !== 'cancelled'
  if (isWanted) return truth.needsAuthorise ? 'authorise' : 'nothing'
  await enqueue(tx, releaseJob(payment.id, new Date(ctx.clock.now().getTime() + RELEASE_PATIENCE_MS)))
  return 'release'
}

/**
 * Books a truth in the caller's transaction, which has locked order and attempt (`lockOrderAndPayment`): the attempt's columns,
 * the ledger, its refunds, and the order where the attempt is the one that counts. The only way money columns move. Booking it
 * again changes nothing.
 */
export async function bookTruth(ctx: AppContext, tx: Tx, booking: TruthToBook): Promise<FollowUp> {
  const { order, payment, truth, cancelKind } = booking
  const verdict = judge(payment, order, truth)
  if (verdict.kind === 'ignore') return 'nothing'
  if (verdict.kind === 'hold') {
    await holdLocked(ctx, tx, payment, verdict.reason)
    return 'nothing'
  }
  const next = isNews(payment, truth) ? await write(ctx, tx, payment, truth) : payment
  const taken = takenBy(payment, next)
  if (next !== payment) await tellTimeline(ctx, tx, payment, next)
  const isOurs = verdict.kind === 'apply' && payment.supersededAt === null
  const isSaleBooked =
    isOurs && (await moveOrderBy(ctx, tx, { order, before: payment, next, truth, taken, cancelKind }))
  if (taken && !isSaleBooked) await postCapture(ctx, tx, taken)
  if (verdict.kind === 'book-and-hold') await holdLocked(ctx, tx, next, verdict.reason)
  // Only of held money a capture of ours can be under way.
  if (payment.state === 'authorised') await applyCaptures(ctx, tx, { payment: next, order, truth })
  if (hasRefundNews(next, truth)) await applyRefunds(ctx, tx, { payment: next, order, truth })
  return followUpOf(ctx, tx, booking, { truth, next })
}

/** {@link bookTruth} in a transaction of its own. Whoever gets a follow-up asks the provider, outside of it. */
export function applyTruth(
  ctx: AppContext,
  paymentId: string,
  truth: PaymentTruth,
  cancelKind?: TimelineKind,
): Promise<FollowUp> {
  return inTransaction(ctx.db, async (tx) => {
    const locked = await lockOrderAndPayment(tx, paymentId)
    return locked ? bookTruth(ctx, tx, { ...locked, truth, cancelKind }) : 'nothing'
  })
}
