import type { AppContext } from '../../../context.ts'
import { assertNever } from '../../../platform/assert.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import type { Tx } from '../../../platform/db/database.ts'
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
  reason: string
  by: Acting
}

async function note(ctx: AppContext, tx: Tx, { paymentId, reason, by }: VoidWish): Promise<PaymentRow> {
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
  return payment
}

/** Whether what was held when it was asked for is gone: nothing more was taken of it. */
async function requireLetGo(ctx: AppContext, before: PaymentRow): Promise<void> {
  const after = await findPayment(ctx.db, before.id)
  const isOver = after?.state === 'cancelled' || after?.state === 'captured'
  if (!isOver || after.capturedAmount > before.capturedAmount) throw new Problem('payments/not-voidable')
}

/**
 * Lets held money go, and with nothing taken yet calls the order off: goods back on the shelf, sale reversed, store credit
 * returned, cash no longer waited for. The provider's word decides, also against a capture that was quicker. When it does not
 * answer nothing is written: asking again is safe, and if it did let go its webhook or the next look at it says so.
 */
export async function voidPayment(ctx: AppContext, wish: VoidWish): Promise<void> {
  const payment = await inTransaction(ctx.db, (tx) => note(ctx, tx, wish))
  const begun = begunOf(payment, payment.providerRef ?? '')
  const outcome = await providerOf(ctx, payment.provider).cancel(begun, 'shop')
  switch (outcome.kind) {
    case 'cancelled':
    case 'too-late':
    case 'not-stoppable':
      await applyTruth(ctx, payment.id, outcome.truth, 'cancelled-by-shop')
      return requireLetGo(ctx, payment)
    case 'missing':
      throw providerUnavailable(new Error(`the provider does not know ${begun.providerRef}`))
    case 'unknown':
      throw providerUnavailable(outcome.cause)
    default:
      return assertNever(outcome)
  }
}
