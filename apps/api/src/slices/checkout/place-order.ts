import type { DeliveryOption, PaidMethod } from '@dhow/contracts/cart.ts'
import { compare, sameMoney } from '@dhow/money/money.ts'
import type { Money } from '@dhow/money/money.ts'
import type { Locale } from '@dhow/contracts/primitives.ts'
import type { AppContext } from '../../context.ts'
import { sha256 } from '../../platform/crypto/sealing.ts'
import { inTransaction } from '../../platform/db/database.ts'
import type { Tx } from '../../platform/db/database.ts'
import { Problem } from '../../platform/http/problem.ts'
import { newId, newOrderNumber } from '../../platform/ids.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import { findCart, lockCart, markCheckedOut, openCartDetails, priceCart } from '../cart/cart.ts'
import type { CartRecord } from '../cart/cart.ts'
import { lockStock, reserveStock } from '../inventory/inventory.ts'
import { contactIndexes, insertOrder } from '../orders/orders.ts'
import { findPaymentOfOrder, insertPayment, providerOf } from '../payments/payments.ts'
import type { PaymentToBegin } from '../payments/payments.ts'
import { currentDeliveryRates } from '../pricing/pricing.ts'
import type { DeliveryRate, OrderTotals } from '../pricing/pricing.ts'
import { orderLinesFrom } from './order-from-cart.ts'

export interface PlaceOrder {
  cartId: string
  paymentMethod: PaidMethod
  /** What the shopper saw on the button. */
  expectedTotal: Money
  locale: Locale
}

/** From this many left downwards a card says so, and must be drawn again. */
const LOW_STOCK = 5

interface ReadyCart {
  cart: CartRecord
  delivery: DeliveryOption
  totals: OrderTotals
}

/** Everything an order needs is there and still what the shopper agreed to, or a problem that says what is not. */
function checkReady(ctx: AppContext, cart: CartRecord, rates: readonly DeliveryRate[], input: PlaceOrder): ReadyCart {
  if (cart.lines.length === 0) throw new Problem('cart/empty')
  const missing = [
    cart.contactSealed ? undefined : 'contact',
    cart.addressSealed ? undefined : 'address',
    cart.deliveryMethod ? undefined : 'delivery',
  ].filter((part) => part !== undefined)
  if (missing.length > 0) throw new Problem('cart/incomplete', { missing })
  const gone = cart.lines.filter((line) => !line.isForSale)
  if (gone.length > 0)
    throw new Problem('cart/variant-not-available', { variantIds: gone.map((line) => line.variantId) })
  const { totals, delivery } = priceCart(cart, rates, ctx.clock.now())
  if (!delivery) throw new Problem('cart/delivery-not-available')
  if (!sameMoney(totals.grandTotal, input.expectedTotal))
    throw new Problem('cart/total-changed', { total: totals.grandTotal })
  const { minimum, maximum } = providerOf(ctx, 'stripe')
  if (compare(totals.grandTotal, minimum) < 0 || compare(totals.grandTotal, maximum) > 0)
    throw new Problem('payments/amount-not-supported')
  return { cart, delivery, totals }
}

async function reserve(
  ctx: AppContext,
  tx: Tx,
  hold: { cart: CartRecord; orderId: string; expiresAt: Date },
): Promise<void> {
  const claims = hold.cart.lines.map((line) => ({ variantId: line.variantId, quantity: line.quantity }))
  const available = await lockStock(
    tx,
    claims.map((claim) => claim.variantId),
  )
  const short = claims.filter((claim) => (available.get(claim.variantId) ?? 0) < claim.quantity)
  const outOfStock = (variantIds: string[]) =>
    new Problem('inventory/out-of-stock', {
      shortages: variantIds.map((variantId) => ({ variantId, available: available.get(variantId) ?? 0 })),
    })
  if (short.length > 0) throw outOfStock(short.map((claim) => claim.variantId))
  const held = await reserveStock(tx, {
    orderId: hold.orderId,
    claims,
    expiresAt: hold.expiresAt,
    now: ctx.clock.now(),
  })
  // The guarded UPDATE has the last word, whatever the look before it said; the transaction rolls back.
  if (held.length < claims.length) throw outOfStock(claims.map((claim) => claim.variantId))
  const low = new Set(held.filter((row) => row.available <= LOW_STOCK).map((row) => row.variantId))
  const products = new Set(hold.cart.lines.filter((line) => low.has(line.variantId)).map((line) => line.productId))
  await enqueue(
    tx,
    ...[...products].map((productId) => ({
      task: 'catalog.refresh-cards',
      payload: { productId },
      key: `card:${productId}`,
    })),
  )
}

async function writeOrder(ctx: AppContext, tx: Tx, ready: ReadyCart, locale: Locale): Promise<PaymentToBegin> {
  const { cart, delivery, totals } = ready
  const { contact } = openCartDetails(ctx.sealer, cart)
  const { dataKey, contactSealed, addressSealed, emirate } = cart
  if (!contact || !dataKey || !contactSealed || !addressSealed || !emirate) throw new Problem('cart/incomplete')
  const now = ctx.clock.now()
  const id = newId()
  const deadlineAt = new Date(now.getTime() + ctx.config.ORDER_HOLD_MINUTES * 60_000)
  await reserve(ctx, tx, { cart, orderId: id, expiresAt: deadlineAt })
  await insertOrder(tx, {
    id,
    number: newOrderNumber(),
    cartId: cart.id,
    customerId: cart.customerId,
    locale,
    placedAt: now,
    deadlineAt,
    subtotalAmount: totals.subtotal.amount,
    deliveryAmount: delivery.price.amount,
    deliveryVatAmount: totals.deliveryVat.amount,
    vatAmount: totals.vat.amount,
    grandTotalAmount: totals.grandTotal.amount,
    deliveryMethod: delivery.method,
    deliveryEarliest: delivery.earliest,
    deliveryLatest: delivery.latest,
    emirate,
    dataKey,
    contactSealed,
    addressSealed,
    ...contactIndexes(ctx, contact),
    lines: orderLinesFrom(cart.lines, totals),
  })
  const payment = { id: newId(), orderId: id, amount: totals.grandTotal.amount }
  await insertPayment(tx, { ...payment, now })
  await markCheckedOut(tx, { id: cart.id, orderId: id, now })
  return { ...payment, provider: 'stripe', sessionRef: null, redirectUrl: null, providerRef: null }
}

/**
 * Turns a cart into an order waiting for its payment, in one transaction: cart locked, stock reserved, order, lines, timeline,
 * payment and jobs written together. The cart's lock makes a double click, a second tab and a retry queue; all but the
 * first find the cart checked out and get the same order. Talks to nobody outside.
 */
export async function placeOrder(ctx: AppContext, input: PlaceOrder): Promise<PaymentToBegin> {
  const keyHash = sha256(input.cartId)
  const rates = await currentDeliveryRates(ctx)
  const placed = await inTransaction(ctx.db, async (tx) => {
    const locked = await lockCart(tx, keyHash)
    if (!locked) throw new Problem('cart/not-found')
    const cart = await findCart(tx, keyHash)
    if (!cart) throw new Problem('cart/not-found')
    if (cart.orderId && cart.orderState === 'awaiting-payment') {
      const payment = await findPaymentOfOrder(tx, cart.orderId)
      if (payment) return { payment, isNew: false }
    }
    if (cart.state !== 'open')
      throw new Problem('cart/checked-out', { orderNumber: cart.orderNumber, orderState: cart.orderState })
    return { payment: await writeOrder(ctx, tx, checkReady(ctx, cart, rates, input), input.locale), isNew: true }
  })
  if (placed.isNew) ctx.metrics.orders.inc({ event: 'placed' })
  return placed.payment
}
