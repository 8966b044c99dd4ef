import { takeCart } from '@dhow/contracts/account.ts'
import { listPaymentMethods } from '@dhow/contracts/cart.ts'
import { listSavedCards, removeSavedCard, setUpSavedCard } from '@dhow/contracts/saved-cards.ts'
import type { CallInput } from '@dhow/api-client/api-client.ts'
import type { Endpoint, ResponseOf } from '@dhow/contracts/endpoint.ts'
import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import { atProvider } from '../../../test/provider.ts'
import type { GivenCustomer } from '../../../test/customer.ts'
import { codeOf, problemOf } from '../../../test/problems.ts'
import { keepCard } from '../../../test/saved-card.ts'
import { customerRefFor, customerSessionFor } from './saved-cards.ts'

const app = await startTestApp()
const { ctx, db, sandbox, given, clock } = app

const cardsOf = async (customer: GivenCustomer) => (await customer.call(listSavedCards, {})).items
/** Calls with a session that a moved clock has not ended. */
async function anew<E extends Endpoint>(
  customer: GivenCustomer,
  endpoint: E,
  input: CallInput<E>,
): Promise<ResponseOf<E>> {
  const { accessToken } = await customer.signIn()
  return app.api.call(endpoint, { ...input, accessToken })
}
const cardsWith = async (customer: GivenCustomer) => (await anew(customer, listSavedCards, {})).items
async function keepAtProvider(customer: string): Promise<void> {
  const { id } = await atProvider(sandbox, '/setup_intents', { customer })
  await atProvider(sandbox, `/setup_intents/${id}/confirm`, {
    payment_method: 'pm_card_visa',
    return_url: 'http://localhost/',
  })
}
const known = () => sandbox.control.stripe.customers()

describe('saved cards', () => {
  test('of a customer who never kept one are none, and the provider is not asked', async () => {
    const customer = await given.customer()
    const before = sandbox.control.calls()
    const { STRIPE_PUBLISHABLE_KEY: publishableKey, STRIPE_JS_URL: scriptUrl } = ctx.config
    expect(await customer.call(listSavedCards, {})).toEqual({ items: [], fields: { publishableKey, scriptUrl } })
    expect(sandbox.control.calls()).toEqual(before)
  })

  test('show brand, last digits and expiry, and nothing of the shopper is told to the provider', async () => {
    const customer = await given.customer({ name: 'Mariam', phone: '+971501112233' })
    const card = await keepCard(app, customer)
    expect(card).toEqual({
      id: expect.stringMatching(/^pm_/) as string,
      brand: 'visa',
      last4: '4242',
      expiryMonth: 12,
      expiryYear: expect.any(Number) as number,
      hasExpired: false,
      wallet: null,
    })
    expect(known()[0]).toMatchObject({
      metadata: { account_id: customer.account.id },
      name: null,
      email: null,
      phone: null,
    })
  })

  test('are told to have expired from the first of the next month in Dubai', async () => {
    const customer = await given.customer()
    const { expiryYear } = await keepCard(app, customer)
    const start = clock.now().toISOString()
    clock.set(`${expiryYear}-12-31T19:59:00.000Z`)
    expect(await cardsWith(customer)).toMatchObject([{ hasExpired: false }])
    clock.set(`${expiryYear}-12-31T20:00:00.000Z`)
    expect(await cardsWith(customer)).toMatchObject([{ hasExpired: true }])
    clock.set(start)
  })

  test('are removed for good, once; somebody else’s and unheard-of ones are not found', async () => {
    const [customer, other] = [await given.customer(), await given.customer()]
    const card = await keepCard(app, customer)
    await keepCard(app, other)
    const removing = (by: GivenCustomer, cardId = card.id) => codeOf(by.call(removeSavedCard, { params: { cardId } }))
    expect(await removing(other)).toBe('payments/card-not-found')
    expect(await removing(await given.customer())).toBe('payments/card-not-found')
    expect(await removing(customer, 'pm_unheard0f')).toBe('payments/card-not-found')
    expect(await cardsOf(customer)).toHaveLength(1)
    expect(await removing(customer)).toBe('none')
    expect(await removing(customer)).toBe('payments/card-not-found')
    expect(await cardsOf(customer)).toEqual([])
  })

  test('are unavailable while the provider does not answer, and nothing is said of them', async () => {
    const customer = await given.customer()
    const card = await keepCard(app, customer)
    sandbox.control.addFault({ provider: 'stripe', kind: 'error500', times: 4 })
    expect(await codeOf(customer.call(listSavedCards, {}))).toBe('payments/provider-unavailable')
    expect(await codeOf(customer.call(removeSavedCard, { params: { cardId: card.id } }))).toBe(
      'payments/provider-unavailable',
    )
    sandbox.control.clearFaults()
  })
})

describe('keeping a card', () => {
  test('can be begun five times an hour and no more: an account is no place to try out stolen cards', async () => {
    const customer = await given.customer()
    for (let tries = 0; tries < 5; tries += 1) await customer.call(setUpSavedCard, {})
    const refused = await problemOf(customer.call(setUpSavedCard, {}))
    expect([refused.code, refused.status]).toEqual(['request/rate-limited', 429])
    expect(await codeOf((await given.customer()).call(setUpSavedCard, {}))).toBe('none')
    clock.advance({ hours: 1 })
    expect(await codeOf(anew(customer, setUpSavedCard, {}))).toBe('none')
  })

  test('ends at ten cards', async () => {
    const customer = await given.customer()
    await keepCard(app, customer)
    const customerRef = (await customerRefFor(ctx, customer.account.id)) ?? ''
    for (let kept = 1; kept < 10; kept += 1) await keepAtProvider(customerRef)
    expect(await codeOf(customer.call(setUpSavedCard, {}))).toBe('payments/card-limit')
    expect(await customer.call(listSavedCards, {})).toMatchObject({ items: { length: 10 }, fields: null })
  })
})

describe('the card fields of the payment step', () => {
  test('know the customer by one reference, however many ask for it at once', async () => {
    const { account } = await given.customer()
    expect(await customerRefFor(ctx, account.id)).toBeNull()
    const sessions = await Promise.all([1, 2, 3].map(() => customerSessionFor(ctx, account.id)))
    for (const session of sessions) expect(session).toMatch(/^cuss_/)
    expect(known().filter(({ metadata }) => metadata['account_id'] === account.id)).toHaveLength(1)
    expect(await customerRefFor(ctx, account.id)).toBe(known()[0]?.id)
  })

  test('have a shopper the provider forgot made known again', async () => {
    const { account } = await given.customer()
    await customerSessionFor(ctx, account.id)
    const before = await customerRefFor(ctx, account.id)
    await db
      .updateTable('paymentCustomers')
      .set({ providerRef: 'cus_gone' })
      .where('accountId', '=', account.id)
      .execute()
    expect(await customerSessionFor(ctx, account.id)).toMatch(/^cuss_/)
    const now = await customerRefFor(ctx, account.id)
    expect(now).toMatch(/^cus_/)
    expect([before, 'cus_gone']).not.toContain(now)
  })

  test('reach a signed-in customer with the ways to pay, and the payment is theirs: a guest’s is nobody’s', async () => {
    const [customer, shopper, guest] = [
      await given.customer(),
      await given.guestAtCheckout(),
      await given.guestAtCheckout(),
    ]
    await customer.call(takeCart, { body: { cartId: shopper.cartId } })
    const sessionIn = async (cartId: string) =>
      (await app.api.call(listPaymentMethods, { params: { cartId } })).items.find(({ method }) => method === 'card')
        ?.card?.customerSession
    expect(await sessionIn(guest.cartId)).toBeNull()
    expect(await sessionIn(shopper.cartId)).toMatch(/^cuss_/)
    await shopper.placeOrder()
    await guest.placeOrder()
    const [ofGuest, ofCustomer] = sandbox.control.state().paymentIntents
    expect([ofGuest?.customer, ofCustomer?.customer]).toEqual([null, await customerRefFor(ctx, customer.account.id)])
  })

  test('do without when the provider does not answer', async () => {
    const { account } = await given.customer()
    sandbox.control.addFault({ provider: 'stripe', kind: 'error500', times: 3 })
    expect(await customerSessionFor(ctx, account.id)).toBeNull()
    sandbox.control.clearFaults()
  })
})
