import type { ApiClient } from '@dhow/api-client/api-client.ts'
import type { PaidMethod } from '@dhow/contracts/cart.ts'
import { changePaymentMethod, listOrderPaymentMethods } from '@dhow/contracts/orders.ts'
import type { CheckoutResult, OrderView } from '@dhow/contracts/orders.ts'
import { randomUUID } from 'node:crypto'
import { startTestApp } from './app.ts'
import type { TestApp, TestAppOptions } from './app.ts'
import { dueOf } from './shopper.ts'
import type { Guest, GuestWish } from './shopper.ts'

export interface PlacedOrder extends Guest {
  view: OrderView
  /** What checking out answered. */
  result: CheckoutResult
  /** Client secret and id of its payment at the provider. */
  secret: string
  intentId: string
  /** What every call about the order takes. */
  call: { params: { number: string }; orderToken: string }
}

/** An order that waits for its payment, with the names its shopper and its provider know it by. */
export async function placeOrderIn(app: TestApp, wish: GuestWish = {}): Promise<PlacedOrder> {
  const guest = await app.given.order({ ...wish, state: 'awaiting-payment' })
  const { payment, token } = guest.result
  const secret = payment.action.kind === 'client_secret' ? payment.action.clientSecret : ''
  const call = { params: { number: guest.view.number }, orderToken: token }
  return { ...guest, secret, intentId: secret.split('_secret_')[0] ?? '', call }
}

/** An app whose webhooks are all lost, for what must go right without them. */
export async function startWithoutWebhooks(options: TestAppOptions = {}): Promise<TestApp> {
  const app = await startTestApp(options)
  app.sandbox.control.setWebhooks({ mode: 'drop' })
  return app
}

/** The row of the attempt of an order that counts. */
export const paymentOf = ({ db }: TestApp, number: string) =>
  db
    .selectFrom('payments')
    .innerJoin('orders', 'orders.id', 'payments.orderId')
    .selectAll('payments')
    .where('orders.number', '=', number)
    .where('payments.supersededAt', 'is', null)
    .executeTakeFirstOrThrow()

/** All attempts of an order, oldest first. */
export const attemptsOf = ({ db }: TestApp, number: string) =>
  db
    .selectFrom('payments')
    .innerJoin('orders', 'orders.id', 'payments.orderId')
    .selectAll('payments')
    .where('orders.number', '=', number)
    .orderBy('attempt')
    .execute()

/** How often a payment was reported to a person. */
export const alertsAbout = (app: TestApp, paymentId: string) =>
  app.logs.filter((line) => line['alert'] === 'payment-held' && line['paymentId'] === paymentId)

export interface Caller {
  /** The shop's client, or a customer's own. */
  call: ApiClient['call']
}

/** Pays a waiting order another way, at the price the page shows for it. */
export async function changeMethod(
  caller: Caller,
  order: Pick<PlacedOrder, 'call'>,
  paymentMethod: PaidMethod,
  useStoreCredit = false,
): Promise<CheckoutResult> {
  const storeCredit = useStoreCredit || paymentMethod === 'store-credit' ? '1' : '0'
  const options = await caller.call(listOrderPaymentMethods, { ...order.call, query: { storeCredit } })
  const body = { paymentMethod, expectedTotal: dueOf(options, paymentMethod), useStoreCredit }
  return caller.call(changePaymentMethod, { ...order.call, body, idempotencyKey: randomUUID() })
}
