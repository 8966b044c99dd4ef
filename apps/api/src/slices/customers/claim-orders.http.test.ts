import { listMyOrders } from '@dhow/contracts/account.ts'
import { getOrder } from '@dhow/contracts/orders.ts'
import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import type { GivenCustomer } from '../../../test/customer.ts'
import { codeOf } from '../../../test/problems.ts'
import { claimOrdersTask } from '../identity/identity.ts'

const app = await startTestApp()
const { given, db, worker } = app

const claim = (customer: GivenCustomer) => worker.runTask(claimOrdersTask, { accountId: customer.account.id })
const ordersOf = async (customer: GivenCustomer) =>
  (await customer.call(listMyOrders, { query: {} })).items.map((item) => item.number)
const placed = async (contact: { phone?: string; email?: string }) =>
  (await given.order({ state: 'awaiting-payment', contact })).view.number

describe('orders placed as a guest', () => {
  test('are the customer’s once their phone is verified, however it was typed', async () => {
    const customer = await given.customer({ phone: '+971501230001' })
    const numbers = [await placed({ phone: '050 123 0001' }), await placed({ phone: '٠٥٠١٢٣٠٠٠١' })]
    const other = await placed({ phone: '0501230002' })
    await claim(customer)
    expect((await ordersOf(customer)).toSorted()).toEqual(numbers.toSorted())
    expect(await codeOf(customer.call(getOrder, { params: { number: other } }))).toBe('orders/not-found')
    expect(await customer.call(getOrder, { params: { number: numbers[0] ?? '' } })).toMatchObject({
      number: numbers[0],
    })
  })

  test('are theirs by a verified e-mail, in capitals or not, and claiming again changes nothing', async () => {
    const customer = await given.customer({ email: 'Claims@Example.com' })
    const number = await placed({ email: 'claims@example.COM' })
    await claim(customer)
    await Promise.all([claim(customer), claim(customer)])
    expect(await ordersOf(customer)).toEqual([number])
  })

  test('are not claimed by an e-mail or a phone that nobody has verified', async () => {
    const customer = await given.customer({ phone: '+971501230003', email: 'unproven@example.com' })
    await placed({ email: 'unproven@example.com' })
    await placed({ phone: '0501230003' })
    const unverified = { phoneVerifiedAt: null, emailVerifiedAt: null }
    await db.updateTable('accounts').set(unverified).where('id', '=', customer.account.id).execute()
    await claim(customer)
    expect(await ordersOf(customer)).toEqual([])
  })

  test('stay with whoever has them: a number that changes hands brings no old orders with it', async () => {
    const first = await given.customer({ phone: '+971501230004' })
    const number = await placed({ phone: '0501230004' })
    await claim(first)
    await db
      .updateTable('accounts')
      .set({ phoneSealed: null, phoneIndex: null, phoneVerifiedAt: null })
      .where('id', '=', first.account.id)
      .execute()
    const second = await given.customer({ phone: '+971501230004' })
    await claim(second)
    expect([await ordersOf(first), await ordersOf(second)]).toEqual([[number], []])
  })

  test('are claimed by no staff member, no disabled customer and nobody unknown', async () => {
    const email = 'both@example.com'
    const number = await placed({ email })
    const staff = await given.staff({ email })
    await worker.runTask(claimOrdersTask, { accountId: staff.accountId })
    const customer = await given.customer({ email })
    await db.updateTable('accounts').set({ status: 'disabled' }).where('id', '=', customer.account.id).execute()
    await claim(customer)
    await worker.runTask(claimOrdersTask, { accountId: '01930000-0000-7000-8000-0000000000aa' })
    const row = await db.selectFrom('orders').select('customerId').where('number', '=', number).executeTakeFirst()
    expect(row?.customerId).toBeNull()
  })
})
