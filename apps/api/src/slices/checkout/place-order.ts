import type { DeliveryOption, PaidMethod } from '@dhow/contracts/cart.ts'
import { sameMoney } from '@dhow/money/money.ts'
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
import { reserveStock } from '../inventory/inventory.ts'
import { confirmOrder, contactIndexes, insertOrder } from '../orders/orders.ts'
import type { NewOrder } from '../orders/orders.ts'
import { requireOption, subjectOfCart } from '../payment-options/payment-options.ts'
import type { ChosenOption } from '../payment-options/payment-options.ts'
import { deadlineFor, findPaymentOfOrder, insertPayment } from '../payments/payments.ts'
import type { PaymentRow, PaymentToBegin } from '../payments/payments.ts'
import { currentDeliveryRates } from '../pricing/pricing.ts'
import type { DeliveryRate, OrderTotals } from '../pricing/pricing.ts'
import { spendCredit } from '../store-credit/store-credit.ts'
import { orderLinesFrom } from './order-from-cart.ts'
import { termsOf } from './payment-terms.ts'

export interface PlaceOrder {
  cartId: string
  paymentMethod: PaidMethod
  /** What the shopper saw on the button: what is left to pay by the method. */
  expectedTotal: Money
  /** Store credit pays first. */
  useStoreCredit?: boolean | undefined
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
function checkReady(ctx: AppContext, cart: CartRecord, rates: readonly DeliveryRate[]): ReadyCart {
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
  return { cart, delivery, totals }
}

/** What the chosen way to pay comes to, if that is still what the shopper saw. */
async function chooseOption(ctx: AppContext, tx: Tx, ready: ReadyCart, input: PlaceOrder): Promise<ChosenOption> {
  const { paymentMethod: method, useStoreCredit, locale, expectedTotal } = input
  const subject = subjectOfCart(ctx, { cart: ready.cart, totals: ready.totals, locale })
  const option = await requireOption(ctx, tx, subject, { method, useStoreCredit })
  if (!sameMoney(option.due, expectedTotal)) throw new Problem('cart/total-changed', { total: option.due })
  return option
}

async function reserve(
  ctx: AppContext,
  tx: Tx,
  hold: { cart: CartRecord; orderId: string; expiresAt: Date },
): Promise<void> {
  const claims = hold.cart.lines.map((line) => ({ variantId: line.variantId, quantity: line.quantity }))
  const { orderId, expiresAt } = hold
  const reserved = await reserveStock(tx, { orderId, claims, expiresAt, now: ctx.clock.now() })
  const shortages = reserved.filter((row) => !row.isHeld).map(({ variantId, available }) => ({ variantId, available }))
  if (shortages.length > 0) throw new Problem('inventory/out-of-stock', { shortages })
  const low = new Set(reserved.filter((row) => row.available <= LOW_STOCK).map((row) => row.variantId))
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

interface Agreed extends ReadyCart {
  option: ChosenOption
  locale: Locale
}

function newOrder(ctx: AppContext, { cart, delivery, totals, option, locale }: Agreed, deadlineAt: Date): NewOrder {
  const { contact } = openCartDetails(ctx.sealer, cart)
  const { dataKey, contactSealed, addressSealed, emirate } = cart
  if (!contact || !dataKey || !contactSealed || !addressSealed || !emirate) throw new Problem('cart/incomplete')
  return {
    id: newId(),
    number: newOrderNumber(),
    cartId: cart.id,
    customerId: cart.customerId,
    locale,
    placedAt: ctx.clock.now(),
    deadlineAt,
    subtotalAmount: totals.subtotal.amount,
    deliveryAmount: delivery.price.amount,
    deliveryVatAmount: totals.deliveryVat.amount,
    vatAmount: totals.vat.amount + option.feeVat.amount,
    grandTotalAmount: totals.grandTotal.amount + option.fee.amount,
    ...termsOf(option),
    deliveryMethod: delivery.method,
    deliveryEarliest: delivery.earliest,
    deliveryLatest: delivery.latest,
    emirate,
    dataKey,
    contactSealed,
    addressSealed,
    ...contactIndexes(ctx, contact),
    lines: orderLinesFrom(cart.lines, totals),
  }
}

/** Credit pays first, under the name of the attempt it was spent with. */
async function takeCredit(ctx: AppContext, tx: Tx, order: NewOrder, paymentId: string): Promise<void> {
  const { id: orderId, customerId, storeCreditAmount: amount } = order
  if (amount > 0 && customerId !== null) await spendCredit(ctx, tx, { orderId, customerId, amount, source: paymentId })
}

async function writeOrder(ctx: AppContext, tx: Tx, agreed: Agreed): Promise<PaymentToBegin> {
  const { cart, option } = agreed
  const { provider, method, due } = option
  const deadlineAt = deadlineFor(ctx, provider)
  const order = newOrder(ctx, agreed, deadlineAt)
  const { id: orderId, placedAt: now, number, locale, customerId } = order
  await reserve(ctx, tx, { cart, orderId, expiresAt: deadlineAt })
  await insertOrder(tx, order)
  const payment = { id: newId(), orderId, provider, amount: due.amount }
  await insertPayment(tx, { ...payment, method, attempt: 1, now })
  await takeCredit(ctx, tx, order, payment.id)
  await markCheckedOut(tx, { id: cart.id, orderId, now })
  if (provider === 'store-credit') await confirmOrder(ctx, tx, { orderId, kinds: ['paid', 'confirmed'] })
  const unbegun = { providerRef: null, sessionRef: null, redirectUrl: null }
  return { ...payment, ...unbegun, order: { number, locale, customerId } }
}

/** The order this cart has become, or a way to begin paying the one it becomes now. */
export type Placed = { kind: 'placed'; payment: PaymentToBegin } | { kind: 'waiting'; payment: PaymentRow }

/**
 * Turns a cart into an order waiting for its payment, in one transaction: cart locked, stock reserved, order, lines, timeline,
 * payment and jobs written together. The cart's lock makes a double click, a second tab and a retry queue; all but the
 * first find the cart checked out and get the same order. Talks to nobody outside.
 */
export async function placeOrder(ctx: AppContext, input: PlaceOrder): Promise<Placed> {
  const keyHash = sha256(input.cartId)
  const rates = await currentDeliveryRates(ctx)
  const placed = await inTransaction(ctx.db, async (tx): Promise<Placed> => {
    const locked = await lockCart(tx, keyHash)
    if (!locked) throw new Problem('cart/not-found')
    const cart = await findCart(tx, keyHash)
    if (!cart) throw new Problem('cart/not-found')
    if (cart.orderId && cart.orderState === 'awaiting-payment') {
      const payment = await findPaymentOfOrder(tx, cart.orderId)
      if (payment) return { kind: 'waiting', payment }
    }
    if (cart.state !== 'open')
      throw new Problem('cart/checked-out', { orderNumber: cart.orderNumber, orderState: cart.orderState })
    const ready = checkReady(ctx, cart, rates)
    const option = await chooseOption(ctx, tx, ready, input)
    return { kind: 'placed', payment: await writeOrder(ctx, tx, { ...ready, option, locale: input.locale }) }
  })
  if (placed.kind === 'placed') ctx.metrics.orders.inc({ event: 'placed' })
  return placed
}
