import { getCart } from '@dhow/contracts/cart.ts'
import { cancelOrder, refreshPayment, resumePayment } from '@dhow/contracts/orders.ts'
import { describe, expect, test } from 'vitest'
import { faultsInBooks } from '../../../test/books.ts'
import { placeOrderIn, startWithoutWebhooks } from '../../../test/placed-order.ts'
import { codeOf, problemOf } from '../../../test/problems.ts'
import type { GuestWish } from '../../../test/shopper.ts'

const app = await startWithoutWebhooks()
const { api, given, sandbox } = app
const placed = (wish?: GuestWish) => placeOrderIn(app, wish)

const cardGet = { provider: 'stripe', method: 'GET', path: '/v1/payment_intents/{id}' } as const

describe('every endpoint about a payment', () => {
  test('is not found without the order’s own token', async () => {
    const [mine, other] = [await placed(), await placed()]
    for (const endpoint of [refreshPayment, resumePayment, cancelOrder])
      for (const orderToken of ['', other.call.orderToken, 'x'.repeat(32)])
        expect(await codeOf(api.call(endpoint, { params: mine.call.params, orderToken }))).toBe('orders/not-found')
    expect((await mine.order()).state).toBe('awaiting-payment')
  })
})

describe('coming back from paying', () => {
  test('asks the provider, and its word confirms the order', async () => {
    const guest = await placed()
    await guest.pay()
    expect(await guest.refresh()).toMatchObject({
      state: 'confirmed',
      payment: { state: 'captured', card: { brand: 'visa', last4: '4242' } },
    })
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('without having paid changes nothing, whatever the browser says', async () => {
    const guest = await placed()
    expect(await guest.refresh()).toEqual(guest.view)
  })

  test('many times at once confirms once', async () => {
    const guest = await placed()
    await guest.pay()
    const views = await given.many(10, () => guest.refresh())
    expect(new Set(views.map((view) => JSON.stringify(view))).size).toBe(1)
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('while the provider is away is no news, and no failure', async () => {
    const guest = await placed()
    await guest.pay()
    sandbox.control.addFault({ ...cardGet, kind: 'error500', times: 2 })
    expect((await guest.refresh()).state).toBe('awaiting-payment')
    expect((await guest.refresh()).state).toBe('confirmed')
  })

  test('after a decline says why, and the next card pays the same order', async () => {
    const guest = await placed()
    expect((await guest.pay('pm_card_chargeDeclinedInsufficientFunds')).errorCode).toBe('insufficient_funds')
    const declined = await guest.refresh()
    expect(declined).toMatchObject({
      state: 'awaiting-payment',
      payment: { state: 'failed', declineReason: 'insufficient-funds' },
    })
    expect(declined.timeline.map((entry) => entry.kind)).toEqual(['placed', 'payment-declined'])
    await guest.pay('pm_card_visa')
    const paid = await guest.refresh()
    expect(paid).toMatchObject({ state: 'confirmed', payment: { state: 'captured', declineReason: null } })
    expect(paid.timeline.map((entry) => entry.kind)).toEqual(['placed', 'payment-declined', 'paid', 'confirmed'])
    expect(await faultsInBooks(app)).toEqual([])
  })

  test.each(['pm_card_chargeDeclinedLostCard', 'pm_card_chargeDeclinedStolenCard', 'pm_card_radarBlock'])(
    'after %s says no more than that it was declined',
    async (card) => {
      const guest = await placed()
      await guest.pay(card)
      const view = await guest.refresh()
      expect(view.payment.declineReason).toBe('declined')
      expect(JSON.stringify(view)).not.toMatch(/lost|stolen|fraud/)
    },
  )

  test('in the middle of 3-D Secure waits for it; passed, the order is paid', async () => {
    const guest = await placed()
    expect((await guest.pay('pm_card_threeDSecure2Required')).intentStatus).toBe('requires_action')
    expect((await guest.refresh()).payment.state).toBe('requires-action')
    sandbox.control.answerChallenge(guest.intentId, 'complete')
    expect((await guest.refresh()).state).toBe('confirmed')
  })

  test('from a failed 3-D Secure says so, and may be tried again', async () => {
    const guest = await placed()
    await guest.pay('pm_card_threeDSecure2Required')
    sandbox.control.answerChallenge(guest.intentId, 'fail')
    expect((await guest.refresh()).payment).toMatchObject({ state: 'failed', declineReason: 'authentication-failed' })
    await guest.pay()
    expect((await guest.refresh()).state).toBe('confirmed')
  })
})

describe('going on with a payment', () => {
  test('gives the browser the same payment again, and begins no second one', async () => {
    const guest = await placed()
    const begun = sandbox.control.calls()['POST /v1/payment_intents']
    const again = await api.call(resumePayment, guest.call)
    expect(again.payment.action).toMatchObject({ kind: 'client_secret', clientSecret: guest.secret })
    expect(again.order).toEqual(guest.view)
    expect(sandbox.control.calls()['POST /v1/payment_intents']).toBe(begun)
  })

  test('begins it when the provider was away at checkout', async () => {
    const guest = await given.guestAtCheckout()
    sandbox.control.addFault({
      provider: 'stripe',
      method: 'POST',
      path: '/v1/payment_intents',
      kind: 'error500',
      times: 3,
    })
    expect((await guest.placeOrder()).code).toBe('payments/provider-unavailable')
    const view = await api.call(getCart, { params: { cartId: guest.cartId } })
    const { number = '', token: orderToken = '' } = view.order ?? {}
    const { payment } = await api.call(resumePayment, { params: { number }, orderToken })
    expect(payment.action.kind).toBe('client_secret')
  })

  test('is refused for an order that is paid or cancelled', async () => {
    const [paid, cancelled] = [await placed(), await placed()]
    await paid.pay()
    await paid.refresh()
    await api.call(cancelOrder, cancelled.call)
    for (const [guest, orderState] of [
      [paid, 'confirmed'],
      [cancelled, 'cancelled'],
    ] as const) {
      const problem = await problemOf(api.call(resumePayment, guest.call))
      expect([problem.code, problem.document['orderState']]).toEqual(['payments/not-payable', orderState])
    }
  })

  test('says so when the provider is away', async () => {
    const guest = await placed()
    sandbox.control.addFault({ ...cardGet, kind: 'error500', times: 2 })
    expect(await codeOf(api.call(resumePayment, guest.call))).toBe('payments/provider-unavailable')
  })
})
