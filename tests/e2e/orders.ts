import { expect } from 'vitest'
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
