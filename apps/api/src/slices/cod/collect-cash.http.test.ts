import { randomUUID } from 'node:crypto'
import { voidPayment } from '@dhow/contracts/admin-payments.ts'
import {
  collectCash,
  forgiveCashRefusal,
  listCashOrders,
  listCashRefusers,
  receiveRefusedGoods,
  refuseCash,
} from '@dhow/contracts/cod.ts'
import type { CashState } from '@dhow/contracts/cod.ts'
import { money } from '@dhow/money/money.ts'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import { auditTrail } from '../../../test/audit-trail.ts'
import {
  cashOptionOf,
  checkOutInCash,
  collectedOrder,
  placeCashOrder,
  promiseCash,
  promisedOrder,
  readCash,
} from '../../../test/cash.ts'
import type { CashOrderMade } from '../../../test/cash.ts'
import { faultsInBooks } from '../../../test/books.ts'
import { countBy } from '../../../test/count-by.ts'
import { otherThan } from '../../../test/one-time-codes.ts'
import { paymentOf } from '../../../test/placed-order.ts'
import { codeOf, problemOf } from '../../../test/problems.ts'

const app = await startTestApp({ env: { COD_REFUSALS: '2', COD_OPEN_ORDERS: '5' } })
const { db, given } = app
const support = await given.staff({ roles: ['support'] })
const owner = await given.staff()

type Body = Parameters<typeof support.call<typeof collectCash>>[1]['body']

const collect = (order: CashOrderMade, body: Body, by = support) =>
  by.call(collectCash, { params: order.call.params, body, idempotencyKey: randomUUID() })
const refuse = (order: CashOrderMade, by = support) =>
  by.call(refuseCash, { params: order.call.params, body: { reason: 'nobody was there' }, idempotencyKey: randomUUID() })

const codeAtDoor = async (order: CashOrderMade): Promise<string> =>
  (await readCash(app, order)).cash?.deliveryCode ?? ''

/** What the ledger has of an order, by account. */
async function balances(order: CashOrderMade): Promise<Record<string, number>> {
  const { orderId } = await paymentOf(app, order.number)
  const { rows } = await sql<{ account: string; amount: number }>`
    select entry.account, sum(entry.amount)::bigint as amount from ledger_entries entry
    join ledger_transactions booked on booked.id = entry.transaction_id where booked.order_id = ${orderId}
    group by entry.account having sum(entry.amount) <> 0`.execute(db)
  return Object.fromEntries(rows.map(({ account, amount }) => [account, amount]))
}

test('the courier brings the cash with the shopper’s code: captured, booked to the fils, rounding and all', async () => {
  const variant = await given.variant({ price: money(8_737) })
  const order = await promisedOrder(app, { variant })
  const { totals } = await readCash(app, order)
  expect(totals.rounding.amount).toBe(-12)
  const collected = await collect(order, {
    amount: order.due,
    deliveryCode: await codeAtDoor(order),
    courier: 'Desert Riders',
  })
  expect(collected).toMatchObject({
    state: 'collected',
    due: order.due,
    collected: order.due,
    courier: 'Desert Riders',
  })
  const view = await readCash(app, order)
  expect(view).toMatchObject({
    state: 'confirmed',
    payment: { state: 'captured', captured: order.due },
    cash: { state: 'collected', deliveryCode: null },
  })
  expect(view.timeline.map(({ kind }) => kind)).toContain('cash-collected')
  expect(await balances(order)).toEqual({
    cash: order.due.amount,
    rounding: 12,
    sales: totals.vat.amount - totals.grandTotal.amount,
    vat: -totals.vat.amount,
  })
  const { orderId } = await paymentOf(app, order.number)
  expect(await auditTrail(db, 'cod.collected', orderId)).toMatchObject([
    { actorId: support.accountId, details: { amount: order.due.amount, hasCode: true } },
  ])
})

test('five wrong codes leave it to somebody trusted with money', async () => {
  const order = await promisedOrder(app)
  const code = await codeAtDoor(order)
  const wrong = () => problemOf(collect(order, { amount: order.due, deliveryCode: otherThan(code) }))
  const left = []
  for (let tries = 0; tries < 5; tries += 1) left.push((await wrong()).document['triesLeft'])
  expect(left).toEqual([4, 3, 2, 1, 0])
  expect(await codeOf(collect(order, { amount: order.due, deliveryCode: code }))).toBe('cod/delivery-code-wrong')
  const override = { amount: order.due, overrideReason: 'the shopper signed on paper' }
  expect(await codeOf(collect(order, override))).toBe('auth/forbidden')
  expect(await collect(order, override, owner)).toMatchObject({ state: 'collected', codeTries: 5 })
})

test('wrong codes given at once share the five', async () => {
  const order = await promisedOrder(app)
  const wrong = otherThan(await codeAtDoor(order))
  const told = await Promise.all(
    Array.from({ length: 9 }, () => problemOf(collect(order, { amount: order.due, deliveryCode: wrong }))),
  )
  expect(countBy(told, (problem) => String(problem.document['triesLeft']))).toEqual({ 4: 1, 3: 1, 2: 1, 1: 1, 0: 5 })
})

test('less than what is due needs a reason, more is refused, and what is missing is taken off the sale', async () => {
  const order = await promisedOrder(app)
  const deliveryCode = await codeAtDoor(order)
  const short = money(order.due.amount - 500)
  const more = money(order.due.amount + 1)
  expect(await codeOf(collect(order, { amount: more, deliveryCode }))).toBe('payments/amount-too-high')
  expect((await problemOf(collect(order, { amount: short, deliveryCode }))).errors).toEqual([
    { pointer: '/shortReason', code: 'required' },
  ])
  await collect(order, { amount: short, deliveryCode, shortReason: 'a box was dented' })
  expect(await readCash(app, order)).toMatchObject({ payment: { state: 'captured', captured: short } })
  expect(await balances(order)).toEqual({
    cash: short.amount,
    sales: expect.any(Number),
    vat: expect.any(Number),
  })
})

test('who may give back no more than AED 500 lets nobody off more at the door', async () => {
  const order = await promisedOrder(app, { variant: await given.variant({ price: money(60_000) }) })
  const without = (missing: number, by = support) =>
    codeOf(
      collect(
        order,
        {
          amount: money(order.due.amount - missing),
          overrideReason: 'no code at hand',
          shortReason: 'she had no more with her',
        },
        by,
      ),
    )
  expect(await without(50_001)).toBe('auth/forbidden')
  expect(await without(50_001, await given.staff({ permissions: ['orders.read', 'orders.write'] }))).toBe(
    'auth/forbidden',
  )
  expect((await readCash(app, order)).payment.state).toBe('authorised')
  expect(await without(50_001, owner)).toBe('none')
})

test('without a code somebody says why', async () => {
  const order = await promisedOrder(app)
  expect((await problemOf(collect(order, { amount: order.due }))).errors).toEqual([
    { pointer: '/overrideReason', code: 'required' },
  ])
})

test('cash is collected once, however many say so at once, and never of an order that promised none', async () => {
  const order = await promisedOrder(app)
  const deliveryCode = await codeAtDoor(order)
  const told = await Promise.all(
    Array.from({ length: 4 }, () => codeOf(collect(order, { amount: order.due, deliveryCode }))),
  )
  expect(countBy(told, (code) => code)).toEqual({ none: 1, 'cod/not-collectable': 3 })
  expect(await balances(order)).toMatchObject({ cash: order.due.amount })
  const waiting = await placeCashOrder(app)
  expect(await codeOf(collect(waiting, { amount: waiting.due, overrideReason: 'paid' }))).toBe('cod/not-collectable')
  const params = { number: 'DH-0000-0000' }
  const body = { amount: order.due, overrideReason: 'paid' }
  expect(await codeOf(support.call(collectCash, { params, body, idempotencyKey: randomUUID() }))).toBe(
    'orders/not-found',
  )
})

test('what was recorded and whose answer was lost is the same when asked for again by its key', async () => {
  const [taken, left] = [await promisedOrder(app), await promisedOrder(app)]
  const body = { amount: taken.due, overrideReason: 'the shopper signed on paper' }
  const collecting = { params: taken.call.params, body, idempotencyKey: randomUUID() }
  const refusing = { params: left.call.params, body: { reason: 'nobody was there' }, idempotencyKey: randomUUID() }
  const [collected, refused] = [await support.call(collectCash, collecting), await support.call(refuseCash, refusing)]
  await db.deleteFrom('idempotencyKeys').execute() // as if the process had died before it kept them
  expect(await support.call(collectCash, collecting)).toEqual(collected)
  expect(await support.call(refuseCash, refusing)).toEqual(refused)
  expect(await balances(taken)).toMatchObject({ cash: taken.due.amount })
  expect(await codeOf(support.call(refuseCash, { ...refusing, idempotencyKey: randomUUID() }))).toBe(
    'cod/not-collectable',
  )
})

test('an order refused at the door is called off: nothing is owed, and its goods are sold again once they are back', async () => {
  const variant = await given.variant({ onHand: 3 })
  const order = await promisedOrder(app, { variant, quantity: 2 })
  expect(await refuse(order)).toMatchObject({ state: 'refused', refusalReason: 'nobody was there' })
  const view = await readCash(app, order)
  expect(view).toMatchObject({
    state: 'cancelled',
    payment: { state: 'cancelled' },
    cash: { state: 'refused', deliveryCode: null },
  })
  expect(view.timeline.at(-1)?.kind).toBe('cash-refused')
  expect(await balances(order)).toEqual({})
  const level = db.selectFrom('stockLevels').select(['onHand', 'reserved']).where('variantId', '=', variant.id)
  expect(await level.executeTakeFirst()).toEqual({ onHand: 1, reserved: 0 })
  const goodsOut = async () => {
    const query = { state: 'refused', goods: 'out', limit: 100 } as const
    return (await owner.call(listCashOrders, { query })).items.map(({ number }) => number)
  }
  expect(await goodsOut()).toContain(order.number)
  expect(await faultsInBooks({ db })).toEqual([])
  const receive = () =>
    support.call(receiveRefusedGoods, { params: order.call.params, idempotencyKey: randomUUID() }).then(
      ({ goodsBackAt }) => goodsBackAt,
      ({ code }: { code: string }) => code,
    )
  const told = await Promise.all([receive(), receive()])
  expect(told.toSorted()).toEqual([app.clock.now().toISOString(), 'cod/no-goods-out'])
  expect(await level.executeTakeFirst()).toEqual({ onHand: 3, reserved: 0 })
  expect(await goodsOut()).not.toContain(order.number)
  expect(await faultsInBooks({ db })).toEqual([])
  expect(await codeOf(collect(order, { amount: order.due, overrideReason: 'he came back' }))).toBe(
    'cod/not-collectable',
  )
})

test('an order staff call off before the courier comes has nothing to collect, and is held against nobody', async () => {
  const order = await promisedOrder(app)
  const { id: paymentId } = await paymentOf(app, order.number)
  const body = { reason: 'out of stock after all' }
  await owner.call(voidPayment, { params: { paymentId }, body, idempotencyKey: randomUUID() })
  expect(await readCash(app, order)).toMatchObject({
    state: 'cancelled',
    payment: { state: 'cancelled' },
    cash: { state: 'cancelled', deliveryCode: null },
  })
  expect(await balances(order)).toEqual({})
  expect(await codeOf(refuse(order))).toBe('cod/not-collectable')
})

test('who refuses too often may not pay in cash for a while, by that phone, and is told so politely', async () => {
  const contact = { phone: '+971505557777' }
  for (let refusals = 0; refusals < 2; refusals += 1) await refuse(await promisedOrder(app, { contact }))
  const guest = await given.guestAtCheckout({ contact })
  expect(await cashOptionOf(app, guest.cartId)).toMatchObject({ refusal: 'refused-before' })
  const problem = await problemOf(checkOutInCash(app, guest))
  expect(problem.document).toMatchObject({ code: 'payments/method-not-available', reason: 'refused-before' })
  const { items } = await owner.call(listCashRefusers, {})
  expect(items.find(({ refusals }) => refusals === 2)).toMatchObject({ isBlocked: true, customerId: null })
  const forgive = (number: string) =>
    owner.call(forgiveCashRefusal, {
      params: { number },
      body: { reason: 'the courier was at another door' },
      idempotencyKey: randomUUID(),
    })
  const mistaken = items.find(({ refusals }) => refusals === 2)?.orderNumbers[0] ?? ''
  expect(await forgive(mistaken)).toMatchObject({ state: 'refused', forgivenAt: expect.any(String) })
  expect(await codeOf(forgive(mistaken))).toBe('cod/not-refused')
  expect(await cashOptionOf(app, guest.cartId)).toMatchObject({ refusal: null })
  await refuse(await promisedOrder(app, { contact }))
  expect(await cashOptionOf(app, guest.cartId)).toMatchObject({ refusal: 'refused-before' })
  app.clock.advance({ days: 181 })
  expect(await cashOptionOf(app, guest.cartId)).toMatchObject({ refusal: null })
})

test('staff find orders by where their cash is, page by page, and nothing of the shopper', async () => {
  const staff = await given.staff()
  const waiting = await placeCashOrder(app)
  const promised = await promisedOrder(app)
  const collected = await collectedOrder(app, staff)
  const numbersIn = async (state: CashState) => {
    const numbers: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const query: { state: CashState; limit: number; cursor?: string } = { state, limit: 2, ...(cursor && { cursor }) }
      const page = await staff.call(listCashOrders, { query })
      numbers.push(...page.items.map(({ number }) => number))
      cursor = page.nextCursor
    }
    expect(new Set(numbers).size).toBe(numbers.length)
    return numbers
  }
  expect(await numbersIn('to-confirm')).toContain(waiting.number)
  expect(await numbersIn('pending')).toContain(promised.number)
  expect(await numbersIn('collected')).toContain(collected.number)
  expect(await numbersIn('pending')).not.toContain(collected.number)
  const { items } = await staff.call(listCashOrders, { query: { state: 'pending' } })
  expect(JSON.stringify(items)).not.toContain(promised.contact.phone)
  expect(await codeOf(staff.call(listCashOrders, { query: { state: 'pending', cursor: 'x' } }))).toBe(
    'catalog/cursor-invalid',
  )
})

test('recording cash takes a fresh second factor and the permission', async () => {
  const order = await placeCashOrder(app)
  await promiseCash(app, order)
  const body = { amount: order.due, overrideReason: 'the courier’s app was down' }
  const stale = await given.staff({ secondFactorAt: new Date(app.clock.now().getTime() - 6 * 60_000) })
  const packer = await given.staff({ roles: ['packer'] })
  expect(await codeOf(collect(order, body, stale))).toBe('auth/step-up-required')
  expect(await codeOf(collect(order, body, packer))).toBe('auth/forbidden')
})

test('cash that couriers have had for three weeks is told of once a day', async () => {
  const staff = await given.staff()
  const order = await collectedOrder(app, staff)
  const alerts = () => app.logs.filter((line) => line['alert'] === 'cod-remittance-overdue').length
  await app.worker.runTask('cod.warn-of-overdue-cash')
  const before = alerts()
  app.clock.advance({ days: 21, seconds: 1 })
  await app.worker.runTask('cod.warn-of-overdue-cash')
  expect(alerts()).toBe(before + 1)
  const today = await given.staff()
  const { items } = await today.call(listCashOrders, { query: { state: 'collected', limit: 100 } })
  expect(items.find(({ number }) => number === order.number)).toMatchObject({ isOverdue: true })
})
