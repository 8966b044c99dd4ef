import type { Locale } from '@dhow/i18n/locales.ts'
import { expect } from 'vitest'
import { bringToCheckout } from '../../apps/api/test/shopper.ts'
import { mariam } from './checkout-steps.ts'
import type { Goods } from './goods.ts'
import type { Shop } from './shop.ts'

interface OrderFacts {
  number: string
  state: string
  payment: string
  /** How it is paid now; what was tried before is over. */
  method: string
  /** The provider's payments of this order, by their status. */
  intents: string[]
}

interface OrderRow {
  id: string
  number: string
  state: string
  payment: string
  method: string
}

const listOrders = `
  select orders.id, number, orders.state, order_payments.state payment, order_payments.method from orders
  join order_payments on order_payments.order_id = orders.id
  where orders.id in (select order_id from order_lines where variant_id = $1) order by placed_at`

/** All orders of these goods, and what the sandbox knows of them. Goods are one test's own, so nobody else's are among them. */
export async function ordersOf(shop: Shop, goods: Goods): Promise<OrderFacts[]> {
  const { rows } = await shop.db.query<OrderRow>(listOrders, [goods.variantId])
  const { paymentIntents } = shop.sandbox.control.state()
  return rows.map(({ id, number, state, payment, method }) => {
    const intents = paymentIntents.filter((intent) => intent.metadata['order_id'] === id).map(({ status }) => status)
    return { number, state, payment, method, intents }
  })
}

/** Fails unless the goods were sold in exactly one order, paid by exactly one payment. */
export async function expectOnePaidOrder(shop: Shop, goods: Goods, number?: string): Promise<void> {
  const paid = { number: number ?? expect.any(String), state: 'confirmed', payment: 'captured', method: 'card' }
  await expect.poll(() => ordersOf(shop, goods), { timeout: 20_000 }).toEqual([{ ...paid, intents: ['succeeded'] }])
}

/** Fails unless the goods were sold in exactly one order, and that is paid as told. */
export async function expectOneOrder(
  shop: Shop,
  goods: Goods,
  paid: Pick<OrderFacts, 'number' | 'method' | 'payment'>,
): Promise<void> {
  const facts = { ...paid, state: 'confirmed' }
  await expect.poll(() => ordersOf(shop, goods), { timeout: 20_000 }).toEqual([expect.objectContaining(facts)])
}

interface BoughtOrder {
  number: string
  token: string
  email: string
}

let buyers = 0

/** An order bought and paid over HTTP, for tests of what comes after. */
export async function buyDirectly(shop: Shop, goods: Goods, locale: Locale = 'en'): Promise<BoughtOrder> {
  buyers += 1
  const contact = { name: mariam[locale].name, email: `bought-${buyers}@example.com`, phone: mariam[locale].phone }
  const guest = await bringToCheckout(shop, { lines: [{ variant: { id: goods.variantId } }], locale, contact })
  const placed = await guest.placeOrder()
  if (placed.code !== undefined) throw placed.problem
  await guest.pay()
  await guest.refresh()
  return { number: placed.order.number, token: placed.token, email: contact.email }
}
