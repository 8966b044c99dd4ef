import { randomUUID } from 'node:crypto'
import { capturePayment, voidPayment } from '@dhow/contracts/admin-payments.ts'
import { createRefund } from '@dhow/contracts/admin-refunds.ts'
import { listPaymentMethods } from '@dhow/contracts/cart.ts'
import { cancelOrder, changePaymentMethod, checkOutCart, getOrder, refreshPayment } from '@dhow/contracts/orders.ts'
import type { CheckoutResult, OrderView } from '@dhow/contracts/orders.ts'
import { money } from '@dhow/money/money.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import { rawRequest } from '../../../test/raw-request.ts'
import type { Guest, GuestWish } from '../../../test/shopper.ts'
import { createTabbyProvider } from '../../providers/payments/tabby/tabby.ts'

const app = await startTestApp()
const { api, baseUrl, ctx, db, clock, sandbox, given, worker } = app
const tabby = sandbox.control.tabby

beforeEach(() => {
  sandbox.control.setWebhooks({ mode: 'normal', forgeNext: 0 })
  sandbox.control.clearFaults()
})

interface Placed {
  guest: Guest
  result: CheckoutResult
  /** The payment at Tabby. */
  ref: string
  call: { params: { number: string }; orderToken: string }
}

/** The attempts of an order, oldest first. */
const attemptsOf = ({ order }: Pick<CheckoutResult, 'order'>) =>
  db
    .selectFrom('payments')
    .innerJoin('orders', 'orders.id', 'payments.orderId')
    .selectAll('payments')
    .where('orders.number', '=', order.number)
    .orderBy('payments.attempt')
    .execute()

/** An order whose shopper has been sent to Tabby. */
async function placeByTabby(wish: GuestWish = {}): Promise<Placed> {
  const guest = await given.guestAtCheckout(wish)
  const body = { paymentMethod: 'tabby', expectedTotal: guest.cart.totals.grandTotal } as const
  const params = { cartId: guest.cartId }
  const result = await api.call(checkOutCart, { params, body, idempotencyKey: randomUUID() })
  const call = { params: { number: result.order.number }, orderToken: result.token }
  const [attempt] = await attemptsOf(result)
  return { guest, result, ref: attempt?.providerRef ?? '', call }
}
const orderOf = ({ call }: Pick<Placed, 'call'>): Promise<OrderView> => api.call(getOrder, call)
const atTabby = (ref: string) => {
  const payment = tabby.find(ref)
  if (!payment) throw new Error(`not at Tabby: ${ref}`)
  return payment
}
async function sweep(minutes: number): Promise<void> {
  clock.advance({ minutes })
  await worker.runTask('payments.sweep')
  await worker.settle()
}
async function payByCard({ call, result }: Placed): Promise<CheckoutResult> {
  const body = { paymentMethod: 'card', expectedTotal: result.order.totals.due } as const
  const changed = await api.call(changePaymentMethod, { ...call, body, idempotencyKey: randomUUID() })
  const { action } = changed.payment
  if (action.kind !== 'client_secret') throw new Error(`no card: ${action.kind}`)
  sandbox.control.act('stripe', action.clientSecret.split('_secret_')[0] ?? '', 'approve')
  await worker.settle()
  return changed
}

const captured = { state: 'confirmed', payment: { method: 'tabby', state: 'captured' } }

describe('a shopper who is taken', () => {
  test('sees four payments, agrees at Tabby and never comes back: the webhook alone completes the order', async () => {
    const guest = await given.guestAtCheckout()
    const { items } = await api.call(listPaymentMethods, { params: { cartId: guest.cartId }, query: {} })
    expect(items.find(({ method }) => method === 'tabby')).toMatchObject({ refusal: null, instalments: { count: 4 } })

    const placed = await placeByTabby()
    expect(placed.result.payment.action).toMatchObject({ kind: 'redirect', url: tabby.pageOf(placed.ref) })
    tabby.approve(placed.ref)
    await worker.settle()
    expect(await orderOf(placed)).toMatchObject(captured)
    const { total, captures, order, meta } = { total: placed.result.order.totals.due.amount, ...atTabby(placed.ref) }
    expect(captures).toMatchObject([{ amount: (total / 100).toFixed(2) }])
    expect(order.reference_id).toBe(placed.result.order.number)
    expect(meta).toMatchObject({ order_id: expect.any(String) })
  })

  test('whose webhooks are all lost is found by the poll', async () => {
    sandbox.control.setWebhooks({ mode: 'drop' })
    const placed = await placeByTabby()
    tabby.approve(placed.ref)
    await worker.settle()
    expect(await orderOf(placed)).toMatchObject({ state: 'awaiting-payment' })
    await sweep(2)
    expect(await orderOf(placed)).toMatchObject(captured)
    expect(atTabby(placed.ref).captures).toHaveLength(1)
  })

  test('and who comes back first is told at once', async () => {
    sandbox.control.setWebhooks({ mode: 'hold' })
    const placed = await placeByTabby()
    const returned = tabby.approve(placed.ref)?.to ?? ''
    expect(new URL(returned).searchParams.get('order')).toBe(placed.result.order.number)
    expect(await api.call(refreshPayment, placed.call)).toMatchObject({ state: 'confirmed' })
    sandbox.control.releaseWebhooks()
    await worker.settle()
    expect(await orderOf(placed)).toMatchObject(captured)
    expect(atTabby(placed.ref).captures).toHaveLength(1)
  })

  test('pays once, whatever is doubled, out of order or lost on the way', async () => {
    sandbox.control.setWebhooks({ mode: 'double', times: 3 })
    const variant = await given.variant({ price: money(13_413) }) // a total ending in .13: first answers are lost
    const guest = await given.guestAtCheckout({ variant })
    const { grandTotal: expectedTotal } = guest.cart.totals
    const place = () =>
      api.call(checkOutCart, {
        params: { cartId: guest.cartId },
        body: { paymentMethod: 'tabby', expectedTotal },
        idempotencyKey: randomUUID(),
      })
    await expect(place()).rejects.toMatchObject({ code: 'payments/provider-unavailable' })
    const result = await place()
    const [attempt] = await attemptsOf(result)
    tabby.approve(attempt?.providerRef ?? '')
    await worker.settle()
    await sweep(10)
    const call = { params: { number: result.order.number }, orderToken: result.token }
    expect(await orderOf({ call })).toMatchObject(captured)
    expect(atTabby(attempt?.providerRef ?? '').captures).toMatchObject([
      { amount: (expectedTotal.amount / 100).toFixed(2) },
    ])
  })
})

describe('a shopper who is not', () => {
  test('is refused before being sent anywhere, and pays by card', async () => {
    const contact = { phone: '+971500000002' }
    const guest = await given.guestAtCheckout({ contact })
    const { items } = await api.call(listPaymentMethods, { params: { cartId: guest.cartId }, query: {} })
    expect(items.find(({ method }) => method === 'tabby')).toMatchObject({ refusal: 'not-available' })

    const placed = await placeByTabby({ contact })
    expect(placed.result.payment.action).toEqual({ kind: 'none' })
    expect(await orderOf(placed)).toMatchObject({
      state: 'awaiting-payment',
      payment: { state: 'failed', declineReason: 'not-approved' },
    })
    await payByCard(placed)
    expect(await orderOf(placed)).toMatchObject({ state: 'confirmed', payment: { method: 'card', state: 'captured' } })
  })

  test('is refused after the code, and pays by card with the same order', async () => {
    const placed = await placeByTabby({ contact: { email: 'otp.rejected@tabby.ai' } })
    tabby.approve(placed.ref)
    await worker.settle()
    expect(await orderOf(placed)).toMatchObject({
      state: 'awaiting-payment',
      payment: { state: 'failed', declineReason: 'not-approved' },
    })
    await payByCard(placed)
    expect(await orderOf(placed)).toMatchObject({ state: 'confirmed', payment: { method: 'card' } })
    expect(atTabby(placed.ref)).toMatchObject({ status: 'REJECTED' })
  })
})

describe('a shopper who leaves', () => {
  test('and comes back to the order gets the same page while it lasts, then a new one', async () => {
    const placed = await placeByTabby()
    tabby.abandon(placed.ref)
    const body = { paymentMethod: 'tabby', expectedTotal: placed.result.order.totals.due } as const
    const again = () => api.call(changePaymentMethod, { ...placed.call, body, idempotencyKey: randomUUID() })
    expect((await again()).payment.action).toEqual(placed.result.payment.action)
    clock.advance({ minutes: 21 })
    const { payment } = await again()
    expect(payment.action).toMatchObject({ kind: 'redirect' })
    expect(payment.action).not.toEqual(placed.result.payment.action)
    const attempts = await attemptsOf(placed.result)
    tabby.approve(attempts[1]?.providerRef ?? '')
    await worker.settle()
    await sweep(12)
    expect(atTabby(placed.ref)).toMatchObject({ status: 'EXPIRED' })
    expect(await orderOf(placed)).toMatchObject(captured)
  })

  test('for good has their order given up and their stock let go, after Tabby has given it up', async () => {
    const variant = await given.variant({ onHand: 1 })
    const placed = await placeByTabby({ variant })
    tabby.abandon(placed.ref)
    await sweep(31)
    expect(await orderOf(placed)).toMatchObject({ state: 'awaiting-payment' })
    await sweep(6)
    expect(await orderOf(placed)).toMatchObject({ state: 'cancelled', payment: { state: 'cancelled' } })
    expect(atTabby(placed.ref)).toMatchObject({ status: 'EXPIRED' })
    expect(await placeByTabby({ variant })).toMatchObject({ result: { order: { state: 'awaiting-payment' } } })
  })

  test('pays by card, and agrees at Tabby in the other tab: Tabby is let go, the order is paid once', async () => {
    const placed = await placeByTabby()
    await payByCard(placed)
    tabby.approve(placed.ref)
    await worker.settle()
    expect(atTabby(placed.ref)).toMatchObject({ status: 'CLOSED', captures: [] })
    const order = await orderOf(placed)
    expect(order).toMatchObject({ state: 'confirmed', payment: { method: 'card', state: 'captured' } })
    const attempts = await attemptsOf(placed.result)
    expect(attempts.map(({ provider, state, capturedAmount }) => [provider, state, capturedAmount])).toEqual([
      ['tabby', 'cancelled', 0],
      ['stripe', 'captured', order.totals.due.amount],
    ])
  })

  test('cancels the order and agrees all the same: Tabby is let go', async () => {
    const placed = await placeByTabby()
    expect(await api.call(cancelOrder, placed.call)).toMatchObject({ state: 'cancelled' })
    tabby.approve(placed.ref)
    await worker.settle()
    expect(atTabby(placed.ref)).toMatchObject({ status: 'CLOSED', captures: [] })
    expect(await orderOf(placed)).toMatchObject({ state: 'cancelled' })
  })
})

describe('webhooks', () => {
  const deliver = (body: object, secret = sandbox.config.tabby.webhookSecret) =>
    rawRequest(`${baseUrl}/webhooks/tabby`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-dhow-webhook': secret },
      body: JSON.stringify(body),
    })

  test('that are forged, or of another spelling, change nothing; the right one twice takes once', async () => {
    sandbox.control.setWebhooks({ mode: 'drop' })
    const placed = await placeByTabby()
    tabby.approve(placed.ref)
    const news = { id: placed.ref, status: 'authorized', captures: [], refunds: [], meta: null }
    expect((await deliver(news, 'guessed')).status).not.toBe(200)
    expect((await deliver({ ...news, status: 'AUTHORIZED' })).status).toBe(200)
    await worker.runJobs()
    expect(await orderOf(placed)).toMatchObject({ state: 'awaiting-payment' })
    expect([(await deliver(news)).status, (await deliver(news)).status]).toEqual([200, 200])
    await worker.runJobs()
    expect(await orderOf(placed)).toMatchObject(captured)
    expect(atTabby(placed.ref).captures).toHaveLength(1)
  })

  test('that claim more than Tabby knows move nothing: the payment is read', async () => {
    const placed = await placeByTabby()
    await deliver({ id: placed.ref, status: 'closed', captures: [{ id: 'c1' }], refunds: [], meta: null })
    await worker.runJobs()
    expect(await orderOf(placed)).toMatchObject({ state: 'awaiting-payment' })
  })
})

describe('taken when the goods leave', () => {
  beforeEach(() => {
    const settings = { ...ctx.config, TABBY_CAPTURE: 'on-fulfilment' } as const
    ctx.providers.payments.tabby = createTabbyProvider(settings, ctx.metrics, clock)
    return () => {
      ctx.providers.payments.tabby = createTabbyProvider(ctx.config, ctx.metrics, clock)
    }
  })

  async function agreed(): Promise<Placed & { paymentId: string; due: number }> {
    const placed = await placeByTabby()
    tabby.approve(placed.ref)
    await worker.settle()
    expect(await orderOf(placed)).toMatchObject({ state: 'confirmed', payment: { state: 'authorised' } })
    expect(atTabby(placed.ref).captures).toEqual([])
    const { due } = placed.result.order.totals
    return { ...placed, paymentId: placed.result.payment.id, due: due.amount }
  }

  test('money is taken in parts, and the last part lets go of the rest', async () => {
    const { paymentId, ref, due } = await agreed()
    const staff = await given.staff()
    const capture = (amount: number, isFinal: boolean) =>
      staff.call(capturePayment, {
        params: { paymentId },
        body: { amount: money(amount), isFinal },
        idempotencyKey: randomUUID(),
      })
    await capture(5_000, false)
    await worker.settle()
    expect(atTabby(ref)).toMatchObject({ status: 'AUTHORIZED', captures: [{ amount: '50.00' }] })
    // The rest is not let go at first, and the webhook of the capture is quicker than the second try.
    sandbox.control.addFault({ provider: 'tabby', kind: 'error500', path: '/api/v2/payments/*/close' })
    await capture(due - 6_000, true)
    await worker.settle()
    expect(atTabby(ref)).toMatchObject({ status: 'AUTHORIZED', captures: [{}, {}] })
    clock.advance({ minutes: 1 })
    await worker.settle()
    expect(atTabby(ref)).toMatchObject({ status: 'CLOSED', captures: [{ amount: '50.00' }, {}] })
    const [payment] = await db.selectFrom('payments').selectAll().where('id', '=', paymentId).execute()
    expect(payment).toMatchObject({ state: 'captured', capturedAmount: due - 1_000 })
  })

  test('an order called off before it leaves is closed at Tabby, so that its buyer is not billed', async () => {
    const { paymentId, ref, ...placed } = await agreed()
    const staff = await given.staff()
    const body = { reason: 'out of stock after all' }
    await staff.call(voidPayment, { params: { paymentId }, body, idempotencyKey: randomUUID() })
    await worker.settle()
    expect(atTabby(ref)).toMatchObject({ status: 'CLOSED', captures: [] })
    expect(await orderOf(placed)).toMatchObject({ state: 'cancelled', payment: { state: 'cancelled' } })
  })

  test('a purchase cancelled at Tabby’s own portal is not paid', async () => {
    const { ref, ...placed } = await agreed()
    const stored = atTabby(ref)
    stored.status = 'CLOSED'
    await api.call(refreshPayment, placed.call)
    await worker.settle()
    expect(await orderOf(placed)).toMatchObject({ state: 'cancelled' })
  })
})

describe('giving back', () => {
  async function paid(): Promise<Placed> {
    const placed = await placeByTabby()
    tabby.approve(placed.ref)
    await worker.settle()
    expect(await orderOf(placed)).toMatchObject(captured)
    return placed
  }

  async function giveBack({ result, call }: Placed): Promise<void> {
    const staff = await given.staff()
    const [line] = (await orderOf({ call })).lines
    if (!line) throw new Error('no line')
    const body = {
      lines: [{ lineId: line.id, quantity: 1 }],
      destination: 'original' as const,
      expectedAmount: line.total,
      reason: 'came back unopened',
    }
    const params = { number: result.order.number }
    await staff.call(createRefund, { params, body, idempotencyKey: randomUUID() })
    await worker.settle()
  }

  test('part of it leaves the shop once, though the answer was lost', async () => {
    const placed = await paid()
    sandbox.control.addFault({ provider: 'tabby', kind: 'reset-after', path: '/api/v2/payments/{id}/refunds' })
    await giveBack(placed)
    await sweep(10)
    const [line] = placed.result.order.lines
    const amount = ((line?.total.amount ?? 0) / 100).toFixed(2)
    expect(atTabby(placed.ref).refunds).toMatchObject([{ amount }])
    expect(await orderOf(placed)).toMatchObject({ refunds: [{ state: 'succeeded', amount: line?.total }] })
  })

  test('of a disputed payment fails where everybody can see it', async () => {
    const placed = await paid()
    tabby.setDisputed(placed.ref, true)
    await giveBack(placed)
    expect(atTabby(placed.ref).refunds).toEqual([])
    expect(await orderOf(placed)).toMatchObject({
      refunds: [{ state: 'failed' }],
      payment: { refunded: { amount: 0 } },
    })
  })
})
