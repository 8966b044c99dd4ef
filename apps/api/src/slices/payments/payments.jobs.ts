import { z } from 'zod'
import type { AppContext } from '../../context.ts'
import { providerNames } from '../../providers/payments/port.ts'
import { releasePayment } from './release-payment.ts'
import { settleRef } from './settle-payment.ts'

const Settle = z.strictObject({ provider: z.enum(providerNames), providerRef: z.string().max(255) })
const Release = z.strictObject({ paymentId: z.uuid() })

/** Asks the provider about one payment by its name there. Webhooks of the release before this one wrote these. */
async function settle(ctx: AppContext, payload: unknown): Promise<void> {
  await settleRef(ctx, { ...Settle.parse(payload), orderId: null })
}

export const paymentJobs = {
  'payments.settle': settle,
  'payments.release': (ctx: AppContext, payload: unknown) => releasePayment(ctx, Release.parse(payload).paymentId),
}
