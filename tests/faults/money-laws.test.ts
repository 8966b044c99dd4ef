import { ApiProblem } from '@dhow/api-client/api-client.ts'
import { askProvider, capturePayment, voidPayment } from '@dhow/contracts/admin-payments.ts'
import { createRefund, previewRefund } from '@dhow/contracts/admin-refunds.ts'
import { paymentMethods } from '@dhow/contracts/cart.ts'
import type { PaidMethod, PaymentMethod } from '@dhow/contracts/cart.ts'
import {
  collectCash,
  confirmOrderCode,
  receiveRefusedGoods,
  refuseCash,
  requestOrderCode,
} from '@dhow/contracts/cod.ts'
import {
  cancelOrder,
  changePaymentMethod,
  getOrder,
  listOrderPaymentMethods,
  refreshPayment,
} from '@dhow/contracts/orders.ts'
import { money } from '@dhow/money/money.ts'
import fc from 'fast-check'
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { startTestApp } from '../../apps/api/test/app.ts'
import { faultsInBooks } from '../../apps/api/test/books.ts'
import { giveCredit } from '../../apps/api/test/credit.ts'
import type { GivenCustomer } from '../../apps/api/test/customer.ts'
import { codeFor } from '../../apps/api/test/one-time-codes.ts'
import { differencesFromProviders } from '../../apps/api/test/provider-books.ts'

/**
 * Whatever happens to an order, in whatever order, its money obeys the laws: captured ≤ authorised, refunded ≤ captured, a ledger
 * of zero, one backing payment of a confirmed order, and the providers' books are ours. Steps are drawn at random and shrink to
 * the shortest story that breaks a law. `npm run test:faults` tells more stories than `npm test`.
 */
const STORIES = process.env['MODE'] === 'long' ? 400 : 12

const app = await startTestApp({
  env: {
    STRIPE_CAPTURE: 'on-fulfilment',
    TABBY_CAPTURE: 'on-fulfilment',
    TAMARA_CAPTURE: 'on-fulfilment',
    STRIPE_TIMEOUT_MS: '400',
    TABBY_TIMEOUT_MS: '400',
    TAMARA_TIMEOUT_MS: '400',
    COD_OPEN_ORDERS: '100',
  },
})
const { api, clock, db, given, sandbox, worker } = app
const { control } = sandbox
const variant = await given.variant({ onHand: 100_000, price: money(20_000) })

/** What may happen next. Amounts are shares of what is there, so that they shrink well. */
const step = fc.oneof(
  fc.constantFrom(
    'approve' as const,
    'decline' as const,
    'expire' as const,
    'refund-at-provider' as const,
    'return' as const,
    'jobs' as const,
    'sweep' as const,
    'ask' as const,
    'void' as const,
    'cancel' as const,
    'capture-all' as const,
    'ten-minutes' as const,
    'two-hours' as const,
    'drop-webhooks' as const,
    'double-webhooks' as const,
    'deliver-webhooks' as const,
    'promise' as const,
    'refuse' as const,
    'goods-back' as const,
    'lose-answer' as const,
    'time-out' as const,
    'fail' as const,
  ),
  fc.record({
    kind: fc.constantFrom(
      'capture' as const,
      'capture-final' as const,
      'refund' as const,
      'refund-to-credit' as const,
      'collect' as const,
    ),
    percent: fc.integer({ min: 1, max: 100 }),
  }),
  fc.record({
    kind: fc.constant('change-method' as const),
    method: fc.constantFrom(...paymentMethods, 'store-credit' as const),
    useStoreCredit: fc.boolean(),
  }),
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

interface Story {
  number: string
  token: string
  orderId: string
  customer: GivenCustomer | undefined
}

/** A guest's order, or one of a customer whose store credit pays first. */
async function begin(method: PaymentMethod, credit: number): Promise<Story> {
  const customer = credit > 0 ? await given.customer() : undefined
  if (customer) await giveCredit(app, customer, credit)
  const payer = customer ? { customer, useStoreCredit: true } : {}
  const guest = await given.guestAtCheckout({ variant, paymentMethod: method, ...payer })
  const answer = await guest.placeOrder()
  if (!answer.order) throw new Error(`the order was refused: ${answer.code}`)
  const row = await db
    .selectFrom('orders')
    .select('id')
    .where('number', '=', answer.order.number)
    .executeTakeFirstOrThrow()
  return { number: answer.order.number, token: answer.token, orderId: row.id, customer }
}

const currentOf = (story: Story) =>
  db
    .selectFrom('payments')
    .selectAll()
    .where('orderId', '=', story.orderId)
    .where('supersededAt', 'is', null)
    .executeTakeFirstOrThrow()

/** Refused is a fine answer, and so is none: what must hold holds afterwards. */
async function daring(attempt: () => Promise<unknown>): Promise<void> {
  try {
    await attempt()
  } catch (error) {
    // Somebody who is not let in has not been refused by any law of money.
    if (!(error instanceof ApiProblem) || [401, 403, 500].includes(error.status)) throw error
  }
}

/** How whoever placed the order calls about it: a customer signed in just now, since hours pass in a story. */
async function asShopper({ number, token, customer }: Story) {
  const call = { params: { number }, orderToken: token }
  return customer ? { ...call, accessToken: (await customer.signIn()).accessToken } : call
}

/** Somebody who has just given their second factor. */
const staff = () => given.staff()

async function atProvider(story: Story, action: 'approve' | 'decline' | 'expire' | 'refund'): Promise<void> {
  const attempts = await db.selectFrom('payments').selectAll().where('orderId', '=', story.orderId).execute()
  for (const { provider, providerRef } of attempts)
    if (providerRef !== null && (provider === 'stripe' || provider === 'tabby' || provider === 'tamara'))
      control.act(provider, providerRef, action)
}

async function capture(story: Story, percent: number, isFinal: boolean): Promise<void> {
  const payment = await currentOf(story)
  const left = payment.authorisedAmount - payment.capturedAmount
  const amount = money(Math.max(1, Math.floor((left * percent) / 100)))
  const by = await staff()
  await daring(() =>
    by.call(capturePayment, {
      params: { paymentId: payment.id },
      body: { amount, isFinal },
      idempotencyKey: randomUUID(),
    }),
  )
}

async function refund(story: Story, percent: number, destination: 'original' | 'store-credit'): Promise<void> {
  const payment = await currentOf(story)
  const by = await staff()
  const wish = { other: money(Math.max(1, Math.floor((payment.amount * percent) / 100))), destination }
  const call = { params: { number: story.number } }
  await daring(async () => {
    const plan = await by.call(previewRefund, { ...call, body: wish })
    const body = { ...wish, expectedAmount: plan.amount, reason: 'a dented box' }
    await by.call(createRefund, { ...call, body, idempotencyKey: randomUUID() })
  })
}

async function changeMethod(story: Story, wish: { method: PaidMethod; useStoreCredit: boolean }): Promise<void> {
  const { method: paymentMethod, useStoreCredit } = wish
  const call = await asShopper(story)
  await daring(async () => {
    const query = { storeCredit: useStoreCredit ? '1' : '0' } as const
    const { items } = await api.call(listOrderPaymentMethods, { ...call, query })
    const expectedTotal = items.find((item) => item.method === paymentMethod)?.due ?? money(0)
    const body = { paymentMethod, expectedTotal, useStoreCredit }
    await api.call(changePaymentMethod, { ...call, body, idempotencyKey: randomUUID() })
  })
}

/** The shopper gives the code back that their phone was sent. */
async function promise(story: Story): Promise<void> {
  const call = { params: { number: story.number }, orderToken: story.token }
  await daring(async () => {
    const { contact } = await api.call(getOrder, call)
    const { challengeId } = await api.call(requestOrderCode, { ...call, body: {} })
    await api.call(confirmOrderCode, { ...call, body: { challengeId, code: codeFor(app, contact.phone) } })
  })
}

async function atTheDoor(story: Story, outcome: 'refuse' | 'goods-back' | { percent: number }): Promise<void> {
  const by = await staff()
  const call = { params: { number: story.number }, idempotencyKey: randomUUID() }
  const { amount } = await currentOf(story)
  await daring(() => {
    if (outcome === 'refuse') return by.call(refuseCash, { ...call, body: { reason: 'nobody was there' } })
    if (outcome === 'goods-back') return by.call(receiveRefusedGoods, call)
    const taken = money(Math.max(1, Math.floor((amount * outcome.percent) / 100)))
    const body = { amount: taken, overrideReason: 'it was signed for', shortReason: 'a dented box' }
    return by.call(collectCash, { ...call, body })
  })
}

/** The next call to any provider goes wrong: its answer is lost, late, or an error. */
function harm(kind: 'reset-after' | 'timeout' | 'error500'): void {
  for (const provider of ['stripe', 'tabby', 'tamara'] as const) control.addFault({ provider, method: 'POST', kind })
}

async function pass(minutes: number): Promise<void> {
  clock.advance({ minutes })
  await worker.runTask('payments.sweep')
  await worker.runTask('payments.finish-operations')
}

async function take(story: Story, next: Step): Promise<void> {
  const call = { params: { number: story.number }, orderToken: story.token }
  const ofPayment = async () => ({ params: { paymentId: (await currentOf(story)).id } })
  if (typeof next !== 'string') {
    if (next.kind === 'change-method') return changeMethod(story, next)
    if (next.kind === 'refund') return refund(story, next.percent, 'original')
    if (next.kind === 'refund-to-credit') return refund(story, next.percent, 'store-credit')
    if (next.kind === 'collect') return atTheDoor(story, next)
    return capture(story, next.percent, next.kind === 'capture-final')
  }
  switch (next) {
    case 'approve':
    case 'decline':
    case 'expire':
      return atProvider(story, next)
    case 'refund-at-provider':
      return atProvider(story, 'refund')
    case 'return':
      return daring(() => api.call(refreshPayment, call))
    case 'cancel':
      return daring(() => api.call(cancelOrder, call))
    case 'ask':
      return daring(async () =>
        (await staff()).call(askProvider, { ...(await ofPayment()), idempotencyKey: randomUUID() }),
      )
    case 'void':
      return daring(async () =>
        (await staff()).call(voidPayment, {
          ...(await ofPayment()),
          body: { reason: 'called off' },
          idempotencyKey: randomUUID(),
        }),
      )
    case 'promise':
      return promise(story)
    case 'refuse':
    case 'goods-back':
      return atTheDoor(story, next)
    case 'capture-all':
      return capture(story, 100, true)
    case 'jobs':
      await worker.runJobs({ mayFail: true })
      return undefined
    case 'sweep':
      return worker.runTask('payments.sweep')
    case 'ten-minutes':
      return pass(10)
    case 'two-hours':
      return pass(120)
    case 'drop-webhooks':
      control.setWebhooks({ mode: 'drop' })
      return undefined
    case 'double-webhooks':
      control.setWebhooks({ mode: 'double' })
      return undefined
    case 'deliver-webhooks':
      control.setWebhooks({ mode: 'normal' })
      return undefined
    case 'lose-answer':
      return harm('reset-after')
    case 'time-out':
      return harm('timeout')
    case 'fail':
      return harm('error500')
  }
}

/** Everything works again, and time passes until nobody waits for anything. */
async function calmDown(): Promise<void> {
  control.clearFaults()
  control.setWebhooks({ mode: 'normal' })
  for (const minutes of [1, 15, 60, 120, 1_440]) {
    await pass(minutes)
    await worker.settle().catch(() => undefined)
    await worker.runJobs({ mayFail: true })
  }
}

/** Per order: what the ledger has of each account that must agree with the payments' columns. */
async function ledgerFaults(story: Story): Promise<string[]> {
  const found = await db
    .selectFrom('ledgerEntries')
    .innerJoin('ledgerTransactions', 'ledgerTransactions.id', 'ledgerEntries.transactionId')
    .select(['ledgerEntries.account', (eb) => eb.fn.sum<string>('ledgerEntries.amount').as('amount')])
    .where('ledgerTransactions.orderId', '=', story.orderId)
    .groupBy('ledgerEntries.account')
    .execute()
  const rows = found.map((row) => ({ account: row.account, amount: Number(row.amount) }))
  const attempts = await db.selectFrom('payments').selectAll().where('orderId', '=', story.orderId).execute()
  const faults = rows.reduce((sum, row) => sum + row.amount, 0) === 0 ? [] : ['the ledger of the order is not zero']
  for (const provider of ['stripe', 'tabby', 'tamara']) {
    const ours = attempts
      .filter((attempt) => attempt.provider === provider)
      .reduce((sum, attempt) => sum + attempt.capturedAmount - attempt.refundedAmount, 0)
    const booked = rows.find((row) => row.account === `clearing:${provider}`)?.amount ?? 0
    if (ours !== booked) faults.push(`clearing:${provider} is ${booked}, the payments say ${ours}`)
  }
  return faults
}

test('no story of an order breaks a law of money', async () => {
  const story = fc.record({
    method: fc.constantFrom(...paymentMethods),
    // None, some of it, or nearly all.
    credit: fc.constantFrom(0, 0, 5_003, 19_000),
    // Half of them are paid or promised to begin with: most of what can go wrong comes after.
    opening: fc.constantFrom<Step[]>([], ['approve', 'return', 'promise']),
    steps: fc.array(step, { minLength: 3, maxLength: 14 }),
  })
  await fc.assert(
    fc.asyncProperty(story, async ({ method, credit, opening, steps }) => {
      const begunAt = clock.now()
      const told = await begin(method, credit)
      for (const next of [...opening, ...steps]) await take(told, next)
      await calmDown()
      expect(await ledgerFaults(told)).toEqual([])
      expect(await faultsInBooks({ db })).toEqual([])
      expect(await differencesFromProviders(app, begunAt)).toEqual([])
    }),
    { numRuns: STORIES, endOnFailure: true, seed: Number(process.env['SEED'] ?? Date.now() % 1_000_000) },
  )
}, 1_200_000)
