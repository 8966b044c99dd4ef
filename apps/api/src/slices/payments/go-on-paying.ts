import type { PaymentAction } from '@dhow/contracts/orders.ts'
import type { AppContext } from '../../context.ts'
import { Problem } from '../../platform/http/problem.ts'
import { beginPayment } from './begin-payment.ts'
import { findPaymentOfOrder } from './payments.sql.ts'
import type { PaymentRow } from './payments.sql.ts'
import { isSpent, tryAgain } from './replace-attempt.ts'

async function attemptToGoOnWith(ctx: AppContext, payment: PaymentRow) {
  if (!isSpent(payment, ctx.clock.now())) return payment
  const next = (await tryAgain(ctx, payment.id)) ?? (await findPaymentOfOrder(ctx.db, payment.orderId))
  if (!next) throw new Problem('payments/not-payable')
  return next
}

/** What the browser needs to go on paying an order that waits: by the attempt that counts, or a new one where that has run out. */
export async function goOnPaying(
  ctx: AppContext,
  payment: PaymentRow,
): Promise<{ paymentId: string; action: PaymentAction }> {
  const attempt = await attemptToGoOnWith(ctx, payment)
  const { action } = await beginPayment(ctx, attempt)
  return { paymentId: attempt.id, action }
}
