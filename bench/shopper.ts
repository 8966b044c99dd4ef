import { randomUUID } from 'node:crypto'
import type { CartView } from '@dhow/contracts/cart.ts'
import type { CheckoutResult, OrderView } from '@dhow/contracts/orders.ts'
import { send } from './http.ts'

export interface Market {
  apiUrl: string
  sandboxUrl: string
  variantIds: readonly string[]
}

export type Outcome = 'paid' | 'out-of-stock'

export const contact = { name: 'Mariam Al Mansoori', email: 'mariam@example.com', phone: '0501234567' }
const address = {
  recipientName: contact.name,
  phone: contact.phone,
  emirate: 'AE-DU',
  area: 'Al Barsha',
  kind: 'apartment',
  building: 'Marina Heights',
  unit: '1204',
}

export function expectStatus<T>(step: string, wanted: number, answer: { status: number; body: T }): T {
  if (answer.status !== wanted) throw new Error(`${step} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
  return answer.body
}

/** The cart ready to pay, or undefined when a variant was gone before it could be put in. */
async function fillCart(market: Market, variantIds: readonly string[]): Promise<CartView | undefined> {
  const carts = `${market.apiUrl}/api/v1/carts`
  const cart = expectStatus('create cart', 201, await send<CartView>({ method: 'POST', url: carts, json: {} }))
  for (const variantId of variantIds) {
    const added = await send<CartView & { code?: string }>({
      method: 'POST',
      url: `${carts}/${cart.id}/lines`,
      json: { variantId, quantity: 1 },
    })
    if (added.body.code === 'inventory/out-of-stock') return undefined
    expectStatus('add line', 201, added)
  }
  const url = `${carts}/${cart.id}`
  expectStatus('contact', 200, await send({ method: 'PUT', url: `${url}/contact`, json: contact }))
  expectStatus('address', 200, await send({ method: 'PUT', url: `${url}/address`, json: address }))
  return expectStatus(
    'delivery',
    200,
    await send<CartView>({ method: 'PUT', url: `${url}/delivery`, json: { method: 'standard' } }),
  )
}

async function pay(market: Market, placed: CheckoutResult): Promise<void> {
  const { action } = placed.payment
  if (action.kind !== 'client_secret') throw new Error('no client secret')
  const [intent = ''] = action.clientSecret.split('_secret_')
  const form = {
    key: action.publishableKey,
    client_secret: action.clientSecret,
    payment_method: 'pm_card_visa',
    return_url: 'http://localhost/',
  }
  expectStatus(
    'confirm',
    200,
    await send({ method: 'POST', url: `${market.sandboxUrl}/v1/payment_intents/${intent}/confirm`, form }),
  )
  const order = await send<OrderView>({
    method: 'POST',
    url: `${market.apiUrl}/api/v1/orders/${placed.order.number}/payment/refresh`,
    headers: { 'order-token': placed.token },
  })
  const { state } = expectStatus('return', 200, order)
  if (state !== 'confirmed') throw new Error(`paid, but the order is ${state}`)
}

/** A guest's way to an order that waits to be paid; undefined when a variant was gone before. */
export async function placeOrder(market: Market, variantIds: readonly string[]): Promise<CheckoutResult | undefined> {
  const cart = await fillCart(market, variantIds)
  if (!cart) return undefined
  const placed = await send<CheckoutResult & { code?: string }>({
    method: 'POST',
    url: `${market.apiUrl}/api/v1/carts/${cart.id}/checkout`,
    json: { paymentMethod: 'card', expectedTotal: cart.totals.grandTotal },
    headers: { 'idempotency-key': randomUUID() },
  })
  return placed.body.code === 'inventory/out-of-stock' ? undefined : expectStatus('checkout', 201, placed)
}

/** The whole guest path over HTTP: cart, two lines, contact, address, delivery, checkout, card, return. */
export async function buy(market: Market, variantIds: readonly string[]): Promise<Outcome> {
  const placed = await placeOrder(market, variantIds)
  if (!placed) return 'out-of-stock'
  await pay(market, placed)
  return 'paid'
}

export interface PathFigures {
  paid: number
  perSecond: number
  p50: number
  p95: number
  p99: number
}

export const percentile = (sorted: readonly number[], share: number): number =>
  Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)

/** `shoppers` people buying one after the other for `seconds`. Milliseconds for one whole path. */
export async function buyFor(market: Market, options: { shoppers: number; seconds: number }): Promise<PathFigures> {
  const times: number[] = []
  const startedAt = performance.now()
  const until = startedAt + options.seconds * 1000
  const pick = (index: number): string => market.variantIds[index % market.variantIds.length] ?? ''
  async function shop(shopper: number): Promise<void> {
    for (let round = 0; performance.now() < until; round += 1) {
      const before = performance.now()
      const first = shopper * 131 + round * 17
      await buy(market, [pick(first), pick(first + 7)])
      times.push(performance.now() - before)
    }
  }
  await Promise.all(Array.from({ length: options.shoppers }, (_, index) => shop(index)))
  const seconds = (performance.now() - startedAt) / 1000
  const sorted = times.toSorted((a, b) => a - b)
  return {
    paid: times.length,
    perSecond: Math.round((times.length / seconds) * 10) / 10,
    p50: percentile(sorted, 0.5),
    p95: percentile(sorted, 0.95),
    p99: percentile(sorted, 0.99),
  }
}
