import { randomUUID } from 'node:crypto'
import { checkOutCart, getOrder } from '@dhow/contracts/orders.ts'
import type { WebhookProvider } from '@dhow/contracts/webhook-log.ts'
import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../../../test/app.ts'
import { rawRequest } from '../../../../test/raw-request.ts'

const app = await startTestApp()
const { api, db, sandbox, worker, baseUrl } = app
const { control } = sandbox
type Lender = Exclude<WebhookProvider, 'stripe'>
const lenders: Lender[] = ['tabby', 'tamara']

/** An order whose shopper stands on the lender's page. */
async function placedWith(lender: Lender) {
  const guest = await app.given.guestAtCheckout({ variant: await app.given.variant({ onHand: 5 }) })
  const body = { paymentMethod: lender, expectedTotal: guest.cart.totals.grandTotal }
  const placed = await api.call(checkOutCart, { params: { cartId: guest.cartId }, body, idempotencyKey: randomUUID() })
  const { number } = placed.order
  const { providerRef } = await db
    .selectFrom('payments')
    .select('providerRef')
    .where('id', '=', placed.payment.id)
    .executeTakeFirstOrThrow()
  const order = () => api.call(getOrder, { params: { number }, orderToken: placed.token })
  return { number, providerRef: providerRef ?? '', order }
}
const eventsOf = (provider: string) =>
  db.selectFrom('webhookEvents').selectAll().where('provider', '=', provider).execute()
const deliveries = (provider: string) => control.state().deliveries.filter((line) => line.provider === provider)

describe.each(lenders)('webhooks of %s', (lender) => {
  test('confirm the order though the shopper never came back', async () => {
    const guest = await placedWith(lender)
    expect(control.act(lender, guest.providerRef, 'approve')).toBe(true)
    await worker.settle()
    await worker.settle() // the money was taken at once, of which we hear too
    expect((await guest.order()).state).toBe('confirmed')
    const mine = (await eventsOf(lender)).filter((event) => event.objectRef === guest.providerRef)
    expect(mine.length).toBeGreaterThan(0)
    expect(new Set(mine.map((event) => event.state))).toEqual(new Set(['handled']))
  })

  test('delivered five times and out of order sell once', async () => {
    control.setWebhooks({ mode: 'double', times: 5 })
    const guest = await placedWith(lender)
    control.act(lender, guest.providerRef, 'approve')
    await worker.settle()
    control.setWebhooks({ mode: 'normal' })
    const mine = (await eventsOf(lender)).filter((event) => event.objectRef === guest.providerRef)
    expect(Math.max(...mine.map((event) => event.deliveryCount))).toBeGreaterThanOrEqual(5)
    const { timeline } = await guest.order()
    expect(timeline.filter((entry) => entry.kind === 'confirmed')).toHaveLength(1)
  })

  test('forged first are refused and leave nothing; delivered rightly they do their work', async () => {
    control.setWebhooks({ forgeNext: 2 })
    const guest = await placedWith(lender)
    control.act(lender, guest.providerRef, 'approve')
    await worker.settle()
    control.setWebhooks({ forgeNext: 0 })
    expect(deliveries(lender).filter((line) => line.forged)).toMatchObject([{ status: 400 }, { status: 400 }])
    expect((await guest.order()).state).toBe('confirmed')
  })

  test('without proof, empty or of a megabyte are refused', async () => {
    const before = await eventsOf(lender)
    const send = (body: string) =>
      rawRequest(`${baseUrl}/webhooks/${lender}`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
      })
    const answers = [await send('{"id":"x"}'), await send(''), await send(`{"a":"${'x'.repeat(1_100_000)}"}`)]
    expect(answers.map((answer) => answer.status)).toEqual([400, 400, 413])
    expect(await eventsOf(lender)).toEqual(before)
  })

  test('are answered as the provider wants it', async () => {
    const lines = deliveries(lender).filter((line) => !line.forged)
    expect(new Set(lines.map((line) => line.status))).toEqual(new Set([200]))
  })
})

test('a provider this shop has no keys for is not there', async () => {
  const other = await startTestApp({ env: { TABBY_SECRET_KEY: '', TAMARA_API_TOKEN: '' } })
  for (const lender of lenders) {
    const answer = await rawRequest(`${other.baseUrl}/webhooks/${lender}`, { method: 'POST', body: '{}' })
    expect([answer.status, answer.code]).toEqual([404, 'request/not-found'])
  }
})
