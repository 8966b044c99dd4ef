import { getCart } from '@dhow/contracts/cart.ts'
import { cancelOrder, changePaymentMethod, getOrder, resumePayment } from '@dhow/contracts/orders.ts'
import { money } from '@dhow/money/money.ts'
import { describe, expect, test } from 'vitest'
import { faultsInBooks } from '../../../test/books.ts'
import { actOn, atHostedPage } from '../../../test/hosted-page.ts'
import {
  alertsAbout,
  attemptsOf,
  changeMethod,
  paymentOf,
  placeOrderIn,
  startWithoutWebhooks,
} from '../../../test/placed-order.ts'
import type { PlacedOrder } from '../../../test/placed-order.ts'
import { codeOf, problemOf } from '../../../test/problems.ts'
import { payByCard } from '../../../test/shopper.ts'
import type { GuestWish } from '../../../test/shopper.ts'
import { stopPayment } from '../payments/stop-payment.ts'
import { findPaymentOfOrder } from '../payments/payments.sql.ts'
import { noteChange } from '../payments/attempts.sql.ts'

const app = await startWithoutWebhooks()
const { api, given, sandbox, worker, clock, ctx, db } = app
const placed = (wish: GuestWish = {}) => placeOrderIn(app, wish)
const view = (order: PlacedOrder) => api.call(getOrder, order.call)
const numberOf = (order: PlacedOrder) => order.view.number
const cardCancel = { provider: 'stripe', method: 'POST', path: '/v1/payment_intents/{id}/cancel' } as const

describe('changing how a waiting order is paid', () => {
  test('from card to cash stops the card, adds the fee with its VAT, rounds, and waits a day for the code', async () => {
    const order = await placed({ variant: await given.variant({ price: money(10_012) }) })
    const { order: changed, payment } = await changeMethod(api, order, 'cod')
    expect(payment.action).toMatchObject({ kind: 'code', phoneHint: `•••• ${order.contact.phone.slice(-3)}` })
    expect(changed).toMatchObject({
      number: numberOf(order),
      state: 'awaiting-payment',
      totals: {
        grandTotal: money(12_512),
        paymentFee: money(1000),
        rounding: money(-12),
        due: money(12_500),
        vat: money(order.view.totals.vat.amount + 48),
      },
      payment: { id: payment.id, method: 'cod', state: 'pending', amount: money(12_500) },
      payBefore: new Date(clock.now().getTime() + 24 * 3_600_000).toISOString(),
    })
    expect(changed.timeline.map((entry) => entry.kind)).toEqual(['placed', 'method-changed'])
    expect(sandbox.control.findIntent(order.intentId)?.status).toBe('canceled')
    expect(await faultsInBooks(app)).toEqual([])

    const back = await changeMethod(api, order, 'card')
    expect(back.order.totals).toEqual(order.view.totals)
    await payByCard(app, back.payment.action)
    await worker.runTask('payments.settle', {
      provider: 'stripe',
      providerRef: (await paymentOf(app, numberOf(order))).providerRef,
    })
    expect((await view(order)).state).toBe('confirmed')
    expect((await attemptsOf(app, numberOf(order))).map((attempt) => attempt.state)).toEqual([
      'cancelled',
      'cancelled',
      'captured',
    ])
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('after Tabby has refused pays by card', async () => {
    const order = await placed({ paymentMethod: 'tabby' })
    await atHostedPage(app, numberOf(order), 'refuse')
    expect(await order.refresh()).toMatchObject({
      state: 'awaiting-payment',
      canChangeMethod: true,
      payment: { method: 'tabby', state: 'failed', declineReason: 'not-approved' },
    })
    await payByCard(app, (await changeMethod(api, order, 'card')).payment.action)
    expect(await order.refresh()).toMatchObject({ state: 'confirmed', payment: { method: 'card', state: 'captured' } })
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('after leaving Tamara pays in cash', async () => {
    const order = await placed({ paymentMethod: 'tamara' })
    await atHostedPage(app, numberOf(order), 'leave')
    expect(await order.refresh()).toMatchObject({ state: 'awaiting-payment', canChangeMethod: true })
    expect((await changeMethod(api, order, 'cod')).payment.action.kind).toBe('code')
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('to the same method at the same price goes on with the same payment', async () => {
    const order = await placed()
    const again = await changeMethod(api, order, 'card')
    expect(again.payment.action).toMatchObject({ kind: 'client_secret', clientSecret: order.secret })
    expect(await attemptsOf(app, numberOf(order))).toHaveLength(1)
  })

  test('again with the same key is the same answer, and one attempt', async () => {
    const order = await placed()
    const request = {
      ...order.call,
      body: { paymentMethod: 'tabby' as const, expectedTotal: money(11_500) },
      idempotencyKey: `change-${numberOf(order)}`,
    }
    const first = await api.callText(changePaymentMethod, request)
    expect(await api.callText(changePaymentMethod, request)).toBe(first)
    expect(await attemptsOf(app, numberOf(order))).toHaveLength(2)
  })
})

describe('is refused', () => {
  test('once the money is there: the order is confirmed instead', async () => {
    const order = await placed()
    await order.pay()
    expect(await codeOf(changeMethod(api, order, 'cod'))).toBe('payments/not-payable')
    expect((await view(order)).state).toBe('confirmed')
    expect(await codeOf(changeMethod(api, order, 'cod'))).toBe('payments/not-payable')
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('for an approved Tamara, which is authorised and confirmed instead', async () => {
    const order = await placed({ paymentMethod: 'tamara' })
    await atHostedPage(app, numberOf(order), 'approve')
    expect(await codeOf(changeMethod(api, order, 'card'))).toBe('payments/not-payable')
    await worker.runJobs()
    expect((await view(order)).payment).toMatchObject({ method: 'tamara', state: 'captured' })
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('with nothing changed while the provider is away, and when the total is not what was seen', async () => {
    const order = await placed()
    sandbox.control.addFault({ ...cardCancel, kind: 'error500', times: 3 })
    expect(await codeOf(changeMethod(api, order, 'cod'))).toBe('payments/provider-unavailable')
    const stale = { paymentMethod: 'cod', expectedTotal: money(1) } as const
    const problem = await problemOf(
      api.call(changePaymentMethod, { ...order.call, body: stale, idempotencyKey: `stale-${numberOf(order)}` }),
    )
    expect([problem.code, problem.document['total']]).toEqual(['cart/total-changed', money(12_500)])
    expect(await view(order)).toEqual(order.view)
    await order.pay()
    expect((await order.refresh()).state).toBe('confirmed')
  })

  test('without the order’s own token, and for an order that is cancelled', async () => {
    const [mine, other] = [await placed(), await placed()]
    const foreign = { ...mine, call: { ...mine.call, orderToken: other.call.orderToken } }
    const body = { paymentMethod: 'cod', expectedTotal: money(12_500) } as const
    const change = (order: PlacedOrder) =>
      codeOf(api.call(changePaymentMethod, { ...order.call, body, idempotencyKey: `x-${Math.random()}` }))
    expect(await change(foreign)).toBe('orders/not-found')
    await api.call(cancelOrder, mine.call)
    expect(await change(mine)).toBe('payments/not-payable')
  })

  test('while money that does not fit waits for a person', async () => {
    const order = await placed()
    const { id } = await paymentOf(app, numberOf(order))
    await db.updateTable('payments').set({ heldReason: 'reference-mismatch' }).where('id', '=', id).execute()
    expect(await codeOf(changeMethod(api, order, 'cod'))).toBe('payments/not-payable')
    expect(await attemptsOf(app, numberOf(order))).toHaveLength(1)
  })

  test('after ten tries', async () => {
    const order = await placed()
    for (const method of ['cod', 'card', 'cod', 'card', 'cod', 'card', 'cod', 'card', 'cod'] as const)
      await changeMethod(api, order, method)
    expect(await codeOf(changeMethod(api, order, 'card'))).toBe('payments/not-payable')
    expect((await view(order)).state).toBe('awaiting-payment')
  })
})

describe('an attempt that was replaced', () => {
  /** Tabby stops nothing: its page is open in another tab while the order is paid by card. */
  async function paidByCardWithTabbyOpen(): Promise<{
    order: PlacedOrder
    tabby: { id: string; provider: string; providerRef: string | null }
  }> {
    const order = await placed({ paymentMethod: 'tabby' })
    const tabby = await paymentOf(app, numberOf(order))
    await payByCard(app, (await changeMethod(api, order, 'card')).payment.action)
    await order.refresh()
    return { order, tabby }
  }

  test('and is paid all the same is let go, and the paid order never hears of it', async () => {
    const { order, tabby } = await paidByCardWithTabbyOpen()
    const before = await view(order)
    actOn(app, tabby, 'approve')
    clock.advance({ minutes: 2 })
    await worker.runTask('payments.sweep')
    expect(sandbox.control.tabby.find(tabby.providerRef ?? '')).toMatchObject({ status: 'CLOSED', captures: [] })
    expect(await view(order)).toEqual(before)
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('is let go by its job when the provider was away', async () => {
    const { tabby } = await paidByCardWithTabbyOpen()
    actOn(app, tabby, 'approve')
    sandbox.control.addFault({ provider: 'tabby', method: 'POST', kind: 'error500', times: 10 })
    clock.advance({ minutes: 2 })
    await worker.runTask('payments.sweep')
    sandbox.control.clearFaults()
    clock.advance({ minutes: 30 })
    await worker.runJobs()
    expect(sandbox.control.tabby.find(tabby.providerRef ?? '')?.status).toBe('CLOSED')
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('and whose money is taken by somebody else is booked and held, with an alert, beside the paid order', async () => {
    const { order, tabby } = await paidByCardWithTabbyOpen()
    actOn(app, tabby, 'approve')
    await fetch(`${sandbox.url}/api/v2/payments/${tabby.providerRef}/captures`, {
      method: 'POST',
      headers: { authorization: `Bearer ${sandbox.config.tabby.secretKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ amount: '115.00', reference_id: 'by-hand' }),
    })
    await worker.runTask('payments.settle', { provider: 'tabby', providerRef: tabby.providerRef })
    const [first] = await attemptsOf(app, numberOf(order))
    expect(first).toMatchObject({ state: 'captured', capturedAmount: 11_500, heldReason: 'paid-twice' })
    expect(alertsAbout(app, tabby.id)).toMatchObject([{ reason: 'paid-twice' }])
    expect(await view(order)).toMatchObject({ state: 'confirmed', payment: { method: 'card', state: 'captured' } })
    expect(await faultsInBooks(app)).toEqual([])
  })
})

describe('a provider’s session that has ended', () => {
  test('is begun again as a new attempt, and the order waits for it', async () => {
    const order = await placed({ paymentMethod: 'tabby' })
    const first = await paymentOf(app, numberOf(order))
    await atHostedPage(app, numberOf(order), 'expire')
    expect(await order.refresh()).toMatchObject({
      state: 'awaiting-payment',
      payment: { state: 'cancelled', declineReason: 'expired' },
    })
    const again = await api.call(resumePayment, order.call)
    expect(again.payment.action.kind).toBe('redirect')
    const second = await paymentOf(app, numberOf(order))
    expect([second.attempt, second.method, second.providerRef === first.providerRef]).toEqual([2, 'tabby', false])
    await atHostedPage(app, numberOf(order), 'approve')
    expect((await order.refresh()).state).toBe('confirmed')
    await worker.runJobs()
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('gives the order up five minutes after its time, if nobody came back', async () => {
    const order = await placed({ paymentMethod: 'tamara' })
    clock.advance({ minutes: 30, seconds: 30 })
    await worker.runTask('payments.sweep')
    expect((await view(order)).state).toBe('awaiting-payment')
    clock.advance({ minutes: 6 })
    await worker.runTask('payments.sweep')
    expect(await view(order)).toMatchObject({ state: 'cancelled', canCancel: false })
    expect(await faultsInBooks(app)).toEqual([])
  })
})

describe('while the old provider is away', () => {
  test('an instalment plan is left to be let go of, though the shopper had agreed to it there', async () => {
    const orders = await Promise.all((['tabby', 'tamara'] as const).map((paymentMethod) => placed({ paymentMethod })))
    for (const order of orders) await atHostedPage(app, numberOf(order), 'approve')
    for (const provider of ['tabby', 'tamara'] as const)
      sandbox.control.addFault({ provider, kind: 'error500', times: 1_000 })
    for (const order of orders) {
      await payByCard(app, (await changeMethod(api, order, 'card')).payment.action)
      expect((await order.refresh()).state).toBe('confirmed')
    }
    sandbox.control.clearFaults()
    clock.advance({ minutes: 1 })
    await worker.settle()
    for (const order of orders)
      expect((await attemptsOf(app, numberOf(order))).map((attempt) => attempt.state)).toEqual([
        'cancelled',
        'captured',
      ])
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('a card nobody was given is left, one that may be charged is not', async () => {
    const known = await placed()
    sandbox.control.addFault({ provider: 'stripe', kind: 'error500', times: 1_000 })
    const guest = await given.guestAtCheckout()
    expect((await guest.placeOrder()).code).toBe('payments/provider-unavailable')
    const { order } = await api.call(getCart, { params: { cartId: guest.cartId } })
    const unknown = { call: { params: { number: order?.number ?? '' }, orderToken: order?.token ?? '' } }
    expect((await changeMethod(api, unknown, 'cod')).order.payment).toMatchObject({ method: 'cod', state: 'pending' })
    expect(await codeOf(changeMethod(api, known, 'cod'))).toBe('payments/provider-unavailable')
    sandbox.control.clearFaults()
    expect((await changeMethod(api, known, 'cod')).order.payment.method).toBe('cod')
    expect(await faultsInBooks(app)).toEqual([])
  })
})

describe('dying in between', () => {
  test('after the provider stopped the card leaves an order that waits, and may be paid or changed', async () => {
    const [paid, changed, left] = [await placed(), await placed(), await placed()]
    for (const order of [paid, changed, left]) {
      const { orderId } = await paymentOf(app, numberOf(order))
      const payment = await findPaymentOfOrder(db, orderId)
      if (!payment) throw new Error('no payment')
      await noteChange(db, { id: payment.id, now: clock.now() })
      await stopPayment(ctx, payment, { by: 'shopper', endsOrder: false })
      await worker.runTask('payments.settle', { provider: 'stripe', providerRef: order.intentId })
      expect((await view(order)).state).toBe('awaiting-payment')
    }
    await payByCard(app, (await api.call(resumePayment, paid.call)).payment.action)
    expect((await paid.refresh()).state).toBe('confirmed')
    expect((await changeMethod(api, changed, 'cod')).order.payment.method).toBe('cod')
    clock.advance({ minutes: 31 })
    await worker.runTask('payments.sweep')
    expect((await view(left)).state).toBe('cancelled')
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('before Tabby’s answer arrived leaves a session nobody can see, and the next one counts', async () => {
    const order = await placed()
    sandbox.control.addFault({
      provider: 'tabby',
      method: 'POST',
      path: '/api/v2/checkout',
      kind: 'reset-after',
      times: 5,
    })
    expect(await codeOf(changeMethod(api, order, 'tabby'))).toBe('payments/provider-unavailable')
    sandbox.control.clearFaults()
    expect((await view(order)).payment).toMatchObject({ method: 'tabby', state: 'pending' })
    // Reconciliation finds that session before the shopper comes back: nobody knows its page.
    const lost = sandbox.control.tabby.state().find((payment) => payment.order.reference_id === numberOf(order))
    await worker.runTask('payments.settle', { provider: 'tabby', providerRef: lost?.id })
    expect((await api.call(resumePayment, order.call)).payment.action.kind).toBe('redirect')
    await atHostedPage(app, numberOf(order), 'approve')
    expect((await order.refresh()).state).toBe('confirmed')
    await worker.runJobs()
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('to a lender that stays away keeps nobody from a card, and the order from nothing', async () => {
    const [order, left] = [await placed(), await placed()]
    for (const provider of ['tabby', 'tamara'] as const)
      sandbox.control.addFault({ provider, kind: 'reset-after', times: 1_000 })
    for (const lender of ['tabby', 'tamara'] as const) {
      expect(await codeOf(changeMethod(api, order, lender))).toBe('payments/provider-unavailable')
      expect((await view(order)).payment).toMatchObject({ method: lender, state: 'pending' })
    }
    expect(await codeOf(changeMethod(api, left, 'tamara'))).toBe('payments/provider-unavailable')
    await payByCard(app, (await changeMethod(api, order, 'card')).payment.action)
    expect((await order.refresh()).state).toBe('confirmed')
    clock.advance({ minutes: 36 })
    await worker.runTask('payments.sweep')
    expect((await view(left)).state).toBe('cancelled')
    expect(await faultsInBooks(app)).toEqual([])
    sandbox.control.clearFaults()
  })
})

test('two tabs that choose different ways at once end with one attempt that counts', async () => {
  for (let round = 0; round < 3; round += 1) {
    const order = await placed()
    const answers = await Promise.all([
      codeOf(changeMethod(api, order, 'cod')),
      codeOf(changeMethod(api, order, 'tabby')),
    ])
    expect(answers).toContain('none')
    const { payment } = await view(order)
    expect(['cod', 'tabby']).toContain(payment.method)
    expect(await faultsInBooks(app)).toEqual([])
  }
})

test('paying in one tab while changing in the other ends paid once, or changed and unpaid', async () => {
  const outcomes: string[] = []
  for (let round = 0; round < 6; round += 1) {
    const order = await placed()
    const [changed] = await Promise.all([
      codeOf(changeMethod(api, order, 'cod')),
      order.pay(),
      round % 2 === 0 ? order.refresh() : undefined,
    ])
    await order.refresh()
    const { state, payment } = await view(order)
    outcomes.push([state, payment.method, changed].join(' '))
  }
  const possible = ['confirmed card payments/not-payable', 'awaiting-payment cod none']
  expect(outcomes.filter((outcome) => !possible.includes(outcome))).toEqual([])
  expect(await faultsInBooks(app)).toEqual([])
})
