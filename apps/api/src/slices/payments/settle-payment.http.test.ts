import { money } from '@dhow/money/money.ts'
import { describe, expect, test } from 'vitest'
import { faultsInBooks } from '../../../test/books.ts'
import { alertsAbout, paymentOf, placeOrderIn, startWithoutWebhooks } from '../../../test/placed-order.ts'
import { atProvider } from '../../../test/provider.ts'
import type { GuestWish } from '../../../test/shopper.ts'

const app = await startWithoutWebhooks()
const { given, sandbox, worker, clock } = app
const placed = (wish?: GuestWish) => placeOrderIn(app, wish)

describe('asking by itself', () => {
  test('finds a payment nobody told us about, after a minute', async () => {
    const guest = await placed()
    await guest.pay()
    await worker.runTask('payments.sweep')
    expect((await guest.order()).state).toBe('awaiting-payment')
    clock.advance({ seconds: 61 })
    await worker.runTask('payments.sweep')
    expect((await guest.order()).state).toBe('confirmed')
  })

  test('finds the money of a confirmation whose answer was lost (an amount that ends in .13)', async () => {
    const guest = await placed({ variant: await given.variant({ price: money(10_013) }) })
    await expect(guest.pay()).rejects.toThrow('fetch failed')
    clock.advance({ seconds: 61 })
    await worker.runTask('payments.sweep')
    expect((await guest.order()).state).toBe('confirmed')
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('begins what a dead process did not', async () => {
    const guest = await given.guestAtCheckout()
    sandbox.control.addFault({
      provider: 'stripe',
      method: 'POST',
      path: '/v1/payment_intents',
      kind: 'reset-after',
      times: 3,
    })
    await guest.placeOrder()
    sandbox.control.clearFaults()
    clock.advance({ seconds: 61 })
    await worker.runTask('payments.sweep')
    expect((await guest.placeOrder()).status).toBe(201)
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('asks less and less often, and not at all once it is over', async () => {
    const quiet = await startWithoutWebhooks()
    const guest = await quiet.given.order({ state: 'awaiting-payment' })
    const asked: number[] = []
    for (let minute = 1; minute <= 29; minute += 1) {
      quiet.clock.advance({ minutes: 1, seconds: 1 })
      const before = quiet.sandbox.control.calls()['GET /v1/payment_intents/{id}'] ?? 0
      await quiet.worker.runTask('payments.sweep')
      if ((quiet.sandbox.control.calls()['GET /v1/payment_intents/{id}'] ?? 0) > before) asked.push(minute)
    }
    expect(asked).toEqual([1, 3, 7, 15, 25])
    expect((await guest.order()).state).toBe('awaiting-payment')
  })
})

describe('money that is not what we asked for', () => {
  const heldBecause = async (number: string) => (await paymentOf(app, number)).heldReason

  test('in amount is held, alarmed once, and confirms nothing', async () => {
    const guest = await placed()
    await atProvider(sandbox, `/payment_intents/${guest.intentId}`, { amount: '200' })
    await guest.pay()
    await guest.refresh()
    await guest.refresh()
    // Whoever is told that nothing was charged pays again.
    expect(await guest.order()).toMatchObject({
      state: 'awaiting-payment',
      payment: { state: 'processing', declineReason: null },
      payBefore: null,
      canChangeMethod: false,
      canCancel: false,
    })
    expect(await heldBecause(guest.view.number)).toBe('amount-mismatch')
    expect(alertsAbout(app, (await paymentOf(app, guest.view.number)).id)).toHaveLength(1)
  })

  test('in currency is held', async () => {
    const guest = await placed()
    await atProvider(sandbox, `/payment_intents/${guest.intentId}`, { currency: 'usd' })
    await guest.pay()
    await guest.refresh()
    expect([(await guest.order()).state, await heldBecause(guest.view.number)]).toEqual([
      'awaiting-payment',
      'currency-mismatch',
    ])
  })

  test('for another order is held', async () => {
    const [guest, other] = [await placed(), await placed()]
    const { orderId } = await paymentOf(app, other.view.number)
    await atProvider(sandbox, `/payment_intents/${guest.intentId}`, { 'metadata[order_id]': orderId })
    await guest.pay()
    await guest.refresh()
    expect([(await guest.order()).state, await heldBecause(guest.view.number)]).toEqual([
      'awaiting-payment',
      'order-mismatch',
    ])
    expect((await other.order()).state).toBe('awaiting-payment')
  })

  const foreign = async (number: string, more: Record<string, string>) => {
    const { orderId } = await paymentOf(app, number)
    const { id } = await atProvider(sandbox, '/payment_intents', {
      amount: '11500',
      currency: 'aed',
      'metadata[order_id]': orderId,
      'automatic_payment_methods[enabled]': 'true',
      'automatic_payment_methods[allow_redirects]': 'never',
      ...more,
    })
    await worker.runTask('payments.settle', { provider: 'stripe', providerRef: id })
    return id
  }

  test('by a foreign payment is held, also beside an order that is paid', async () => {
    const [waiting, paid] = [await placed(), await placed()]
    await paid.pay()
    await paid.refresh()
    for (const guest of [waiting, paid]) {
      await foreign(guest.view.number, { confirm: 'true', payment_method: 'pm_card_visa' })
      expect(await heldBecause(guest.view.number)).toBe('reference-mismatch')
      expect(alertsAbout(app, (await paymentOf(app, guest.view.number)).id)).toHaveLength(1)
    }
    expect([(await waiting.order()).state, (await paid.order()).state]).toEqual(['awaiting-payment', 'confirmed'])
  })

  test('is not what an abandoned foreign payment brings: it changes nothing', async () => {
    const guest = await placed()
    const id = await foreign(guest.view.number, {})
    await atProvider(sandbox, `/payment_intents/${id}/cancel`, {})
    await worker.runTask('payments.settle', { provider: 'stripe', providerRef: id })
    expect([(await guest.order()).state, await heldBecause(guest.view.number)]).toEqual(['awaiting-payment', null])
    await guest.pay()
    expect((await guest.refresh()).state).toBe('confirmed')
  })

  test('confirms the order once it is put right at the provider', async () => {
    const [guest, other] = [await placed(), await placed()]
    const { orderId } = await paymentOf(app, guest.view.number)
    const wrong = (await paymentOf(app, other.view.number)).orderId
    await atProvider(sandbox, `/payment_intents/${guest.intentId}`, { 'metadata[order_id]': wrong })
    await guest.pay()
    expect((await guest.refresh()).state).toBe('awaiting-payment')
    await atProvider(sandbox, `/payment_intents/${guest.intentId}`, { 'metadata[order_id]': orderId })
    expect((await guest.refresh()).state).toBe('confirmed')
  })
})
