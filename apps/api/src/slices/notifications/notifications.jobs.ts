import { z } from 'zod'
import type { AppContext } from '../../context.ts'
import type { JobHandlers } from '../../platform/jobs/handlers.ts'
import { confirmOrderByEmail, orderConfirmedTask } from './confirm-order-by-email.ts'

const OrderConfirmed = z.strictObject({ orderId: z.uuid() })

async function sendOrderConfirmation(ctx: AppContext, payload: unknown): Promise<void> {
  await confirmOrderByEmail(ctx, OrderConfirmed.parse(payload).orderId)
}

export const notificationJobs: JobHandlers = { [orderConfirmedTask]: sendOrderConfirmation }
