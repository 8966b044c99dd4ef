import type { AppContext } from '../../../context.ts'
import { assertNever } from '../../../platform/assert.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { doOnce } from '../../../platform/http/do-once.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { recordAudit } from '../../audit/audit.ts'
import type { Acting } from '../../staff/staff.ts'
import { applyTruth } from '../apply-truth.ts'
import { providerUnavailable } from '../begin-payment.ts'
import { findPayment, lockOrderAndPayment } from '../payments.sql.ts'
import type { LockedPayment, PaymentRow } from '../payments.sql.ts'
import { begunOf, providerOf } from '../provider-of.ts'
import { capturesOf } from './captures.sql.ts'

/** Whether money is held, or cash promised, that can still be let go. */
export const isVoidable = ({ order, payment }: LockedPayment): boolean =>
  payment.state === 'authorised' &&
  order.state === 'confirmed' &&
  payment.supersededAt === null &&
  payment.heldReason === null

export interface VoidWish {
  paymentId: string
  /** The same one again finds what it let go. */
  requestId: string
  reason: string
  by: Acting
}

async function note(ctx: AppContext, tx: Tx, { paymentId, reason, by }: VoidWish): Promise<void> {
  const locked = await lockOrderAndPayment(tx, paymentId)
  if (!locked) throw new Problem('payments/not-found')
  if (!isVoidable(locked) || locked.payment.providerRef === null) throw new Problem('payments/not-voidable')
  const { payment, order } = locked
  providerOf(ctx, payment.provider)
  const captures = await capturesOf(tx, paymentId)
  if (captures.some((capture) => capture.state === 'requested')) throw new Problem('payments/operation-in-progress')
  await recordAudit(ctx, tx, {
    action: 'payment.void-requested',
    result: 'ok',
    ...by,
    object: { type: 'payment', id: paymentId },
    reason,
    details: { orderNumber: order.number, held: payment.authorisedAmount - payment.capturedAmount },
  })
}

/** Whether something that was held is held no more, and was not taken. */
const isLetGo = ({ state, capturedAmount, authorisedAmount }: PaymentRow): boolean =>
  state === 'cancelled' || (state === 'captured' && capturedAmount < authorisedAmount)

async function letGo(ctx: AppContext, payment: PaymentRow): Promise<void> {
  const begun = begunOf(payment, payment.providerRef ?? '')
  const outcome = await providerOf(ctx, payment.provider).cancel(begun, 'shop')
  switch (outcome.kind) {
    case 'cancelled':
    case 'too-late':
    case 'not-stoppable':
      await applyTruth(ctx, payment.id, outcome.truth, 'cancelled-by-shop')
      return
    case 'missing':
      throw providerUnavailable(new Error(`the provider does not know ${begun.providerRef}`))
    case 'unknown':
      throw providerUnavailable(outcome.cause)
    default:
      assertNever(outcome)
  }
}

/**
 * Lets held money go, and with nothing taken yet calls the order off: goods back on the shelf, sale reversed, store credit
 * returned, cash no longer waited for. The provider's word decides, also against a capture that was quicker. When it does not
 * answer nothing is written: asking again is safe, and if it did let go its webhook or the next look at it says so.
 */
export async function voidPayment(ctx: AppContext, wish: VoidWish): Promise<void> {
  const { paymentId, requestId } = wish
  await doOnce(ctx, requestId, (tx) => note(ctx, tx, wish))
  const before = await findPayment(ctx.db, paymentId)
  if (before?.state === 'authorised') await letGo(ctx, before)
  const after = await findPayment(ctx.db, paymentId)
  if (!after || !isLetGo(after)) throw new Problem('payments/not-voidable')
}
