import { expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import { faultsInBooks } from '../../../test/books.ts'
import { atHostedPage } from '../../../test/hosted-page.ts'
import { paymentOf, placeOrderIn } from '../../../test/placed-order.ts'

const app = await startTestApp({
  env: {
    STRIPE_CAPTURE: 'on-fulfilment',
    TABBY_CAPTURE: 'on-fulfilment',
    CAPTURE_WINDOW_DAYS: 'stripe:7,tabby:20,tamara:21',
  },
})
app.sandbox.control.setWebhooks({ mode: 'drop' })
const { worker, clock, sandbox } = app

const sweep = () => worker.runTask('payments.sweep')
const alarms = (alert: string, paymentId: string) =>
  app.logs.filter((line) => line['alert'] === alert && line['paymentId'] === paymentId).map((line) => line['level'])

test('money that is held and not taken calls a person at half and at nine tenths of its time, once each', async () => {
  const order = await placeOrderIn(app, { paymentMethod: 'tabby' })
  const { number } = order.view
  await atHostedPage(app, number, 'approve')
  expect(await order.refresh()).toMatchObject({ state: 'confirmed', payment: { state: 'authorised' } })
  const { id, captureBefore } = await paymentOf(app, number)
  expect(captureBefore).toEqual(new Date(clock.now().getTime() + 20 * 86_400_000))
  expect((await worker.runJobs()).map((run) => run.task)).not.toContain('payments.capture')

  const heard: unknown[][] = []
  for (const days of [9, 1, 1, 7, 1]) {
    clock.advance({ days })
    await sweep()
    await sweep()
    heard.push([...alarms('payment-capture-due', id)])
  }
  expect(heard).toEqual([[], [50], [50], [50, 90], [50, 90]])
  expect(await faultsInBooks(app)).toEqual([])
})

test('a card that is held backs its order; its money let go at the provider calls the order off', async () => {
  const order = await placeOrderIn(app)
  await order.pay()
  expect(await order.refresh()).toMatchObject({ state: 'confirmed', payment: { state: 'authorised' } })
  expect(await faultsInBooks(app)).toEqual([])
  const intent = sandbox.control.findIntent(order.intentId)
  await fetch(`${sandbox.url}/v1/payment_intents/${order.intentId}/cancel`, {
    method: 'POST',
    headers: { authorization: `Bearer ${sandbox.config.stripe.secretKey}` },
  })
  expect(intent?.status).toBe('canceled')
  const view = await order.refresh()
  expect([view.state, view.payment.state]).toEqual(['cancelled', 'cancelled'])
  expect(view.timeline.map((entry) => entry.kind)).toEqual([
    'placed',
    'payment-authorised',
    'confirmed',
    'cancelled-by-shop',
  ])
  expect(await faultsInBooks(app)).toEqual([])
})

test('an agreement nobody says yes to calls a person after a day, once', async () => {
  const order = await placeOrderIn(app, { paymentMethod: 'tamara' })
  const { number } = order.view
  await atHostedPage(app, number, 'approve')
  sandbox.control.addFault({ provider: 'tamara', method: 'POST', kind: 'error500', times: 1000 })
  await order.refresh()
  expect((await order.order()).payment.state).toBe('processing')
  const { id } = await paymentOf(app, number)
  clock.advance({ hours: 23 })
  await sweep()
  expect(alarms('payment-authorise-late', id)).toHaveLength(0)
  clock.advance({ hours: 2 })
  await sweep()
  await sweep()
  expect(alarms('payment-authorise-late', id)).toHaveLength(1)
  sandbox.control.clearFaults()
  clock.advance({ minutes: 11 })
  await sweep()
  expect((await order.order()).state).toBe('confirmed')
})
