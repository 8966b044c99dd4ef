import { createRefund } from '@dhow/contracts/admin-refunds.ts'
import { refreshPayment } from '@dhow/contracts/orders.ts'
import { money } from '@dhow/money/money.ts'
import { randomUUID } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { startTestApp } from '../../apps/api/test/app.ts'
import type { TestApp } from '../../apps/api/test/app.ts'
import { faultsInBooks } from '../../apps/api/test/books.ts'
import { countBy } from '../../apps/api/test/count-by.ts'
import { countLockedJobs, giveBackJobsOfTheDead, makeRefundsDue } from '../../apps/api/test/dead-workers.ts'
import { paymentOf } from '../../apps/api/test/placed-order.ts'
import { startRealProcess } from '../../apps/api/test/process.ts'
import type { RealProcess } from '../../apps/api/test/process.ts'
import { differencesFromProviders } from '../../apps/api/test/provider-books.ts'
import { act } from './chaos-buyers.ts'
import { callsOf, holdAnswerOf } from './killed-process.ts'
import type { CallToProvider } from './killed-process.ts'
import { startOwnPostgres } from './own-postgres.ts'

/**
 * OB1, OB2 and F2 of the reliability rules: jobs are done by the real worker, which is killed after a job’s effect and before it is
 * noted, or has PostgreSQL killed under its feet. `npm run test:faults` kills more often than `npm test`.
 */
const isLong = process.env['MODE'] === 'long'
const KILLS = isLong ? 100 : 3
const BACKLOG = isLong ? 100 : 12
const patience = { timeout: 120_000, interval: 20 }
const mails: CallToProvider = { provider: 'sendgrid', endpoint: 'POST /v3/mail/send' }

/** Money that is held is taken by the worker at once, and nobody but the worker tells of anything. */
async function startShop(at: { templateUrl?: string } = {}): Promise<TestApp> {
  const env = { TABBY_CAPTURE: 'at-once', TAMARA_CAPTURE: 'at-once' }
  const app = await startTestApp({ now: new Date().toISOString(), env, ...at })
  app.sandbox.control.setWebhooks({ mode: 'drop' })
  return app
}

type Method = 'card' | 'tabby' | 'tamara'

interface Bought {
  number: string
  email: string
  method: Method
  refunds: number
}

/** An order whose money has just been agreed to: what follows from that waits in the queue. */
async function buy(app: TestApp, method: Method): Promise<Bought> {
  const variant = await app.given.variant({ price: money(20_000) })
  const { contact, result } = await app.given.order({ variant, paymentMethod: method, state: 'awaiting-payment' })
  await act(app, result, 'pays', contact.phone)
  const { number } = result.order
  const call = { params: { number }, orderToken: result.token }
  expect((await app.api.call(refreshPayment, call)).state).toBe('confirmed')
  return { number, email: contact.email, method, refunds: 0 }
}

const startWorker = (app: TestApp, concurrency: number): Promise<RealProcess> =>
  startRealProcess({ entry: 'worker', env: { ...app.env, WORKER_CONCURRENCY: String(concurrency) } })

/**
 * What the clock brings round every minute is no business of these tests, nor is the look that is taken, a minute later, at a mail
 * somebody may be sending: it sends nothing, and tells a person.
 */
async function waitingJobs({ worker }: TestApp): Promise<string[]> {
  const soon = new Date(Date.now() + 10_000)
  const jobs = await worker.pendingJobs()
  return jobs
    .filter(({ task, attempts, runAt }) => !task.startsWith('notifications.') || attempts > 0 || runAt < soon)
    .map(({ task }) => task)
    .filter((task) => /^(payments\.(capture|refund)|notifications\.|catalog\.)/.test(task))
}

const untilDone = (app: TestApp): Promise<unknown> =>
  vi.waitUntil(async () => (await waitingJobs(app)).length === 0, patience)

/** The sessions of the dead end a moment after them. */
const untilGivenBack = (app: TestApp): Promise<unknown> =>
  vi.waitUntil(async () => {
    await giveBackJobsOfTheDead(app)
    return (await countLockedJobs(app)) === 0
  }, patience)

/** How often each effect of a purchase has happened, as the world outside sees it. */
async function effectsOf(app: TestApp, { number, email, method }: Bought) {
  const { control } = app.sandbox
  const ref = (await paymentOf(app, number)).providerRef ?? ''
  const at = method === 'tabby' ? control.tabby.find(ref) : control.tamara.findOrder(ref)
  const isTaken = control.findIntent(ref)?.status === 'succeeded'
  return {
    mails: control.inbox(email).map(({ subject }) => subject),
    captures: method === 'card' ? Number(isTaken) : (at?.captures.length ?? 0),
    refunds: at?.refunds.length ?? 0,
  }
}

async function expectEachOnce(app: TestApp, bought: readonly Bought[]): Promise<void> {
  for (const one of bought) {
    const effects = await effectsOf(app, one)
    expect(effects).toMatchObject({ captures: 1, refunds: one.refunds })
    expect(effects.mails).toHaveLength(1 + one.refunds)
    expect(new Set(effects.mails).size).toBe(effects.mails.length)
  }
  expect(await faultsInBooks(app)).toEqual([])
  expect(await differencesFromProviders(app)).toEqual([])
}

interface Moment {
  call: CallToProvider
  method: Method
  isRefund?: boolean
}

const moments: readonly [Moment, ...Moment[]] = [
  { call: mails, method: 'card' },
  { call: { provider: 'tabby', endpoint: 'POST /api/v2/payments/{id}/captures' }, method: 'tabby' },
  {
    call: { provider: 'tamara', endpoint: 'POST /payments/simplified-refund/{id}' },
    method: 'tamara',
    isRefund: true,
  },
  { call: mails, method: 'tabby' },
  { call: { provider: 'tamara', endpoint: 'POST /payments/capture' }, method: 'tamara' },
  { call: { provider: 'tabby', endpoint: 'POST /api/v2/payments/{id}/refunds' }, method: 'tabby', isRefund: true },
]

/** The API asks for a refund itself and is answered by an error, so that the worker has to. */
async function refundByWorker(
  app: TestApp,
  staff: Awaited<ReturnType<TestApp['given']['staff']>>,
  bought: Bought,
  call: CallToProvider,
) {
  await app.worker.runJobs()
  const [method = ''] = call.endpoint.split(' ')
  app.sandbox.control.addFault({
    provider: call.provider,
    method,
    path: call.endpoint.slice(method.length + 1),
    kind: 'error500',
  })
  const wish = { other: money(5_000), destination: 'original' } as const
  const body = { ...wish, expectedAmount: money(5_000), reason: 'a dented box' }
  const params = { number: bought.number }
  const made = await staff.call(createRefund, { params, body, idempotencyKey: randomUUID() })
  expect(made).toMatchObject({ kind: 'requested', refunds: [{ state: 'requested' }] })
  await makeRefundsDue(app)
  bought.refunds = 1
}

test(`OB1: the worker killed ${KILLS} times between an effect and its note makes each effect once`, async () => {
  const app = await startShop()
  let staff = await app.given.staff()
  const bought: Bought[] = []
  for (let kill = 0; kill < KILLS; kill += 1) {
    const { call, method, isRefund = false } = moments[kill % moments.length] ?? moments[0]
    const one = await buy(app, method)
    bought.push(one)
    if (isRefund) {
      app.clock.set(new Date().toISOString())
      staff = await app.given.staff()
      await refundByWorker(app, staff, one, call)
    }
    const hasReached = holdAnswerOf(app, call)
    const worker = await startWorker(app, 1)
    await hasReached()
    await worker.kill()
    await untilGivenBack(app)
  }
  const last = await startWorker(app, 4)
  await untilDone(app)
  expect(await last.stop()).toBe(0)
  await expectEachOnce(app, bought)
}, 3_600_000)

const methods = ['card', 'tabby', 'tamara'] as const
const buyBacklog = (app: TestApp): Promise<Bought[]> =>
  Promise.all(Array.from({ length: BACKLOG }, (_, index) => buy(app, methods[index % 3] ?? 'card')))

/** Answers come late, so that something is always between its effect and its note. */
function slowDown(app: TestApp): void {
  const slow = { kind: 'slow', delayMs: 150, times: 10_000 } as const
  for (const provider of ['sendgrid', 'tabby', 'tamara'] as const)
    app.sandbox.control.addFault({ ...slow, provider, method: 'POST' })
}

const RESTARTS = isLong ? 8 : 2

test(`OB2: PostgreSQL killed ${RESTARTS} times under the worker, which goes on by itself: what came in comes out, once`, async () => {
  const postgres = await startOwnPostgres()
  const app = await startShop(postgres)
  const bought = await buyBacklog(app)
  slowDown(app)
  const worker = await startWorker(app, 4)
  for (let restart = 1; restart <= RESTARTS; restart += 1) {
    const before = callsOf(app, mails)
    await vi.waitUntil(() => callsOf(app, mails) > before, patience)
    await postgres.killAndRestart()
    expect((await waitingJobs(app)).length).toBeGreaterThan(0)
  }
  await untilDone(app)
  expect(await worker.stop()).toBe(0)
  app.sandbox.control.clearFaults()
  await expectEachOnce(app, bought)
}, 600_000)

test('F2: the worker killed in the middle of its backlog leaves nothing undone, and mails nothing twice', async () => {
  const app = await startShop()
  const bought = await buyBacklog(app)
  slowDown(app)
  for (let kill = 1; kill <= (isLong ? 5 : 2); kill += 1) {
    const before = callsOf(app, mails)
    const worker = await startWorker(app, 4)
    await vi.waitUntil(() => callsOf(app, mails) > before, patience)
    await worker.kill()
    if (!isLong) await untilGivenBack(app)
  }
  const last = await startWorker(app, 8) // in the long form it finds the jobs of the dead by itself
  await untilDone(app)
  app.clock.set(new Date().toISOString())
  const notifications = await app.db.selectFrom('notifications').select(['state', 'orderId']).execute()
  const mailed = await Promise.all(bought.map(async (one) => (await effectsOf(app, one)).mails.length))
  // One that was claimed and not reached the provider, or reached it unanswered, is told to a person and not sent again.
  const states = countBy(notifications, ({ state }) => state)
  expect(Math.max(...mailed)).toBe(1)
  expect((states['sent'] ?? 0) + (states['sending'] ?? 0)).toBe(bought.length)
  expect(mailed.filter((count) => count === 1).length).toBeGreaterThanOrEqual(states['sent'] ?? 0)
  expect(await last.stop()).toBe(0)
  for (const one of bought) expect((await effectsOf(app, one)).captures).toBe(1)
  app.sandbox.control.clearFaults()
  expect(await faultsInBooks(app)).toEqual([])
  expect(await differencesFromProviders(app)).toEqual([])
}, 600_000)
