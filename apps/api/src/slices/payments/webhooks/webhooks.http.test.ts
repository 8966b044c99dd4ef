import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../../../test/app.ts'
import { faultsInBooks } from '../../../../test/books.ts'
import { countBy } from '../../../../test/count-by.ts'
import { placeOrderIn } from '../../../../test/placed-order.ts'
import { atProvider, deliverWebhook, eventAbout } from '../../../../test/provider.ts'
import { rawRequest } from '../../../../test/raw-request.ts'

const app = await startTestApp()
const { db, sandbox, worker, baseUrl } = app

const storedEvents = () => db.selectFrom('webhookEvents').select(['eventId', 'type', 'payload']).execute()
const paymentJobs = async () => (await worker.pendingJobs()).filter((job) => job.task === 'payments.webhook')

const placed = () => placeOrderIn(app)

describe('a webhook', () => {
  test('confirms the order though the shopper never came back', async () => {
    const guest = await placed()
    await guest.pay()
    expect((await guest.order()).state).toBe('awaiting-payment')
    await worker.settle()
    expect(await guest.order()).toMatchObject({ state: 'confirmed', payment: { state: 'captured' } })
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('that comes after the return changes nothing more', async () => {
    sandbox.control.setWebhooks({ mode: 'hold' })
    const guest = await placed()
    await guest.pay()
    const returned = await guest.refresh()
    expect(returned.state).toBe('confirmed')
    sandbox.control.setWebhooks({ mode: 'normal' })
    sandbox.control.releaseWebhooks()
    await worker.settle()
    const after = await guest.order()
    expect(countBy(after.timeline, (entry) => entry.kind)).toMatchObject({ placed: 1, paid: 1, confirmed: 1 })
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('that came before the return leaves nothing for it to do', async () => {
    const guest = await placed()
    await guest.pay()
    await worker.settle()
    const before = await guest.order()
    const asked = sandbox.control.calls()['GET /v1/payment_intents/{id}']
    expect(await guest.refresh()).toEqual(before)
    expect(sandbox.control.calls()['GET /v1/payment_intents/{id}']).toBe(asked)
  })

  test('delivered five times is stored once and sells once', async () => {
    sandbox.control.setWebhooks({ mode: 'double', times: 5 })
    const guest = await placed()
    await guest.pay()
    await worker.settle()
    sandbox.control.setWebhooks({ mode: 'normal' })
    expect((await guest.order()).state).toBe('confirmed')
    const ids = sandbox.control
      .state()
      .events.filter((event) => event.paymentIntent === guest.intentId)
      .map((event) => event.id)
    const stored = (await storedEvents()).filter((event) => ids.includes(event.eventId))
    expect(stored).toHaveLength(ids.length)
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('resent after everything is over does nothing', async () => {
    const guest = await placed()
    await guest.pay()
    await worker.settle()
    const before = await guest.order()
    for (const event of sandbox.control.state().events.filter((one) => one.paymentIntent === guest.intentId))
      sandbox.control.resendEvent(event.id, 3)
    expect(await worker.settle()).toEqual([])
    expect(await guest.order()).toEqual(before)
  })

  test('about a decline, arriving after the one about the success, does not take the payment back', async () => {
    sandbox.control.setWebhooks({ mode: 'hold' })
    const guest = await placed()
    await guest.pay('pm_card_chargeDeclined')
    await guest.pay('pm_card_visa')
    const events = sandbox.control.state().events.filter((event) => event.paymentIntent === guest.intentId)
    const idOf = (type: string) => events.find((event) => event.type === type)?.id ?? ''
    sandbox.control.resendEvent(idOf('payment_intent.succeeded'))
    await worker.settle()
    sandbox.control.resendEvent(idOf('payment_intent.payment_failed'))
    await worker.settle()
    sandbox.control.setWebhooks({ mode: 'normal' })
    sandbox.control.releaseWebhooks()
    await worker.settle()
    expect(await guest.order()).toMatchObject({
      state: 'confirmed',
      payment: { state: 'captured', declineReason: null },
    })
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('that found the provider away is worked again until it answers', async () => {
    const guest = await placed()
    await guest.pay()
    await sandbox.control.webhooksSettled()
    sandbox.control.addFault({ provider: 'stripe', kind: 'error500', method: 'GET', times: 2 })
    await worker.runJobs({ mayFail: true })
    expect((await guest.order()).state).toBe('awaiting-payment')
    app.clock.advance({ minutes: 1 })
    await worker.runJobs()
    expect((await guest.order()).state).toBe('confirmed')
  })

  test('whose work was done twice, at once, ends as if once', async () => {
    const guest = await placed()
    await guest.pay()
    await sandbox.control.webhooksSettled()
    const payload = { provider: 'stripe', topic: 'payment', objectRef: guest.intentId, orderId: null }
    await Promise.all([1, 2, 3, 4].map(() => worker.runTask('payments.webhook', payload)))
    await worker.runJobs()
    expect((await guest.order()).state).toBe('confirmed')
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('waits with others of its payment as one job', async () => {
    const guest = await placed()
    await guest.pay('pm_card_chargeDeclined')
    await guest.pay()
    await sandbox.control.webhooksSettled()
    expect(await paymentJobs()).toHaveLength(1)
    await worker.runJobs()
  })

  test('does not put off what waits for its payment already: a trickle of them would for ever', async () => {
    const guest = await placed()
    await guest.pay('pm_card_chargeDeclined')
    await sandbox.control.webhooksSettled()
    const first = await paymentJobs()
    await guest.pay()
    await sandbox.control.webhooksSettled()
    expect((await paymentJobs()).map(({ runAt }) => runAt)).toEqual(first.map(({ runAt }) => runAt))
    await worker.runJobs()
    expect((await guest.order()).state).toBe('confirmed')
  })

  test('is kept sealed: it may hold a billing address', async () => {
    const body = eventAbout('evt_sealed', 'charge.succeeded', { id: 'ch_1', object: 'charge', name: 'Fatima Billing' })
    expect((await deliverWebhook(app, { body })).status).toBe(200)
    const stored = (await storedEvents()).find((event) => event.eventId === 'evt_sealed')
    expect(stored?.payload.includes('Fatima')).toBe(false)
    expect(app.ctx.sealer.openBytes('webhook_events.payload', stored?.payload ?? Buffer.alloc(0)).toString()).toBe(body)
  })

  test.each([
    ['of a type we do not know', 'review.opened', { id: 'prv_1', object: 'review' }],
    ['about an object without an id', 'balance.available', { object: 'balance' }],
  ])('%s is stored, answered with 200 and left alone', async (_what, type, object) => {
    const eventId = `evt_${type.replaceAll('.', '_')}`
    const answer = await deliverWebhook(app, { body: eventAbout(eventId, type, object) })
    expect([answer.status, answer.body]).toEqual([200, { received: true }])
    expect((await storedEvents()).filter((event) => event.eventId === eventId)).toHaveLength(1)
    expect(await paymentJobs()).toEqual([])
  })

  test('about a payment of another system on the same account is worked without harm', async () => {
    const paid = {
      amount: '5000',
      currency: 'aed',
      confirm: 'true',
      payment_method: 'pm_card_visa',
      return_url: 'http://localhost/',
    }
    await atProvider(sandbox, '/payment_intents', paid)
    for (const orderId of ['1043', '0192a000-0000-7000-8000-00000000dead'])
      await atProvider(sandbox, '/payment_intents', { ...paid, 'metadata[order_id]': orderId })
    await worker.settle()
    const gone = eventAbout('evt_gone', 'payment_intent.succeeded', { id: 'pi_neverexisted', object: 'payment_intent' })
    await deliverWebhook(app, { body: gone })
    await worker.settle()
    expect(await faultsInBooks(app)).toEqual([])
  })
})

describe('a webhook that is not the provider’s', () => {
  const body = eventAbout('evt_forged', 'payment_intent.succeeded', { id: 'pi_forged', object: 'payment_intent' })

  test.each([
    ['signed with a wrong secret', { body, secret: 'whsec_wrong' }],
    ['signed 301 seconds ago', { body, ageSeconds: 301 }],
    ['dated 301 seconds ahead of its first use', { body, ageSeconds: 1_000_000 }],
    ['no JSON', { body: 'hello' }],
    ['empty', { body: '' }],
  ])('%s is refused with 400 and leaves nothing', async (_what, webhook) => {
    const before = await storedEvents()
    const answer = await deliverWebhook(app, webhook)
    expect([answer.status, answer.code]).toEqual([400, 'request/malformed'])
    expect(await storedEvents()).toEqual(before)
    expect(await paymentJobs()).toEqual([])
  })

  test('unsigned, or serialised again on its way, is refused with 400 and leaves nothing', async () => {
    const before = await storedEvents()
    const url = `${baseUrl}/webhooks/stripe`
    const unsigned = await rawRequest(url, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
    const at = Math.floor(Date.now() / 1000)
    const v1 = createHmac('sha256', sandbox.config.stripe.webhookSecret).update(`${at}.${body}`).digest('hex')
    const again = await rawRequest(url, {
      method: 'POST',
      body: JSON.stringify(JSON.parse(body)),
      headers: { 'stripe-signature': `t=${at},v1=${v1}` },
    })
    expect([unsigned.status, again.status]).toEqual([400, 400])
    expect(await storedEvents()).toEqual(before)
  })

  test('forged first and then delivered rightly does its work', async () => {
    sandbox.control.setWebhooks({ forgeNext: 3 })
    const guest = await placed()
    await guest.pay()
    await worker.settle()
    sandbox.control.setWebhooks({ forgeNext: 0 })
    expect((await guest.order()).state).toBe('confirmed')
  })

  test('of more than a megabyte is 413', async () => {
    const answer = await deliverWebhook(app, { body: `{"a":"${'x'.repeat(1_100_000)}"}` })
    expect([answer.status, answer.code]).toEqual([413, 'request/too-large'])
  })

  test('by GET is nothing', async () => {
    expect((await rawRequest(`${baseUrl}/webhooks/stripe`)).status).toBe(404)
  })
})
