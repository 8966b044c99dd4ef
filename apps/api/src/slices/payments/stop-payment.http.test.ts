import { getCart } from '@dhow/contracts/cart.ts'
import { cancelOrder, checkOutCart, getOrder } from '@dhow/contracts/orders.ts'
import { money } from '@dhow/money/money.ts'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import { faultsInBooks } from '../../../test/books.ts'
import { atHostedPage } from '../../../test/hosted-page.ts'
import { alertsAbout, paymentOf, placeOrderIn, startWithoutWebhooks } from '../../../test/placed-order.ts'
import { codeOf } from '../../../test/problems.ts'
import { atProvider } from '../../../test/provider.ts'
import type { GuestWish } from '../../../test/shopper.ts'

const app = await startWithoutWebhooks()
const { api, given, db, sandbox, worker, clock } = app
const placed = (wish?: GuestWish) => placeOrderIn(app, wish)

describe('cancelling', () => {
  test('stops the payment at the provider, gives stock back and opens the cart again', async () => {
    const variant = await given.variant({ onHand: 3 })
    const guest = await placed({ variant, quantity: 3 })
    const view = await api.call(cancelOrder, guest.call)
    expect(view).toMatchObject({
      state: 'cancelled',
      canCancel: false,
      payBefore: null,
      payment: { state: 'cancelled' },
    })
    expect(view.timeline.map((entry) => entry.kind)).toEqual(['placed', 'cancelled-by-customer'])
    expect(sandbox.control.findIntent(guest.intentId)).toMatchObject({
      status: 'canceled',
      cancellation_reason: 'requested_by_customer',
    })
    const level = await db
      .selectFrom('stockLevels')
      .select(['onHand', 'reserved'])
      .where('variantId', '=', variant.id)
      .executeTakeFirst()
    expect(level).toEqual({ onHand: 3, reserved: 0 })
    expect(await api.call(getCart, { params: { cartId: guest.cartId } })).toMatchObject({
      state: 'open',
      order: null,
      itemCount: 3,
    })
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('again is the same answer', async () => {
    const guest = await placed()
    const first = await api.call(cancelOrder, guest.call)
    expect(await api.call(cancelOrder, guest.call)).toEqual(first)
  })

  test('is told as the shopper’s doing also when the webhook is faster than the answer', async () => {
    const loud = await startTestApp()
    const guest = await loud.given.order({ state: 'awaiting-payment' })
    const { token = '' } = await guest.placeOrder()
    loud.sandbox.control.addFault({
      provider: 'stripe',
      method: 'POST',
      path: '/v1/payment_intents/{id}/cancel',
      kind: 'reset-after',
      times: 3,
    })
    const call = { params: { number: guest.view.number }, orderToken: token }
    expect(['none', 'payments/provider-unavailable']).toContain(await codeOf(loud.api.call(cancelOrder, call)))
    await loud.worker.settle()
    const view = await loud.api.call(getOrder, call)
    expect(view.timeline.map((entry) => entry.kind)).toEqual(['placed', 'cancelled-by-customer'])
    expect(await faultsInBooks(loud)).toEqual([])
  })

  test('is too late once the money is there: the order is confirmed instead', async () => {
    const guest = await placed()
    await guest.pay()
    expect(await codeOf(api.call(cancelOrder, guest.call))).toBe('orders/not-cancellable')
    expect((await guest.order()).state).toBe('confirmed')
    expect(await codeOf(api.call(cancelOrder, guest.call))).toBe('orders/not-cancellable')
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('lets nothing go while the provider is away', async () => {
    const guest = await placed()
    sandbox.control.addFault({
      provider: 'stripe',
      method: 'POST',
      path: '/v1/payment_intents/{id}/cancel',
      kind: 'error500',
      times: 3,
    })
    expect(await codeOf(api.call(cancelOrder, guest.call))).toBe('payments/provider-unavailable')
    expect(await guest.order()).toEqual(guest.view)
    expect((await api.call(cancelOrder, guest.call)).state).toBe('cancelled')
  })

  test('lets nothing go when the provider does not know the payment, and calls a person', async () => {
    const guest = await placed()
    const { id } = await paymentOf(app, guest.view.number)
    await db.updateTable('payments').set({ providerRef: 'pi_lost' }).where('id', '=', id).execute()
    expect(await codeOf(api.call(cancelOrder, guest.call))).toBe('payments/provider-unavailable')
    expect((await guest.order()).state).toBe('awaiting-payment')
    expect(alertsAbout(app, id)).toMatchObject([{ reason: 'missing-at-provider' }])
    await db
      .updateTable('payments')
      .set({ providerRef: guest.intentId, heldReason: null })
      .where('id', '=', id)
      .execute()
  })

  test('of an order whose payment never began begins and stops it, so that a lost request cannot charge', async () => {
    const guest = await given.guestAtCheckout()
    sandbox.control.addFault({
      provider: 'stripe',
      method: 'POST',
      path: '/v1/payment_intents',
      kind: 'reset-after',
      times: 3,
    })
    expect((await guest.placeOrder()).code).toBe('payments/provider-unavailable')
    sandbox.control.clearFaults()
    const { order } = await api.call(getCart, { params: { cartId: guest.cartId } })
    await api.call(cancelOrder, { params: { number: order?.number ?? '' }, orderToken: order?.token ?? '' })
    expect(await faultsInBooks(app)).toEqual([])
  })
})

describe('an order whose time is up', () => {
  const expire = async () => {
    clock.advance({ minutes: 30, seconds: 1 })
    await worker.runTask('payments.sweep')
  }

  test('keeps its stock until the last moment, then is given up', async () => {
    const guest = await placed()
    clock.advance({ minutes: 30 })
    await worker.runTask('payments.sweep')
    expect((await guest.order()).state).toBe('awaiting-payment')
    clock.advance({ seconds: 1 })
    await Promise.all([worker.runTask('payments.sweep'), worker.runTask('payments.sweep')])
    const view = await guest.order()
    expect([view.state, ...view.timeline.map((entry) => entry.kind)]).toEqual(['cancelled', 'placed', 'expired'])
    expect(sandbox.control.findIntent(guest.intentId)?.status).toBe('canceled')
    expect((await api.call(getCart, { params: { cartId: guest.cartId } })).state).toBe('open')
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('is given up also when its payment was never recorded', async () => {
    const guest = await given.guestAtCheckout()
    sandbox.control.addFault({
      provider: 'stripe',
      method: 'POST',
      path: '/v1/payment_intents',
      kind: 'reset-before',
      times: 3,
    })
    await guest.placeOrder()
    sandbox.control.clearFaults()
    await expire()
    expect((await api.call(getCart, { params: { cartId: guest.cartId } })).state).toBe('open')
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('but whose money has arrived unseen is confirmed', async () => {
    const guest = await placed()
    await guest.pay()
    await expire()
    expect((await guest.order()).state).toBe('confirmed')
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('keeps its stock while the provider is away, and is given up when it is back', async () => {
    const guest = await placed()
    sandbox.control.addFault({ provider: 'stripe', kind: 'error500', times: 1000 })
    await expire()
    expect((await guest.order()).state).toBe('awaiting-payment')
    sandbox.control.clearFaults()
    await worker.runTask('payments.sweep')
    expect((await guest.order()).state).toBe('cancelled')
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('is given up though its first cancelling was refused while the bank was thinking', async () => {
    const guest = await placed()
    const intent = sandbox.control.findIntent(guest.intentId)
    if (intent) intent.status = 'processing'
    await expire()
    expect((await guest.order()).payment.state).toBe('processing')
    if (intent) intent.status = 'requires_payment_method'
    await expire()
    expect((await guest.order()).state).toBe('cancelled')
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('is given up when the provider refuses to begin its payment at all', async () => {
    const guest = await given.guestAtCheckout()
    sandbox.control.addFault({
      provider: 'stripe',
      method: 'POST',
      path: '/v1/payment_intents',
      kind: 'reset-before',
      times: 3,
    })
    await guest.placeOrder()
    sandbox.control.clearFaults()
    await db
      .updateTable('payments')
      .set({ amount: 1 })
      .where('providerRef', 'is', null)
      .where('state', '=', 'pending')
      .execute()
    await expire()
    expect((await api.call(getCart, { params: { cartId: guest.cartId } })).state).toBe('open')
  })

  test('does not stand in the way of others when it waits for a person', async () => {
    const held = await given.many(3, () => placed())
    for (const guest of held) {
      const { id } = await paymentOf(app, guest.view.number)
      await db.updateTable('payments').set({ heldReason: 'amount-mismatch' }).where('id', '=', id).execute()
    }
    const asked = () => Object.values(sandbox.control.calls()).reduce((sum, count) => sum + count, 0)
    const before = asked()
    await expire()
    expect(asked()).toBe(before)
    for (const guest of held) expect((await guest.order()).state).toBe('awaiting-payment')
  })

  test('is not kept waiting by more of them that cannot be given up yet than are looked at together', async () => {
    const { id } = await paymentOf(app, (await placed()).view.number)
    const lenders = await placed({ paymentMethod: 'tamara' })
    await sql`
      with copies as (select gen_random_uuid() as of_order, gen_random_uuid() as of_payment from generate_series(1, 50)), ordered as (
        insert into orders select (jsonb_populate_record(placed, jsonb_build_object('id', of_order, 'number', of_order))).*
        from copies, orders placed where placed.id = (select order_id from payments where id = ${id}))
      insert into payments select (jsonb_populate_record(paid,
        jsonb_build_object('id', of_payment, 'order_id', of_order, 'provider_ref', of_payment, 'state', 'authorised'))).*
      from copies, payments paid where paid.id = ${id}`.execute(db)
    clock.advance({ hours: 24 })
    await worker.runTask('payments.sweep')
    expect((await lenders.order()).state).toBe('cancelled')
  })
})

test('money held at the provider on a payment that is over here is let go', async () => {
  for (const paymentMethod of ['tabby', 'tamara'] as const) {
    const guest = await placed({ paymentMethod })
    const { number } = guest.view
    await atHostedPage(app, number, 'approve')
    const { id, orderId, providerRef } = await paymentOf(app, number)
    await db.updateTable('payments').set({ state: 'cancelled' }).where('id', '=', id).execute()
    const over = { state: 'cancelled', deadlineAt: null, cancelledAt: clock.now() } as const
    await db.updateTable('orders').set(over).where('id', '=', orderId).execute()
    await worker.runTask('payments.settle', { provider: paymentMethod, providerRef })
    const ref = providerRef ?? ''
    const { tabby, tamara } = sandbox.control
    expect(paymentMethod === 'tabby' ? tabby.find(ref)?.status : tamara.findOrder(ref)?.status).toMatch(
      /closed|canceled/i,
    )
    expect((await guest.order()).payment.state).toBe('cancelled')
  }
})

test('a payment that is cancelled at the provider’s dashboard gives the order up', async () => {
  const guest = await placed()
  await atProvider(sandbox, `/payment_intents/${guest.intentId}/cancel`, {})
  const view = await guest.refresh()
  expect([view.state, view.timeline.at(-1)?.kind]).toEqual(['cancelled', 'expired'])
})

test('a second checkout of the cart of a cancelled order begins a payment of its own', async () => {
  const guest = await placed()
  await api.call(cancelOrder, guest.call)
  const result = await api.call(checkOutCart, {
    params: { cartId: guest.cartId },
    body: { paymentMethod: 'card', expectedTotal: money(11_500) },
    idempotencyKey: `again-${guest.cartId}`,
  })
  expect(JSON.stringify(result.payment)).not.toContain(guest.intentId)
})
