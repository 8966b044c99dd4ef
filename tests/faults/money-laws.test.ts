import { ApiProblem } from '@dhow/api-client/api-client.ts'
import { askProvider, capturePayment, voidPayment } from '@dhow/contracts/admin-payments.ts'
import { createRefund, previewRefund } from '@dhow/contracts/admin-refunds.ts'
import { paymentMethods } from '@dhow/contracts/cart.ts'
import type { PaymentMethod } from '@dhow/contracts/cart.ts'
import { cancelOrder, changePaymentMethod, listOrderPaymentMethods, refreshPayment } from '@dhow/contracts/orders.ts'
import { money } from '@dhow/money/money.ts'
import fc from 'fast-check'
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { startTestApp } from '../../apps/api/test/app.ts'
import { faultsInBooks } from '../../apps/api/test/books.ts'
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
const staff = await given.staff()
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
    'lose-answer' as const,
    'time-out' as const,
    'fail' as const,
  ),
  fc.record({
    kind: fc.constantFrom('capture' as const, 'capture-final' as const, 'refund' as const),
    percent: fc.integer({ min: 1, max: 100 }),
  }),
  fc.record({ kind: fc.constant('change-method' as const), method: fc.constantFrom(...paymentMethods) }),
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

interface Story {
  number: string
  token: string
  orderId: string
}

async function begin(method: PaymentMethod): Promise<Story> {
  const guest = await given.guestAtCheckout({ variant, paymentMethod: method })
  const answer = await guest.placeOrder()
  if (!answer.order) throw new Error(`the order was refused: ${answer.code}`)
  const row = await db
    .selectFrom('orders')
    .select('id')
    .where('number', '=', answer.order.number)
    .executeTakeFirstOrThrow()
  return { number: answer.order.number, token: answer.token, orderId: row.id }
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
    if (!(error instanceof ApiProblem) || error.status === 500) throw error
  }
}

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
  await daring(() =>
    staff.call(capturePayment, {
      params: { paymentId: payment.id },
      body: { amount, isFinal },
      idempotencyKey: randomUUID(),
    }),
  )
}

async function refund(story: Story, percent: number): Promise<void> {
  const payment = await currentOf(story)
  const amount = money(Math.max(1, Math.floor((payment.capturedAmount * percent) / 100)))
  const wish = { other: amount, destination: 'original' } as const
  const call = { params: { number: story.number } }
  await daring(async () => {
    const plan = await staff.call(previewRefund, { ...call, body: wish })
    const body = { ...wish, expectedAmount: plan.amount, reason: 'a dented box' }
    await staff.call(createRefund, { ...call, body, idempotencyKey: randomUUID() })
  })
}

async function changeMethod(story: Story, method: PaymentMethod): Promise<void> {
  const call = { params: { number: story.number }, orderToken: story.token }
  await daring(async () => {
    const { items } = await api.call(listOrderPaymentMethods, { ...call, query: {} })
    const option = items.find((item) => item.method === method)
    if (!option) return
    const body = { paymentMethod: method, expectedTotal: option.due }
    await api.call(changePaymentMethod, { ...call, body, idempotencyKey: randomUUID() })
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
    if (next.kind === 'change-method') return changeMethod(story, next.method)
    if (next.kind === 'refund') return refund(story, next.percent)
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
      return daring(async () => staff.call(askProvider, { ...(await ofPayment()), idempotencyKey: randomUUID() }))
    case 'void':
      return daring(async () =>
        staff.call(voidPayment, {
          ...(await ofPayment()),
          body: { reason: 'called off' },
          idempotencyKey: randomUUID(),
        }),
      )
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
    steps: fc.array(step, { minLength: 3, maxLength: 14 }),
  })
  await fc.assert(
    fc.asyncProperty(story, async ({ method, steps }) => {
      const begunAt = clock.now()
      const told = await begin(method)
      for (const next of steps) await take(told, next)
      await calmDown()
      expect(await ledgerFaults(told)).toEqual([])
      expect(await faultsInBooks({ db })).toEqual([])
      expect(await differencesFromProviders(app, begunAt)).toEqual([])
    }),
    { numRuns: STORIES, endOnFailure: true, seed: Number(process.env['SEED'] ?? Date.now() % 1_000_000) },
  )
}, 1_200_000)
