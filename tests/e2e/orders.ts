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
  /** The provider's payments of this order, by their status. */
  intents: string[]
}

interface OrderRow {
  id: string
  number: string
  state: string
  payment: string
}

const listOrders = `
  select orders.id, number, orders.state, payments.state payment from orders
  join payments on payments.order_id = orders.id
  where orders.id in (select order_id from order_lines where variant_id = $1) order by placed_at`

/** All orders of these goods, and what the sandbox knows of them. Goods are one test's own, so nobody else's are among them. */
export async function ordersOf(shop: Shop, goods: Goods): Promise<OrderFacts[]> {
  const { rows } = await shop.db.query<OrderRow>(listOrders, [goods.variantId])
  const { paymentIntents } = shop.sandbox.control.state()
  return rows.map(({ id, number, state, payment }) => {
    const intents = paymentIntents.filter((intent) => intent.metadata['order_id'] === id).map(({ status }) => status)
    return { number, state, payment, intents }
  })
}

/** Fails unless the goods were sold in exactly one order, paid by exactly one payment. */
export async function expectOnePaidOrder(shop: Shop, goods: Goods, number?: string): Promise<void> {
  const paid = { number: number ?? expect.any(String), state: 'confirmed', payment: 'captured', intents: ['succeeded'] }
  await expect.poll(() => ordersOf(shop, goods), { timeout: 20_000 }).toEqual([paid])
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
