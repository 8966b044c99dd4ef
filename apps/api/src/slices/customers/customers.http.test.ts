import * as contract from '@dhow/contracts/account.ts'
import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import { addressOf } from '../../../test/shopper.ts'
import { countBy } from '../../../test/count-by.ts'
import { codeOf, problemOf } from '../../../test/problems.ts'
import { openPerson } from '../identity/identity.ts'

const app = await startTestApp()
const { given, db, ctx, clock } = app

const addressIn = (building: string) => ({
  ...addressOf({ name: 'Sara', email: 'sara@example.com', phone: '0501234567' }),
  building,
})
const unknownId = '0192a000-0000-7000-8000-0000000000ff'

describe('who is signed in', () => {
  test('sees what is known of them, and how they can sign in', async () => {
    const customer = await given.customer({ email: 'Me@example.com', password: 'correct horse battery staple' })
    expect(await customer.call(contract.getMe, {})).toEqual({
      id: customer.account.id,
      name: null,
      phone: openPerson(ctx.sealer, customer.account).phone,
      email: 'Me@example.com',
      locale: 'en',
      createdAt: customer.account.createdAt.toISOString(),
      hasPassword: true,
      hasTotp: false,
      passkeyCount: 0,
      recoveryCodesLeft: 0,
    })
  })

  test('changes name and language, each alone, and the name is unreadable in the database', async () => {
    const customer = await given.customer()
    await customer.call(contract.updateMe, { body: { name: ' سارة المنصوري ' } })
    await customer.call(contract.updateMe, { body: { locale: 'ar' } })
    expect(await customer.call(contract.getMe, {})).toMatchObject({ name: 'سارة المنصوري', locale: 'ar' })
    const row = await db
      .selectFrom('accounts')
      .select('nameSealed')
      .where('id', '=', customer.account.id)
      .executeTakeFirstOrThrow()
    expect(row.nameSealed?.includes('سارة')).toBe(false)
  })

  test('is nobody without a token, and nobody any more once the account is erased', async () => {
    const customer = await given.customer()
    expect(await codeOf(app.api.call(contract.getMe, {}))).toBe('auth/required')
    await db
      .updateTable('accounts')
      .set({ status: 'erased', dataKey: null })
      .where('id', '=', customer.account.id)
      .execute()
    expect(await codeOf(customer.call(contract.getMe, {}))).toBe('auth/required')
  })
})

describe('addresses', () => {
  test('are kept as typed by both hands, the first as the default, and read back default first', async () => {
    const { call } = await given.customer()
    const first = await call(contract.addAddress, { body: { address: { ...addressIn('A'), makani: '١٢٣٤٥ ٦٧٨٩٠' } } })
    expect(first).toMatchObject({
      isDefault: true,
      address: { phone: '+971501234567', makani: '1234567890', unit: '1204' },
    })
    clock.advance({ seconds: 1 })
    const second = await call(contract.addAddress, { body: { address: addressIn('B') } })
    clock.advance({ seconds: 1 })
    const third = await call(contract.addAddress, { body: { address: addressIn('C'), isDefault: true } })
    expect([second.isDefault, third.isDefault]).toEqual([false, true])
    const { items } = await call(contract.listAddresses, {})
    expect(items.map((item) => [item.address.building, item.isDefault])).toEqual([
      ['C', true],
      ['B', false],
      ['A', false],
    ])
    const rows = await db.selectFrom('customerAddresses').select('addressSealed').execute()
    expect(rows.some((row) => row.addressSealed.includes('Al Barsha'))).toBe(false)
  })

  test('are replaced and made the default; the default stays one until another is', async () => {
    const { call } = await given.customer()
    const first = await call(contract.addAddress, { body: { address: addressIn('A') } })
    const second = await call(contract.addAddress, { body: { address: addressIn('B') } })
    const kept = { params: { addressId: first.id }, body: { address: addressIn('A2'), isDefault: false } }
    expect(await call(contract.replaceAddress, kept)).toMatchObject({ isDefault: true, address: { building: 'A2' } })
    const made = { params: { addressId: second.id }, body: { address: addressIn('B'), isDefault: true } }
    expect(await call(contract.replaceAddress, made)).toMatchObject({ id: second.id, isDefault: true })
    const { items } = await call(contract.listAddresses, {})
    expect(items.map((item) => item.isDefault)).toEqual([true, false])
  })

  test('when the default is removed, the newest of the others is it', async () => {
    const { call } = await given.customer()
    const first = await call(contract.addAddress, { body: { address: addressIn('A') } })
    for (const building of ['B', 'C']) {
      clock.advance({ seconds: 1 })
      await call(contract.addAddress, { body: { address: addressIn(building) } })
    }
    expect(await call(contract.removeAddress, { params: { addressId: first.id } })).toBeNull()
    const { items } = await call(contract.listAddresses, {})
    expect(items.map((item) => [item.address.building, item.isDefault])).toEqual([
      ['C', true],
      ['B', false],
    ])
    for (const { id } of items) await call(contract.removeAddress, { params: { addressId: id } })
    expect(await call(contract.listAddresses, {})).toEqual({ items: [] })
  })

  test('are twenty at most, also when thirty arrive at once, and one of them is the default', async () => {
    const { call } = await given.customer()
    const answers = await given.many(30, (index) =>
      codeOf(call(contract.addAddress, { body: { address: addressIn(`No ${index}`), isDefault: index % 2 === 0 } })),
    )
    expect(countBy(answers, (code) => code)).toEqual({ none: 20, 'account/address-limit': 10 })
    const { items } = await call(contract.listAddresses, {})
    expect([items.length, items.filter((item) => item.isDefault).length]).toEqual([20, 1])
  })

  test('are replaced and removed only where they are', async () => {
    const { call } = await given.customer()
    const params = { addressId: unknownId }
    expect(await codeOf(call(contract.removeAddress, { params }))).toBe('account/address-not-found')
    expect(await codeOf(call(contract.replaceAddress, { params, body: { address: addressIn('A') } }))).toBe(
      'account/address-not-found',
    )
    const problem = await problemOf(call(contract.addAddress, { body: { address: { ...addressIn('A'), area: ' ' } } }))
    expect([problem.status, problem.errors]).toEqual([422, [{ pointer: '/address/area', code: 'required' }]])
  })

  test('sent twice under one key are one', async () => {
    const { call } = await given.customer()
    const send = () =>
      call(contract.addAddress, { body: { address: addressIn('A') }, idempotencyKey: 'one-address-please' })
    expect(await send()).toEqual(await send())
    expect((await call(contract.listAddresses, {})).items).toHaveLength(1)
    const other = await given.customer()
    const theirs = await other.call(contract.addAddress, {
      body: { address: addressIn('A') },
      idempotencyKey: 'one-address-please',
    })
    expect((await other.call(contract.listAddresses, {})).items).toEqual([theirs])
  })
})
