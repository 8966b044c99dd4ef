import type { PaymentAction } from '@dhow/contracts/orders.ts'
import type { AppContext } from '../../context.ts'
import { Problem } from '../../platform/http/problem.ts'
import { beginPayment, openPayment, takeBegun } from './begin-payment.ts'
import { findPaymentOfOrder } from './payments.sql.ts'
import type { PaymentRow } from './payments.sql.ts'
import { isSpent, tryAgain } from './replace-attempt.ts'
import { settleFound } from './settle-payment.ts'

interface GoingOn {
  paymentId: string
  action: PaymentAction
}

/** Undefined when it cannot be opened any more: the provider has ended its session before the time it gave. */
async function openAgain(ctx: AppContext, payment: PaymentRow): Promise<GoingOn | undefined> {
  if (isSpent(payment, ctx.clock.now())) return undefined
  if (payment.provider === 'store-credit' || payment.providerRef === null)
    return { paymentId: payment.id, ...(await beginPayment(ctx, payment)) }
  const outcome = await openPayment(ctx, payment)
  if (outcome.kind !== 'refused') return { paymentId: payment.id, ...(await takeBegun(ctx, payment, outcome)) }
  await settleFound(ctx, payment) // it may have ended by being paid
  return undefined
}

/** What the browser needs to go on paying an order that waits: by the attempt that counts, or a new one where that has run out. */
export async function goOnPaying(ctx: AppContext, payment: PaymentRow): Promise<GoingOn> {
  const same = await openAgain(ctx, payment)
  if (same) return same
  const next = (await tryAgain(ctx, payment.id)) ?? (await findPaymentOfOrder(ctx.db, payment.orderId))
  if (!next) throw new Problem('payments/not-payable')
  const { action } = await beginPayment(ctx, next)
  return { paymentId: next.id, action }
}
