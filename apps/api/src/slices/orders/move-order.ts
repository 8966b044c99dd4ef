import type { AppContext } from '../../context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import { reopenCart } from '../cart/cart.ts'
import { commitStock, releaseStock } from '../inventory/inventory.ts'
import { listProductsOfOrder, moveOrder } from './orders.sql.ts'

/** Cards show what is left: after goods came back, those of the order's products are drawn again. */
const refreshCards = (productIds: readonly string[]) =>
  productIds.map((productId) => ({ task: 'catalog.refresh-cards', payload: { productId }, key: `card:${productId}` }))

/**
 * Money has arrived: the order is confirmed, its goods leave stock and the confirmation is queued, all in the caller's
 * transaction. Returns false when the order was not waiting for a payment, and then changes nothing.
 */
export async function confirmOrder(ctx: AppContext, tx: Tx, orderId: string): Promise<boolean> {
  const now = ctx.clock.now()
  const moved = await moveOrder(tx, {
    orderId,
    from: 'awaiting-payment',
    to: 'confirmed',
    kinds: ['paid', 'confirmed'],
    now,
  })
  if (!moved) return false
  await commitStock(tx, orderId, now)
  await enqueue(tx, {
    task: 'notifications.order-confirmed',
    payload: { orderId },
    key: `notifications.order-confirmed:${orderId}`, // the same one its retries are queued under
    priority: -10,
  })
  ctx.metrics.orders.inc({ event: 'confirmed' })
  return true
}

/**
 * Gives an unpaid order up: stock is released and the cart is the shopper's again. Only after the provider has said that no
 * money can arrive any more. Returns false when the order was not waiting.
 */
export async function cancelUnpaidOrder(
  ctx: AppContext,
  tx: Tx,
  cancel: { orderId: string; kind: 'cancelled-by-customer' | 'expired' },
): Promise<boolean> {
  const { orderId, kind } = cancel
  const now = ctx.clock.now()
  if (!(await moveOrder(tx, { orderId, from: 'awaiting-payment', to: 'cancelled', kinds: [kind], now }))) return false
  await reopenCart(tx, orderId, now) // carts before stock, as checkout locks them
  await releaseStock(tx, orderId, now)
  await enqueue(tx, ...refreshCards(await listProductsOfOrder(tx, orderId)))
  ctx.metrics.orders.inc({ event: kind === 'expired' ? 'expired' : 'cancelled' })
  return true
}
