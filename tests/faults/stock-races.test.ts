import { ApiProblem, ApiUnreachable, createApiClient } from '@dhow/api-client/api-client.ts'
import { listPaymentMethods, paymentMethods } from '@dhow/contracts/cart.ts'
import type { PaymentMethod } from '@dhow/contracts/cart.ts'
import { cancelOrder, checkOutCart, refreshPayment } from '@dhow/contracts/orders.ts'
import type { CheckoutResult } from '@dhow/contracts/orders.ts'
import { money } from '@dhow/money/money.ts'
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { startTestApp } from '../../apps/api/test/app.ts'
import type { TestApp } from '../../apps/api/test/app.ts'
import { faultsInBooks } from '../../apps/api/test/books.ts'
import { countBy } from '../../apps/api/test/count-by.ts'
import { startRealProcess } from '../../apps/api/test/process.ts'
import type { RealProcess } from '../../apps/api/test/process.ts'
import { differencesFromProviders } from '../../apps/api/test/provider-books.ts'
import { dueOf } from '../../apps/api/test/shopper.ts'
import { equationOf } from '../../apps/api/test/stock-equation.ts'
import type { StockEquation } from '../../apps/api/test/stock-equation.ts'
import { act } from './chaos-buyers.ts'
import type { Deed } from './chaos-buyers.ts'

/** ST1 and ST2 of the reliability rules. `npm run test:faults` sends all the buyers, `npm test` fewer. */
const isLong = process.env['MODE'] === 'long'
const BUYERS_OF_ONE = isLong ? 500 : 40
const BUYERS_OF_HUNDRED = isLong ? 5_000 : 100
const AT_ONCE = isLong ? 50 : 20
const UNITS = 100
const KILL_EVERY_MS = 3_000

const methodOf = (index: number): PaymentMethod => paymentMethods[index % paymentMethods.length] ?? 'card'

/** Does `work` for each of `count`, so many at once. */
async function inLanes<T>(count: number, atOnce: number, work: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = []
  let next = 0
  async function lane(): Promise<void> {
    for (let index = next++; index < count; index = next++) results[index] = await work(index)
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  return results
}

test(`ST1: ${BUYERS_OF_ONE} buyers of the last unit, by every method, get one order`, async () => {
  const app = await startTestApp({ env: { COD_OPEN_ORDERS: '100' } })
  const { api, db, given, sandbox, worker } = app
  const variant = await given.variant({ onHand: 1, price: money(20_000) })
  const buyers = await inLanes(BUYERS_OF_ONE, AT_ONCE, (index) =>
    given.guestAtCheckout({ variant, paymentMethod: methodOf(index) }),
  )
  const totals = await inLanes(BUYERS_OF_ONE, AT_ONCE, async (index) => {
    const params = { cartId: buyers[index]?.cartId ?? '' }
    return dueOf(await api.call(listPaymentMethods, { params, query: {} }), methodOf(index))
  })
  const answers = await inLanes(BUYERS_OF_ONE, AT_ONCE, async (index) => {
    const expectedTotal = totals[index] ?? money(0)
    return { index, answer: await buyers[index]?.placeOrder({ expectedTotal }) }
  })
  expect(countBy(answers, ({ answer }) => String(answer?.code ?? answer?.status))).toEqual({
    201: 1,
    'inventory/out-of-stock': BUYERS_OF_ONE - 1,
  })
  expect(await db.selectFrom('orders').select('state').execute()).toEqual([{ state: 'awaiting-payment' }])

  const winner = answers.find(({ answer }) => answer?.order)
  const placed = winner?.answer
  if (!winner || !placed?.order) throw new Error('nobody won')
  await act(app, placed, 'pays', buyers[winner.index]?.contact.phone ?? '')
  await sandbox.control.webhooksSettled()
  await worker.runJobs()
  const call = { params: { number: placed.order.number }, orderToken: placed.token }
  expect((await api.call(refreshPayment, call)).state).toBe('confirmed')
  const level = db.selectFrom('stockLevels').select(['onHand', 'reserved']).where('variantId', '=', variant.id)
  expect(await level.executeTakeFirst()).toEqual({ onHand: 0, reserved: 0 })
  await worker.settle()
  expect(await faultsInBooks(app)).toEqual([])
}, 600_000)

interface Shop {
  /** One that is alive, most likely. */
  baseUrl(): string
  killed(): number
  close(): Promise<void>
}

/** Two API processes, the oldest of which is killed every few seconds and replaced. */
async function startDyingShop(app: TestApp): Promise<Shop> {
  const start = () => startRealProcess({ entry: 'main', env: app.env })
  const alive: RealProcess[] = await Promise.all([start(), start()])
  const starting: Promise<unknown>[] = []
  let turn = 0
  let killed = 0
  const end = new AbortController()
  async function kill(): Promise<void> {
    while (!end.signal.aborted) {
      await wait(KILL_EVERY_MS, undefined, { signal: end.signal }).catch(() => undefined)
      if (end.signal.aborted) return
      if (alive.length < 2) continue // the last one is left to sell until another is ready
      await alive.shift()?.kill()
      killed += 1
      starting.push(start().then((api) => alive.push(api)))
    }
  }
  const killing = kill()
  return {
    baseUrl: () => alive[turn++ % alive.length]?.baseUrl ?? '',
    killed: () => killed,
    async close() {
      end.abort()
      await killing
      await Promise.all(starting)
      await Promise.all(alive.map((api) => api.kill()))
    },
  }
}

/** A shopper's patience: the same request again, towards whichever process is alive, until somebody answers it. */
async function patiently<T>(shop: Shop, request: (baseUrl: string) => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await request(shop.baseUrl())
    } catch (error) {
      const isDown = error instanceof ApiUnreachable || (error instanceof ApiProblem && error.status >= 500)
      if (!isDown && !(error instanceof ApiProblem && error.code === 'idempotency/in-progress')) throw error
      await wait(100)
    }
  }
}

/** One in five is refused and gives up, so that its units are for sale again; some leave and are never seen again. */
const deedOf = (index: number): Deed => (index % 5 === 0 ? 'is refused' : index % 11 === 0 ? 'leaves' : 'pays')

interface Visit {
  app: TestApp
  shop: Shop
  variant: { id: string }
}

async function press({ app, shop, variant }: Visit, index: number): Promise<{ placed: CheckoutResult; phone: string }> {
  const method = methodOf(index)
  const guest = await app.given.guestAtCheckout({ variant, quantity: 1 + (index % 3) })
  const params = { cartId: guest.cartId }
  const expectedTotal = dueOf(await app.api.call(listPaymentMethods, { params, query: {} }), method)
  const body = { paymentMethod: method, expectedTotal }
  const idempotencyKey = randomUUID()
  const placed = await patiently(shop, (baseUrl) =>
    createApiClient({ baseUrl }).call(checkOutCart, { params, body, idempotencyKey }),
  )
  return { placed, phone: guest.contact.phone }
}

async function visit(to: Visit, index: number): Promise<string> {
  const { app, shop } = to
  try {
    const { placed, phone } = await press(to, index)
    const deed = deedOf(index)
    await act(app, placed, deed, phone)
    const call = { params: { number: placed.order.number }, orderToken: placed.token }
    const end = deed === 'is refused' ? cancelOrder : refreshPayment
    if (deed !== 'leaves') await patiently(shop, (baseUrl) => createApiClient({ baseUrl }).call(end, call))
    return deed
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error
    return error.code
  }
}

const isBroken = ({ available, reserved, sold }: StockEquation): boolean =>
  available + reserved + sold !== UNITS || Math.min(available, reserved, sold) < 0

/** Looks at the stock all the time. Gives what was wrong, and how often it looked, when told to stop. */
function watchStock(app: TestApp, variantId: string) {
  const broken: StockEquation[] = []
  let looks = 0
  const end = new AbortController()
  async function watch(): Promise<void> {
    while (!end.signal.aborted) {
      const now = await equationOf(app, variantId)
      looks += 1
      if (isBroken(now)) broken.push(now)
      await wait(20)
    }
  }
  const watching = watch()
  return async () => {
    end.abort()
    await watching
    return { broken, looks }
  }
}

/** Orders that still hold units, of those paid by one of these. */
const heldBy = (app: TestApp, ...methods: PaymentMethod[]) =>
  app.db
    .selectFrom('stockReservations')
    .innerJoin('payments', 'payments.orderId', 'stockReservations.orderId')
    .select(['stockReservations.orderId', 'payments.method', 'payments.state'])
    .where('stockReservations.state', '=', 'held')
    .where('payments.supersededAt', 'is', null)
    .where('payments.method', 'in', methods)
    .execute()

test(`ST2: ${BUYERS_OF_HUNDRED} buyers of ${UNITS} units while the API is killed again and again sell each unit once`, async () => {
  const app = await startTestApp({ now: new Date().toISOString(), env: { COD_OPEN_ORDERS: '100' } })
  const { clock, worker, sandbox, given } = app
  const variant = await given.variant({ onHand: UNITS, price: money(20_000) })
  const shop = await startDyingShop(app)
  onTestFinished(() => shop.close())
  const stopWatching = watchStock(app, variant.id)
  const endings = await inLanes(BUYERS_OF_HUNDRED, AT_ONCE, (index) => visit({ app, shop, variant }, index))
  const { broken, looks } = await stopWatching()
  await shop.close()
  expect(broken).toEqual([])
  expect([looks > 20, shop.killed() > 0, endings.includes('inventory/out-of-stock')]).toEqual([true, true, true])
  expect(await faultsInBooks({ db: app.db })).toEqual([])

  clock.set(new Date().toISOString())
  await sandbox.control.webhooksSettled()
  await worker.runJobs({ mayFail: true })
  const pass = async (minutes: number): Promise<void> => {
    clock.advance({ minutes })
    await worker.runTask('payments.sweep')
    await worker.settle()
  }
  await pass(31)
  expect(await heldBy(app, 'card')).toEqual([])
  await pass(6) // a lender’s session lasts as long, and a few minutes more are left for its last word
  expect(await heldBy(app, 'card', 'tabby', 'tamara')).toEqual([])
  expect(isBroken(await equationOf(app, variant.id))).toBe(false)
  await pass(24 * 60) // who pays in cash has a day to give the code
  expect(await heldBy(app, ...paymentMethods)).toEqual([])
  const { available, reserved, sold } = await equationOf(app, variant.id)
  expect([available + sold, reserved]).toEqual([UNITS, 0])
  expect(await faultsInBooks(app)).toEqual([])
  expect(await differencesFromProviders(app)).toEqual([])
  process.stdout.write(
    `ST2: ${sold} of ${UNITS} sold, ${shop.killed()} kills, ${looks} looks, ${JSON.stringify(countBy(endings, (ending) => ending))}\n`,
  )
}, 3_600_000)
