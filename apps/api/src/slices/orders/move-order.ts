import type { TimelineKind } from '@dhow/contracts/orders.ts'
import type { AppContext } from '../../context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import { reopenCart } from '../cart/cart.ts'
import { commitStock, releaseStock, restockOrder } from '../inventory/inventory.ts'
import { postSale, postSaleReversed } from '../ledger/ledger.ts'
import type { MoneyTaken } from '../ledger/ledger.ts'
import { returnCredit } from '../store-credit/store-credit.ts'
import { findPaymentStanding } from './order-terms.sql.ts'
import { listProductsOfOrder, moveOrder } from './orders.sql.ts'
import type { MovedOrder } from './orders.sql.ts'

/** Cards show what is left: after goods came back, those of the order's products are drawn again. */
const refreshCards = (productIds: readonly string[]) =>
  productIds.map((productId) => ({ task: 'catalog.refresh-cards', payload: { productId }, key: `card:${productId}` }))

const saleOf = ({ id, grandTotalAmount, vatAmount }: MovedOrder) => ({
  orderId: id,
  grandTotal: grandTotalAmount,
  vat: vatAmount,
})

export interface ConfirmOrder {
  orderId: string
  /** How the timeline tells it. */
  kinds: readonly TimelineKind[]
  /** Money that was taken at this very moment, booked together with the sale. */
  taken?: MoneyTaken | undefined
}

/**
 * The order is backed by money, or by a promise of cash: it is confirmed, its goods leave stock, the sale is booked and the
 * confirmation is queued, all in the caller's transaction. Returns false when the order was not waiting, and then changes nothing.
 */
export async function confirmOrder(ctx: AppContext, tx: Tx, confirm: ConfirmOrder): Promise<boolean> {
  const { orderId, kinds, taken } = confirm
  const now = ctx.clock.now()
  const job = {
    task: 'notifications.order-confirmed',
    payload: { orderId },
    key: `notifications.order-confirmed:${orderId}`, // the same one its retries are queued under
    priority: -10,
  }
  const moved = await moveOrder(tx, { orderId, from: 'awaiting-payment', to: 'confirmed', kinds, job, now })
  if (!moved) return false
  await commitStock(tx, orderId, now)
  await postSale(ctx, tx, saleOf(moved), taken)
  ctx.metrics.orders.inc({ event: 'confirmed' })
  return true
}

/** What store credit paid is the customer's again, under the name of the attempt it was spent with. */
async function giveCreditBack(ctx: AppContext, tx: Tx, order: MovedOrder): Promise<void> {
  const { id: orderId, customerId, storeCreditAmount: amount } = order
  if (amount === 0 || customerId === null) return
  const payment = await findPaymentStanding(tx, orderId)
  if (payment) await returnCredit(ctx, tx, { orderId, customerId, amount, source: payment.paymentId })
}

/**
 * Gives an unpaid order up: stock is released, the cart is the shopper's again, and so is the store credit. Only after the
 * provider has said that no money can be taken any more. Returns false when the order was not waiting.
 */
export async function cancelUnpaidOrder(
  ctx: AppContext,
  tx: Tx,
  cancel: { orderId: string; kind: TimelineKind },
): Promise<boolean> {
  const { orderId, kind } = cancel
  const now = ctx.clock.now()
  const moved = await moveOrder(tx, { orderId, from: 'awaiting-payment', to: 'cancelled', kinds: [kind], now })
  if (!moved) return false
  await reopenCart(tx, orderId, now) // carts before stock, as checkout locks them
  await releaseStock(tx, orderId, now)
  await giveCreditBack(ctx, tx, moved)
  await enqueue(tx, ...refreshCards(await listProductsOfOrder(tx, orderId)))
  ctx.metrics.orders.inc({ event: kind === 'expired' ? 'expired' : 'cancelled' })
  return true
}

/** What was refused at the door is with the courier, and on no shelf before it has come back (UAE facts §8). */
const areGoodsAway = (kind: TimelineKind): boolean => kind === 'cash-refused'

/** The goods of an order that was called off are on the shelf again. Once only. */
export async function takeGoodsBack(ctx: AppContext, tx: Tx, orderId: string): Promise<void> {
  await restockOrder(tx, orderId, ctx.clock.now())
  await enqueue(tx, ...refreshCards(await listProductsOfOrder(tx, orderId)))
}

/**
 * Calls a confirmed order off whose money was held or promised and never taken: goods go back on the shelf where they have not
 * left it, the sale is reversed, store credit returned. The cart stays closed: a cart that comes back by itself days later would surprise. Returns false, and
 * changes nothing, when the order is not confirmed, or when money was taken: that is refunded, and the order stays.
 */
export async function cancelConfirmedOrder(
  ctx: AppContext,
  tx: Tx,
  cancel: { orderId: string; kind: TimelineKind },
): Promise<boolean> {
  const { orderId, kind } = cancel
  const now = ctx.clock.now()
  const payment = await findPaymentStanding(tx, orderId)
  if (!payment || payment.capturedAmount > 0 || payment.provider === 'store-credit') return false
  const moved = await moveOrder(tx, { orderId, from: 'confirmed', to: 'cancelled', kinds: [kind], now })
  if (!moved) return false
  if (!areGoodsAway(kind)) await takeGoodsBack(ctx, tx, orderId)
  await postSaleReversed(ctx, tx, saleOf(moved))
  await giveCreditBack(ctx, tx, moved)
  if (kind === 'cancelled-by-shop')
    await enqueue(tx, {
      task: 'notifications.order-cancelled',
      payload: { orderId },
      key: `notifications.order-cancelled:${orderId}`, // the same one its retries are queued under
      priority: -10,
    })
  ctx.metrics.orders.inc({ event: 'cancelled' })
  return true
}
