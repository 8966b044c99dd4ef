import type { OrderView } from '@dhow/contracts/orders.ts'
import { startTestApp } from './app.ts'
import type { TestApp, TestAppOptions } from './app.ts'
import type { Guest, GuestWish } from './shopper.ts'

export interface PlacedOrder extends Guest {
  view: OrderView
  /** Client secret and id of its payment at the provider. */
  secret: string
  intentId: string
  /** What every call about the order takes. */
  call: { params: { number: string }; orderToken: string }
}

/** An order that waits for its payment, with the names its shopper and its provider know it by. */
export async function placeOrderIn(app: TestApp, wish: GuestWish = {}): Promise<PlacedOrder> {
  const guest = await app.given.order({ ...wish, state: 'awaiting-payment' })
  const { payment, token = '' } = await guest.placeOrder()
  const secret = payment?.action.kind === 'client_secret' ? payment.action.clientSecret : ''
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
