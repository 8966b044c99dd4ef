import Stripe from 'stripe'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { expectShape, post, sdkFor } from '../../test/client.ts'
import { startSandbox, type RunningSandbox } from '../app.ts'

let sandbox: RunningSandbox
let stripe: Stripe

beforeAll(async () => {
  sandbox = await startSandbox()
  stripe = sdkFor(sandbox)
})
afterAll(() => sandbox.close())
beforeEach(() => sandbox.control.reset())

const bare = <T extends object>(answer: T): object => ({ ...answer, lastResponse: undefined })
const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  )
const typesSeen = (): string[] => sandbox.control.state().events.map((event) => event.type)

const pay = (params: Partial<Stripe.PaymentIntentCreateParams>) =>
  stripe.paymentIntents.create({
    amount: 14_950,
    currency: 'aed',
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    confirm: true,
    ...params,
  })

const sessionOf = async (customer: string): Promise<Stripe.CustomerSession> =>
  stripe.customerSessions.create({
    customer,
    components: {
      payment_element: {
        enabled: true,
        features: {
          payment_method_redisplay: 'enabled',
          payment_method_save: 'enabled',
          payment_method_save_usage: 'on_session',
        },
      },
    },
  })

/** What the card fields learn of a session. */
const shownTo = async (secret: string): Promise<{ methods: { id: string }[]; canSave: boolean }> =>
  (
    await fetch(
      `${sandbox.url}/elements/session?${new URLSearchParams({ key: 'pk_test_dhow', customer_session: secret })}`,
    )
  ).json()

test('every object has the published shape', async () => {
  const customer = await stripe.customers.create({ metadata: { account_id: 'a' } })
  expectShape('Customer', bare(customer))
  expectShape('CustomerSession', bare(await sessionOf(customer.id)))
  const setup = await stripe.setupIntents.create({ customer: customer.id, usage: 'on_session' })
  expectShape('SetupIntent', bare(setup))
  const domain = await stripe.paymentMethodDomains.create({ domain_name: 'shop.example' })
  expectShape('PaymentMethodDomain', bare(domain))
  expect((await stripe.paymentMethodDomains.create({ domain_name: 'shop.example' })).id).toBe(domain.id)
})

test('a card is kept when the shop asks for it at a payment, is shown to its customer only, and is forgotten for good', async () => {
  const { id: customer } = await stripe.customers.create({})
  const method = await stripe.paymentMethods.create(
    { type: 'card', card: { number: '4242424242424242', exp_month: 12, exp_year: 2034 }, allow_redisplay: 'always' },
    { apiKey: 'pk_test_dhow' },
  )
  await pay({ customer, payment_method: method.id, setup_future_usage: 'on_session' })
  expect(typesSeen()).toContain('payment_method.attached')

  const session = await sessionOf(customer)
  expect(await shownTo(session.client_secret)).toMatchObject({ methods: [{ id: method.id }], canSave: true })
  const other = await stripe.customers.create({})
  expect(await shownTo((await sessionOf(other.id)).client_secret)).toMatchObject({ methods: [] })
  expect(await failureOf(stripe.customers.retrievePaymentMethod(other.id, method.id))).toMatchObject({
    code: 'resource_missing',
  })
  expect(await failureOf(pay({ customer: other.id, payment_method: method.id }))).toBeInstanceOf(
    Stripe.errors.StripeInvalidRequestError,
  )

  await stripe.paymentMethods.detach(method.id)
  expect(await shownTo(session.client_secret)).toMatchObject({ methods: [] })
  expect(await failureOf(pay({ customer, payment_method: method.id }))).toBeInstanceOf(
    Stripe.errors.StripeInvalidRequestError,
  )
})

test('a card nobody agreed to show is not shown, and a session lasts half an hour', async () => {
  const { id: customer } = await stripe.customers.create({})
  await pay({ customer, payment_method: 'pm_card_visa', setup_future_usage: 'on_session' })
  const { client_secret: secret } = await sessionOf(customer)
  expect(await shownTo(secret)).toMatchObject({ methods: [] })
  sandbox.control.advanceClock(30 * 60_000)
  const answer = await fetch(`${sandbox.url}/elements/session?key=pk_test_dhow&customer_session=${secret}`)
  expect(answer.status).toBe(400)
})

test('a setup keeps a card from the browser; its bank is asked then and not at the payment', async () => {
  const { id: customer } = await stripe.customers.create({})
  const setup = await stripe.setupIntents.create({ customer })
  const confirmed = await post(
    sandbox,
    `/v1/setup_intents/${setup.id}/confirm`,
    {
      client_secret: String(setup.client_secret),
      payment_method: 'pm_card_authenticationRequiredOnSetup',
      use_stripe_sdk: 'true',
    },
    { key: 'pk_test_dhow' },
  )
  expect(confirmed.body).toMatchObject({ status: 'requires_action' })
  expect(confirmed.body['customer']).toBeUndefined()
  expect(sandbox.control.answerChallenge(setup.id, 'complete')).toBe(true)
  const kept = await stripe.customers.listPaymentMethods(customer, { type: 'card' })
  expect(kept.data).toMatchObject([{ allow_redisplay: 'limited', card: { last4: '3155' } }])
  expect(await pay({ customer, payment_method: String(kept.data[0]?.id) })).toMatchObject({ status: 'succeeded' })
})

test('a setup with another secret, a declined card or a failed challenge keeps nothing', async () => {
  const { id: customer } = await stripe.customers.create({})
  const setup = await stripe.setupIntents.create({ customer })
  const confirm = (payment_method: string, client_secret = String(setup.client_secret)) =>
    post(
      sandbox,
      `/v1/setup_intents/${setup.id}/confirm`,
      { client_secret, payment_method, use_stripe_sdk: 'true' },
      { key: 'pk_test_dhow' },
    )
  expect((await confirm('pm_card_visa', 'seti_x_secret_y')).status).toBe(400)
  expect((await confirm('pm_card_chargeDeclined')).status).toBe(402)
  await confirm('pm_card_authenticationRequired')
  sandbox.control.answerChallenge(setup.id, 'fail')
  expect(await stripe.setupIntents.retrieve(setup.id)).toMatchObject({
    status: 'requires_payment_method',
    last_setup_error: { code: 'setup_intent_authentication_failure' },
  })
  expect((await stripe.customers.listPaymentMethods(customer)).data).toEqual([])
})

test('a wallet of a device is a card with its wallet named', async () => {
  const made = await post(
    sandbox,
    '/v1/payment_methods',
    { type: 'card', 'card[token]': 'tok_applepay' },
    { key: 'pk_test_dhow' },
  )
  expectShape('PaymentMethod', made.body)
  const paid = await pay({ payment_method: made.body.id, expand: ['latest_charge'] })
  expect(paid.latest_charge).toMatchObject({ payment_method_details: { card: { wallet: { type: 'apple_pay' } } } })
})

test('a customer nobody made is refused as a parameter, and a deleted one is gone with its cards', async () => {
  expect(await failureOf(pay({ customer: 'cus_nobody', payment_method: 'pm_card_visa' }))).toMatchObject({
    code: 'resource_missing',
    param: 'customer',
  })
  const { id } = await stripe.customers.create({})
  expect(await stripe.customers.del(id)).toMatchObject({ id, deleted: true })
  expect(await failureOf(stripe.customers.retrieve(id))).toMatchObject({ statusCode: 404 })
})
