import type { AppContext } from '../../context.ts'
import { findOrderForNotification } from '../orders/orders.ts'
import { writeOrderConfirmation } from './order-confirmation.ts'
import { sendOrderMail } from './send-order-mail.ts'

export const orderConfirmedTask = 'notifications.order-confirmed'

/** Sends the confirmation of an order, at most once however often it is called. */
export async function confirmOrderByEmail(ctx: AppContext, orderId: string): Promise<void> {
  const found = await findOrderForNotification(ctx, orderId)
  if (found?.record.state !== 'confirmed') return
  await sendOrderMail(ctx, {
    orderId,
    kind: 'order-confirmed',
    message: writeOrderConfirmation(ctx.config, { order: found.view, token: found.token }),
    job: {
      task: orderConfirmedTask,
      payload: { orderId },
      key: `${orderConfirmedTask}:${orderId}`,
      priority: -10,
    },
    what: 'order confirmation',
    told: 'confirmation-sent',
  })
}
