import { capturePayment } from '@dhow/contracts/admin-payments.ts'
import { createRefund } from '@dhow/contracts/admin-refunds.ts'
import { listPaymentMethods } from '@dhow/contracts/cart.ts'
import { getOrder, refreshPayment } from '@dhow/contracts/orders.ts'
import { money } from '@dhow/money/money.ts'
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { startTestApp } from '../../apps/api/test/app.ts'
import { faultsInBooks } from '../../apps/api/test/books.ts'
import { paymentOf } from '../../apps/api/test/placed-order.ts'
import { askProviderOften, differencesFromProviders } from '../../apps/api/test/provider-books.ts'
import type { GivenStaff } from '../../apps/api/test/staff.ts'
import type { RunningSandbox } from '../../apps/sandbox/src/app.ts'
import { act } from './chaos-buyers.ts'

/**
 * F7 of the reliability rules: a provider is ill for a minute of the shop’s time, in each of the ways there are. The others are
 * offered and sold by meanwhile without anybody waiting for the one that is ill, and within ten minutes everything that was asked of
 * it has come to one end. `npm run test:faults` has every provider fail in every way, `npm test` each way once.
 */
const providers = ['stripe', 'tabby', 'tamara'] as const
type Name = (typeof providers)[number]
const methodOf = { stripe: 'card', tabby: 'tabby', tamara: 'tamara' } as const
const illnesses: readonly Parameters<RunningSandbox['control']['addFault']>[0]['kind'][] = [
  'error500',
  'timeout',
  'rate-limit',
  'reset-after',
  'slow-bytes',
]

const everyOutage = providers.flatMap((provider) => illnesses.map((kind) => ({ provider, kind })))
const someOutages: typeof everyOutage = [
  { provider: 'stripe', kind: 'error500' },
  { provider: 'tabby', kind: 'reset-after' },
  { provider: 'tabby', kind: 'timeout' },
  { provider: 'tabby', kind: 'rate-limit' },
  { provider: 'tamara', kind: 'slow-bytes' },
]
const outages = process.env['MODE'] === 'long' ? everyOutage : someOutages

const app = await startTestApp({
  env: {
    STRIPE_CAPTURE: 'on-fulfilment',
    TABBY_CAPTURE: 'on-fulfilment',
    TAMARA_CAPTURE: 'on-fulfilment',
    STRIPE_TIMEOUT_MS: '1000',
    TABBY_TIMEOUT_MS: '1000',
    TAMARA_TIMEOUT_MS: '1000',
    COD_OPEN_ORDERS: '100',
  },
})
const { api, clock, given, sandbox, worker } = app
const { control } = sandbox
control.setWebhooks({ mode: 'drop' })

const pathsOf: Record<Name, RegExp> = {
  stripe: / \/v1\//,
  tabby: / \/api\//,
  tamara: / \/(checkout|orders|payments|pre-checkout|merchants)/,
}
const callsTo = (provider: Name): number =>
  Object.entries(control.calls()).reduce(
    (sum, [endpoint, count]) => (pathsOf[provider].test(endpoint) ? sum + count : sum),
    0,
  )

/** Paid at the provider, which nobody has told us. */
async function paidUnheard(provider: Name) {
  const variant = await given.variant({ price: money(20_000) })
  const wish = { variant, paymentMethod: methodOf[provider], state: 'awaiting-payment' } as const
  const { contact, result } = await given.order(wish)
  await act(app, result, 'pays', contact.phone)
  return { number: result.order.number, call: { params: { number: result.order.number }, orderToken: result.token } }
}
type Order = Awaited<ReturnType<typeof paidUnheard>>

async function heldOrder(provider: Name): Promise<Order> {
  const order = await paidUnheard(provider)
  await api.call(refreshPayment, order.call)
  expect(await paymentOf(app, order.number)).toMatchObject({ state: 'authorised' })
  return order
}

async function take(staff: GivenStaff, order: Order) {
  const params = { paymentId: (await paymentOf(app, order.number)).id }
  return staff.call(capturePayment, { params, body: {}, idempotencyKey: randomUUID() })
}

function giveBack(staff: GivenStaff, { call }: Order) {
  const wish = { other: money(5_000), destination: 'original' } as const
  const body = { ...wish, expectedAmount: money(5_000), reason: 'a dented box' }
  return staff.call(createRefund, { params: call.params, body, idempotencyKey: randomUUID() })
}

/** What comes round by the clock. */
async function pass(minutes: number): Promise<void> {
  for (let passed = 0; passed < minutes; passed += 1) {
    clock.advance({ minutes: 1 })
    await worker.runTask('payments.sweep')
    await worker.runTask('payments.finish-operations')
    await worker.runJobs({ mayFail: true })
  }
}

/** Asks until it is clear that nobody is asked any more. */
async function askMuch(provider: Name, order: Order): Promise<void> {
  const outcomes = await askProviderOften(app, provider, await paymentOf(app, order.number))
  expect(new Set(outcomes.map((outcome) => outcome.kind))).toEqual(new Set(['unknown']))
}

/** Tabby counts sessions, not payments: that there were too many must not stop money from moving, so it opens nothing. */
const opensBreaker = ({ provider, kind }: (typeof outages)[number]): boolean =>
  provider !== 'tabby' || kind !== 'rate-limit'

test.each(outages)(
  '$provider has $kind: the others are sold by, and what was asked of it ends once',
  async (outage) => {
    const { provider, kind } = outage
    const staff = await given.staff()
    const [toTake, toGiveBack, unheard, guest] = await Promise.all([
      heldOrder(provider),
      heldOrder(provider),
      paidUnheard(provider),
      given.guestAtCheckout({ variant: await given.variant({ price: money(20_000) }), paymentMethod: 'cod' }),
    ])
    await take(staff, toGiveBack)
    clock.advance({ minutes: 1 })

    control.addFault({ provider, kind, times: 1_000_000, delayMs: 60_000 })
    const [taking, giving, looking] = await Promise.all([
      take(staff, toTake),
      giveBack(staff, toGiveBack),
      api.call(refreshPayment, unheard.call),
    ])
    expect(taking).toMatchObject({ captures: [{ state: 'requested' }] })
    expect(giving).toMatchObject({ refunds: [{ state: 'requested' }] })
    expect(looking.state).toBe('awaiting-payment')
    await askMuch(provider, unheard)
    const before = callsTo(provider)
    const { items } = await api.call(listPaymentMethods, { params: { cartId: guest.cartId }, query: {} })
    const refusals = Object.fromEntries(items.map(({ method, refusal }) => [method, refusal]))
    expect(refusals).toEqual({
      card: null,
      tabby: null,
      tamara: null,
      cod: null,
      ...(provider === 'tabby' && { tabby: 'no-answer' }),
      ...(provider === 'stripe' && { card: 'no-answer' }),
    })
    expect(callsTo(provider) === before).toBe(opensBreaker(outage)) // nobody has waited for it
    expect((await guest.placeOrder()).status).toBe(201)
    await pass(1)

    control.clearFaults()
    await pass(9)
    expect(await paymentOf(app, toTake.number)).toMatchObject({ state: 'captured', capturedAmount: 20_000 })
    expect(await paymentOf(app, toGiveBack.number)).toMatchObject({ capturedAmount: 20_000, refundedAmount: 5_000 })
    expect((await api.call(getOrder, unheard.call)).state).toBe('confirmed')
    expect(await faultsInBooks(app)).toEqual([])
    expect(await differencesFromProviders(app)).toEqual([])
  },
  240_000,
)
