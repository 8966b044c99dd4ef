import { randomUUID } from 'node:crypto'
import * as contract from '@dhow/contracts/cod.ts'
import type { RowResolution } from '@dhow/contracts/cod.ts'
import { toDecimal } from '@dhow/money/money.ts'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../../test/app.ts'
import { auditTrail } from '../../../../test/audit-trail.ts'
import { collectedOrder, promisedOrder, readCash } from '../../../../test/cash.ts'
import type { CashOrderMade } from '../../../../test/cash.ts'
import { codeOf, problemOf } from '../../../../test/problems.ts'

const app = await startTestApp()
const { db, given } = app
const owner = await given.staff()
const reader = await given.staff({ permissions: ['payments.read'] })

const header = 'order_number,collected,fee,remitted'
const dirhams = (fils: number): string => toDecimal({ amount: fils, currency: 'AED' })
const line = (number: string, collected: number, fee: number, remitted: number): string =>
  [number, dirhams(collected), dirhams(fee), dirhams(remitted)].join(',')
/** What an honest courier writes: AED 15 of each order are theirs. */
const honest = ({ number, due }: CashOrderMade): string => line(number, due.amount, 1_500, due.amount - 1_500)

const bring = (lines: readonly string[], reference: string = randomUUID(), by = owner) =>
  by.call(contract.importRemittance, {
    body: { courier: 'Desert Riders', reference, csv: [header, ...lines].join('\n') },
    idempotencyKey: randomUUID(),
  })
const resolve = (remittanceId: string, row: number, resolution: RowResolution, idempotencyKey: string = randomUUID()) =>
  owner.call(contract.resolveRemittanceRow, {
    params: { remittanceId, line: row },
    body: { resolution, note: 'agreed on the phone' },
    idempotencyKey,
  })

const collected = () => collectedOrder(app, owner)
const cashState = async (order: CashOrderMade) => (await readCash(app, order)).cash?.state

/** What couriers still owe for an order, and what reached the bank. */
async function moneyOf(order: CashOrderMade): Promise<Record<string, number>> {
  const { rows } = await sql<{ account: string; amount: number }>`
    select entry.account, sum(entry.amount)::bigint as amount from ledger_entries entry
    join ledger_transactions booked on booked.id = entry.transaction_id
    join orders on orders.id = booked.order_id
    where orders.number = ${order.number} and entry.account in ('cash', 'bank', 'fees')
    group by entry.account having sum(entry.amount) <> 0`.execute(db)
  return Object.fromEntries(rows.map(({ account, amount }) => [account, amount]))
}

test('a file that fits is booked and reconciled to the fils', async () => {
  const [one, two] = [await collected(), await collected()]
  const report = await bring([honest(one), honest(two)])
  expect(report).toMatchObject({ rowCount: 2, openCount: 0, variance: { amount: 0 }, fee: { amount: 3_000 } })
  expect(report.rows.map(({ outcome }) => outcome)).toEqual(['matched', 'matched'])
  expect(await cashState(one)).toBe('reconciled')
  expect(await moneyOf(one)).toEqual({ bank: one.due.amount - 1_500, fees: 1_500 })
  expect(await auditTrail(db, 'cod.remittance-imported', report.id)).toMatchObject([{ actorId: owner.accountId }])
})

test('the same file again, also at the same moment, is the same import and books nothing more', async () => {
  const order = await collected()
  const reference = randomUUID()
  const [first, ...others] = await Promise.all([1, 2, 3].map(() => bring([honest(order)], reference)))
  const again = await bring([honest(order)], 'under another name')
  expect(new Set([first, ...others, again].map((report) => report?.id)).size).toBe(1)
  expect(await moneyOf(order)).toEqual({ bank: order.due.amount - 1_500, fees: 1_500 })
})

test('what does not fit is named, booked as far as it is an order’s, and somebody is called', async () => {
  const [short, cheap, twice, unpaid] = [
    await collected(),
    await collected(),
    await collected(),
    await promisedOrder(app),
  ]
  const report = await bring([
    line(short.number, short.due.amount - 1_000, 1_500, short.due.amount - 2_500),
    line(cheap.number, cheap.due.amount, 1_500, cheap.due.amount - 1_700),
    honest(twice),
    honest(twice),
    honest(unpaid),
    line('DH-ZZZZ-ZZZZ', 10_000, 0, 10_000),
  ])
  expect(report.rows.map(({ outcome, variance }) => [outcome, variance.amount])).toEqual([
    ['amount-differs', -1_000],
    ['fee-differs', -200],
    ['matched', 0],
    ['duplicate', twice.due.amount],
    ['not-collected', unpaid.due.amount],
    ['unknown-order', 10_000],
  ])
  const variance = 10_000 - 1_000 - 200 + twice.due.amount + unpaid.due.amount
  expect(report).toMatchObject({ openCount: 5, variance: { amount: variance } })
  expect(await Promise.all([short, cheap, twice, unpaid].map(cashState))).toEqual([
    'remitted',
    'remitted',
    'reconciled',
    'pending',
  ])
  expect(await moneyOf(short)).toEqual({ bank: short.due.amount - 2_500, fees: 1_500, cash: 1_000 })
  expect(await moneyOf(twice)).toEqual({ bank: twice.due.amount - 1_500, fees: 1_500 })
  expect(app.logs).toContainEqual(
    expect.objectContaining({ alert: 'cod-remittance-variance', remittanceId: report.id, rows: 5, variance }),
  )
  const { items } = await reader.call(contract.listRemittances, { query: { open: '1' } })
  expect(items.map(({ id }) => id)).toContain(report.id)
})

test('a difference is settled by another transfer or written off, once, and then the courier owes nothing', async () => {
  const [one, two] = [await collected(), await collected()]
  const less = (order: CashOrderMade) => line(order.number, order.due.amount, 1_500, order.due.amount - 2_000)
  const { id } = await bring([less(one), less(two)])
  await resolve(id, 2, 'settled')
  const report = await resolve(id, 3, 'written-off')
  expect(report).toMatchObject({
    openCount: 0,
    rows: [{ note: 'agreed on the phone' }, { resolvedAt: expect.any(String) }],
  })
  expect(await moneyOf(one)).toEqual({ bank: one.due.amount - 1_500, fees: 1_500 })
  expect(await moneyOf(two)).toEqual({ bank: two.due.amount - 2_000, fees: 2_000 })
  expect([await cashState(one), await cashState(two)]).toEqual(['reconciled', 'reconciled'])
  expect(await codeOf(resolve(id, 2, 'settled'))).toBe('cod/row-not-open')
  expect(await codeOf(resolve(id, 99, 'settled'))).toBe('cod/remittance-not-found')
})

test('a decision whose answer was lost is the same when asked for again by its key', async () => {
  const order = await collected()
  const { id } = await bring([line(order.number, order.due.amount, 1_500, order.due.amount - 2_000)])
  const key = randomUUID()
  const decided = await resolve(id, 2, 'written-off', key)
  await db.deleteFrom('idempotencyKeys').execute() // as if the process had died before it kept it
  expect(await resolve(id, 2, 'written-off', key)).toEqual(decided)
  expect(await moneyOf(order)).toEqual({ bank: order.due.amount - 2_000, fees: 2_000 })
})

test('a row of cash nobody had written down is tried again once somebody has', async () => {
  const order = await promisedOrder(app)
  const { id } = await bring([honest(order)])
  expect(await codeOf(resolve(id, 2, 'retry'))).toBe('cod/row-not-open')
  expect(await codeOf(resolve(id, 2, 'settled'))).toBe('cod/row-not-open')
  const body = { amount: order.due, overrideReason: 'the courier’s list says so' }
  await owner.call(contract.collectCash, { params: order.call.params, body, idempotencyKey: randomUUID() })
  expect(await resolve(id, 2, 'retry')).toMatchObject({ openCount: 0, rows: [{ outcome: 'matched' }] })
  expect(await cashState(order)).toBe('reconciled')
  expect(await moneyOf(order)).toEqual({ bank: order.due.amount - 1_500, fees: 1_500 })
})

test('money that fits nothing is in the books until somebody says that it went back', async () => {
  const unpaid = await promisedOrder(app)
  const { id, remitted } = await bring([line('DH-ZZZZ-ZZZY', 10_000, 0, 10_000), honest(unpaid)])
  const balancesOf = async () => {
    const { rows } = await sql<{ account: string; amount: number }>`
      select account, sum(amount)::bigint as amount from ledger_entries entry
      join ledger_transactions booked on booked.id = entry.transaction_id where booked.source like ${`%${id}%`}
      group by account having sum(amount) <> 0 order by account`.execute(db)
    return Object.fromEntries(rows.map(({ account, amount }) => [account, amount]))
  }
  expect(await balancesOf()).toEqual({ bank: remitted.amount, suspense: -remitted.amount })
  expect(await codeOf(resolve(id, 2, 'written-off'))).toBe('cod/row-not-open')
  expect(await resolve(id, 2, 'dismissed')).toMatchObject({ openCount: 1 })
  expect(await balancesOf()).toEqual({ bank: unpaid.due.amount - 1_500, suspense: 1_500 - unpaid.due.amount })
  await owner.call(contract.collectCash, {
    params: unpaid.call.params,
    body: { amount: unpaid.due, overrideReason: 'the courier’s list says so' },
    idempotencyKey: randomUUID(),
  })
  await resolve(id, 3, 'retry')
  expect(await balancesOf()).toEqual({ bank: unpaid.due.amount - 1_500, cash: -unpaid.due.amount, fees: 1_500 })
})

test('a row whose order number is wrong is matched with the order it is about, also with a difference', async () => {
  const order = await collected()
  const { id } = await bring([line('DH-ZZZZ-ZZZV', order.due.amount, 1_500, order.due.amount - 2_000)])
  const decide = (resolution: RowResolution, orderNumber?: string) =>
    owner.call(contract.resolveRemittanceRow, {
      params: { remittanceId: id, line: 2 },
      body: { resolution, note: 'a slip of the pen', ...(orderNumber && { orderNumber }) },
      idempotencyKey: randomUUID(),
    })
  expect(await codeOf(decide('retry'))).toBe('cod/row-not-open')
  expect(await decide('retry', order.number)).toMatchObject({ openCount: 1, rows: [{ outcome: 'fee-differs' }] })
  expect(await cashState(order)).toBe('remitted')
  expect(await decide('written-off')).toMatchObject({ openCount: 0 })
  expect(await cashState(order)).toBe('reconciled')
  expect(await moneyOf(order)).toEqual({ bank: order.due.amount - 2_000, fees: 2_000 })
})

test('one unreadable line refuses the whole file, and names it', async () => {
  const order = await collected()
  const problem = await problemOf(bring([honest(order), line('DH-ZZZZ-ZZZX', 1, 0, 1).replace('0.01', '1,00')]))
  expect(problem).toMatchObject({ code: 'cod/file-invalid', status: 422 })
  expect(problem.errors[0]?.pointer).toMatch(/^\/csv\/3\//)
  expect(await cashState(order)).toBe('collected')
})

test('nothing a courier writes becomes a formula in the spreadsheet of whoever opens the report', async () => {
  const hostile = ['=cmd|’/c calc’!A1', '+1+1', '-2+3', '@SUM(A1)', '"=HYPERLINK(""http://evil"",""x"")"']
  const { id } = await bring(hostile.map((number) => `${number},1,0,1`))
  const { csv, fileName } = await reader.call(contract.exportRemittance, { params: { remittanceId: id } })
  expect(fileName).toBe(`remittance-${id}.csv`)
  const cells = csv
    .split('\r\n')
    .slice(1, -1)
    .map((text) => /^\d+,("(?:[^"]|"")*")/.exec(text)?.[1])
  expect(cells).toHaveLength(hostile.length)
  for (const cell of cells) expect(cell).toMatch(/^"'[=+\-@\t]|^"[^=+\-@\t\r]/)
})

test('reading needs one permission, importing another and a fresh second factor', async () => {
  const stale = await given.staff({ secondFactorAt: new Date(app.clock.now().getTime() - 6 * 60_000) })
  const row = [line('DH-ZZZZ-ZZZW', 1, 0, 1)]
  expect(await codeOf(bring(row, 'x', reader))).toBe('auth/forbidden')
  expect(await codeOf(bring(row, 'x', stale))).toBe('auth/step-up-required')
  const packer = await given.staff({ roles: ['packer'] })
  expect(await codeOf(packer.call(contract.listRemittances, { query: {} }))).toBe('auth/forbidden')
  const params = { remittanceId: randomUUID() }
  expect(await codeOf(reader.call(contract.getRemittance, { params }))).toBe('cod/remittance-not-found')
})
