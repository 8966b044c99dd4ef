import type { AppContext } from '../../context.ts'
import { findOrderForNotification } from '../orders/orders.ts'
import { writeCancelNews, writeRefundNews } from './order-news.ts'
import { sendOrderMail } from './send-order-mail.ts'

export const orderRefundedTask = 'notifications.order-refunded'
export const orderCancelledTask = 'notifications.order-cancelled'

/**
 * Tells the shopper of a refund that is done; nothing when it has failed since. An order may be refunded several times, so the
 * refund's id is part of the notification's kind: once for each.
 */
export async function tellOfRefund(ctx: AppContext, wish: { orderId: string; refundId: string }): Promise<void> {
  const { orderId, refundId } = wish
  const found = await findOrderForNotification(ctx, orderId)
  const refund = found?.view.refunds.find(({ id }) => id === refundId)
  if (!found || refund?.state !== 'succeeded') return
  await sendOrderMail(ctx, {
    orderId,
    kind: `order-refunded:${refundId}`,
    message: writeRefundNews(ctx.config, { order: found.view, token: found.token, refund }),
    job: { task: orderRefundedTask, payload: wish, key: `${orderRefundedTask}:${refundId}`, priority: -10 },
    what: 'word of a refund',
  })
}

/** Tells the shopper that the shop has called their order off. */
export async function tellOfCancel(ctx: AppContext, orderId: string): Promise<void> {
  const found = await findOrderForNotification(ctx, orderId)
  if (found?.record.state !== 'cancelled') return
  await sendOrderMail(ctx, {
    orderId,
    kind: 'order-cancelled',
    message: writeCancelNews(ctx.config, { order: found.view, token: found.token }),
    job: { task: orderCancelledTask, payload: { orderId }, key: `${orderCancelledTask}:${orderId}`, priority: -10 },
    what: 'word of a cancelled order',
  })
}
