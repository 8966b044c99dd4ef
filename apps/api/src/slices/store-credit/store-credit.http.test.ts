import { getRefundOptions } from '@dhow/contracts/admin-refunds.ts'
import { approve } from '@dhow/contracts/staff.ts'
import { adjustStoreCredit, getCustomerCredit, getStoreCredit } from '@dhow/contracts/store-credit.ts'
import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import { auditTrail } from '../../../test/audit-trail.ts'
import { countBy } from '../../../test/count-by.ts'
import type { GivenCustomer } from '../../../test/customer.ts'
import { codeOf } from '../../../test/problems.ts'
import type { GivenStaff } from '../../../test/staff.ts'
import { inTransaction } from '../../platform/db/database.ts'
import type { Problem } from '../../platform/http/problem.ts'
import { mayGiveAlone } from '../staff/staff.ts'
import { returnCredit, spendCredit } from './store-credit.ts'

const { ctx, db, given } = await startTestApp({ env: { REFUNDS_ALONE_PER_HOUR: '3' } })

const adjust = (staff: GivenStaff, customer: GivenCustomer, amount: number) =>
  staff.call(adjustStoreCredit, {
    params: { customerId: customer.account.id },
    body: { amount, reason: 'the parcel was late' },
    idempotencyKey: randomUUID(),
  })
const own = (customer: GivenCustomer, query: { limit?: number; cursor?: string } = {}) =>
  customer.call(getStoreCredit, { query })
const amounts = (credit: { items: { amount: { amount: number } }[] }) => credit.items.map((item) => item.amount.amount)

describe('store credit', () => {
  test('is nothing for who never had any', async () => {
    const credit = await own(await given.customer())
    expect(credit).toEqual({ balance: { amount: 0, currency: 'AED' }, items: [], nextCursor: null })
  })

  test('given and taken by staff is what the customer sees, page by page, and nobody else does', async () => {
    const [staff, customer, other] = [await given.staff(), await given.customer(), await given.customer()]
    for (const amount of [5_000, 2_500, -1_500]) await adjust(staff, customer, amount)
    await adjust(await given.staff(), other, 900)
    const first = await own(customer, { limit: 2 })
    expect(first.balance.amount).toBe(6_000)
    expect(amounts(first)).toEqual([-1_500, 2_500])
    const rest = await own(customer, { limit: 2, cursor: first.nextCursor ?? '' })
    expect([amounts(rest), rest.nextCursor]).toEqual([[5_000], null])
    const seen = await staff.call(getCustomerCredit, { params: { customerId: customer.account.id }, query: {} })
    expect(amounts(seen)).toEqual([-1_500, 2_500, 5_000])
    expect(await auditTrail(db, 'store-credit.adjusted', customer.account.id)).toMatchObject([
      { result: 'ok', reason: 'the parcel was late', details: { amount: 5_000 } },
      { details: { amount: 2_500 } },
      { details: { amount: -1_500, before: 7_500, after: 6_000 } },
    ])
  })

  test('cannot be taken below nothing', async () => {
    const [staff, customer] = [await given.staff(), await given.customer()]
    await adjust(staff, customer, 1_000)
    expect(await codeOf(adjust(staff, customer, -1_001))).toBe('store-credit/not-enough')
    expect((await own(customer)).balance.amount).toBe(1_000)
  })

  test('reaches as far as who gives it may refund', async () => {
    const [support, customer] = [await given.staff({ roles: ['support'] }), await given.customer()]
    expect((await adjust(support, customer, 50_000)).kind).toBe('adjusted')
    expect((await adjust(support, customer, 50_001)).kind).toBe('approval-requested')
    expect((await own(customer)).balance.amount).toBe(50_000)
    expect(await codeOf(adjust(await given.staff({ roles: ['packer'] }), customer, 1))).toBe('auth/forbidden')
    const stale = await given.staff({ secondFactorAt: new Date(ctx.clock.now().getTime() - 6 * 60_000) })
    expect(await codeOf(adjust(stale, customer, 1))).toBe('auth/step-up-required')
  })

  test('ST-4: above the shop’s limit even the owner asks a second person, and what they agree on is booked once', async () => {
    const [owner, other, customer] = [
      await given.staff(),
      await given.staff(),
      await given.customer({ name: 'Mariam' }),
    ]
    const asked = await adjust(owner, customer, 200_001)
    if (asked.kind !== 'approval-requested') throw new Error('nobody was asked')
    expect(asked.approval).toMatchObject({
      action: 'store-credit.adjust',
      subject: { amount: 200_001, name: 'Mariam' },
    })
    const params = { approvalId: asked.approval.id }
    expect(await codeOf(owner.call(approve, { params }))).toBe('approvals/own-request')
    const answers = await Promise.all([other, other].map((decider) => codeOf(decider.call(approve, { params }))))
    expect(answers.toSorted()).toEqual(['approvals/not-pending', 'none'])
    const credit = await own(customer)
    expect([credit.balance.amount, amounts(credit)]).toEqual([200_001, [200_001]])
    expect(await auditTrail(db, 'store-credit.adjusted', customer.account.id)).toMatchObject([
      { actorId: other.accountId, details: { amount: 200_001, requestedBy: owner.accountId } },
    ])
  })

  test('ST-4: of five gifts one person makes at once three need nobody else, and an hour later the next does not either', async () => {
    const [support, customer] = [await given.staff({ roles: ['support'] }), await given.customer()]
    const answers = await Promise.all(Array.from({ length: 5 }, () => adjust(support, customer, 1_000)))
    expect(countBy(answers, ({ kind }) => kind)).toEqual({ adjusted: 3, 'approval-requested': 2 })
    expect((await own(customer)).balance.amount).toBe(3_000)
    const { view } = await given.order({ state: 'confirmed' })
    const options = () => support.call(getRefundOptions, { params: { number: view.number } })
    expect((await options()).leftWithoutApproval.amount).toBe(0)
    const later = { ...ctx, clock: { now: () => new Date(ctx.clock.now().getTime() + 3_600_001) } }
    const actor = { accountId: support.accountId, limits: { refundUpTo: 50_000 } }
    expect(await mayGiveAlone(later, db, actor)).toBe(50_000)
  })

  test('is no staff member’s, and nobody’s', async () => {
    const staff = await given.staff()
    const call = (customerId: string) => staff.call(getCustomerCredit, { params: { customerId }, query: {} })
    expect(await codeOf(call(staff.accountId))).toBe('customers/not-found')
    expect(await codeOf(call(randomUUID()))).toBe('customers/not-found')
  })
})

describe('spending', () => {
  const orderId = async () => {
    const { view } = await given.order({ state: 'awaiting-payment' })
    const row = await db.selectFrom('orders').select('id').where('number', '=', view.number).executeTakeFirstOrThrow()
    return row.id
  }

  test('at once from ten places spends what is there and no more', async () => {
    const [staff, customer, id] = [await given.staff(), await given.customer(), await orderId()]
    await adjust(staff, customer, 3_000)
    const spend = () =>
      inTransaction(db, (tx) =>
        spendCredit(ctx, tx, { orderId: id, customerId: customer.account.id, amount: 1_000, source: randomUUID() }),
      )
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        spend().then(
          () => 'spent',
          (problem: Problem) => problem.code,
        ),
      ),
    )
    expect(countBy(answers, String)).toEqual({ spent: 3, 'store-credit/not-enough': 7 })
    expect((await own(customer)).balance.amount).toBe(0)
  })

  test('is given back once, however often it is asked', async () => {
    const [staff, customer, id] = [await given.staff(), await given.customer(), await orderId()]
    await adjust(staff, customer, 2_000)
    const part = { orderId: id, customerId: customer.account.id, amount: 1_200, source: randomUUID() }
    await inTransaction(db, (tx) => spendCredit(ctx, tx, part))
    await Promise.all([1, 2, 3].map(() => inTransaction(db, (tx) => returnCredit(ctx, tx, part))))
    const credit = await own(customer)
    expect([credit.balance.amount, amounts(credit)]).toEqual([2_000, [1_200, -1_200, 2_000]])
    expect(credit.items[0]?.orderNumber).toMatch(/^DH-/)
  })
})
