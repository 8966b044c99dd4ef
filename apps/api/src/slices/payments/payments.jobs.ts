import { z } from 'zod'
import type { AppContext } from '../../context.ts'
import { isTerminal } from './payment-state.ts'
import { findPaymentByRef } from './payments.sql.ts'
import { applyTruth, fetchTruth } from './settle-payment.ts'

const Settle = z.strictObject({ provider: z.literal('stripe'), providerRef: z.string().max(255) })

/** A webhook spoke of a payment: ask the provider. One that came before our own record of its id is found by its metadata. */
async function settle(ctx: AppContext, payload: unknown): Promise<void> {
  const { providerRef } = Settle.parse(payload)
  const payment = await findPaymentByRef(ctx.db, providerRef)
  if (payment && isTerminal(payment.state)) return
  const truth = await fetchTruth(ctx, providerRef)
  const orderId = payment?.orderId ?? truth?.orderId
  if (!truth || !orderId) {
    ctx.log.info({ providerRef }, 'webhook of a payment that is not ours')
    return
  }
  await applyTruth(ctx, orderId, truth)
}

export const paymentJobs = { 'payments.settle': settle }
