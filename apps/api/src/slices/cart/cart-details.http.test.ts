import * as contract from '@dhow/contracts/cart.ts'
import { money } from '@dhow/money/money.ts'
import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import { codeOf, problemOf } from '../../../test/problems.ts'
import { rawJson, rawRequest } from '../../../test/raw-request.ts'

const app = await startTestApp()
const { api, given, db, baseUrl } = app

const contact = { name: 'Sara', email: 'sara@example.com', phone: '050 123 4567' }
const address = {
  recipientName: 'سارة',
  phone: '0501234567',
  emirate: 'AE-DU',
  area: 'البرشاء',
  kind: 'villa',
  building: '12',
} as const

const read = (cartId: string, locale?: 'en' | 'ar') => api.call(contract.getCart, { params: { cartId }, locale })

describe('who, where and how', () => {
  test('are kept, cleaned, and unreadable in the database', async () => {
    const cart = await given.cart()
    const params = { cartId: cart.id }
    await api.call(contract.putContact, { params, body: { ...contact, name: ' Sa\u202Era ' } })
    const view = await api.call(contract.putAddress, { params, body: { ...address, makani: '١٢٣٤٥ ٦٧٨٩٠' } })
    expect(view.contact).toEqual({ name: 'Sara', email: 'sara@example.com', phone: '+971501234567' })
    expect(view.address).toMatchObject({
      recipientName: 'سارة',
      phone: '+971501234567',
      makani: '1234567890',
      unit: '',
    })
    const row = await db
      .selectFrom('carts')
      .selectAll()
      .where('contactSealed', 'is not', null)
      .executeTakeFirstOrThrow()
    for (const secret of ['sara@example.com', 'سارة', '971501234567'])
      expect([row.contactSealed, row.addressSealed].some((sealed) => sealed?.includes(secret))).toBe(false)
  })

  test('written by two tabs at the same moment are both kept', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { id } = await given.cart()
      const params = { cartId: id }
      await Promise.all([
        api.call(contract.putContact, { params, body: contact }),
        api.call(contract.putAddress, { params, body: address }),
      ])
      expect(await read(id)).toMatchObject({ contact: { name: 'Sara' }, address: { recipientName: 'سارة' } })
    }
  })

  test('say field by field what is wrong', async () => {
    const { id } = await given.cart()
    const problem = await problemOf(
      api.call(contract.putAddress, {
        params: { cartId: id },
        body: { ...address, phone: '042345678', area: ' ', makani: '12' },
      }),
    )
    expect([problem.status, problem.code]).toEqual([422, 'request/invalid'])
    expect(problem.errors).toEqual([
      { pointer: '/phone', code: 'invalid-phone' },
      { pointer: '/area', code: 'required' },
      { pointer: '/makani', code: 'invalid-makani' },
    ])
  })

  test('offers deliveries for the address, and none before there is one', async () => {
    const { id } = await given.cart()
    const params = { cartId: id }
    const missing = await problemOf(api.call(contract.listDeliveryOptions, { params }))
    expect([missing.code, missing.document['missing']]).toEqual(['cart/incomplete', ['address']])
    expect(await codeOf(api.call(contract.putDelivery, { params, body: { method: 'standard' } }))).toBe(
      'cart/incomplete',
    )
    await api.call(contract.putAddress, { params, body: address })
    const { items } = await api.call(contract.listDeliveryOptions, { params })
    expect(items.map((item) => [item.method, item.price])).toEqual([
      ['standard', money(1500)],
      ['same-day', money(2500)],
    ])
  })

  test('choose a delivery, which the totals then carry with its VAT', async () => {
    const { id } = await given.cart()
    const params = { cartId: id }
    await api.call(contract.putAddress, { params, body: address })
    const view = await api.call(contract.putDelivery, { params, body: { method: 'same-day' } })
    expect(view.totals).toEqual({
      subtotal: money(10_000),
      delivery: money(2500),
      vat: money(476 + 119),
      grandTotal: money(12_500),
    })
  })

  test('lose a delivery that is not offered at the new address, and cannot choose it there', async () => {
    const { id } = await given.cart()
    const params = { cartId: id }
    await api.call(contract.putAddress, { params, body: address })
    await api.call(contract.putDelivery, { params, body: { method: 'same-day' } })
    const moved = await api.call(contract.putAddress, { params, body: { ...address, emirate: 'AE-FU' } })
    expect([moved.delivery, moved.totals.delivery]).toEqual([null, null])
    expect(await codeOf(api.call(contract.putDelivery, { params, body: { method: 'same-day' } }))).toBe(
      'cart/delivery-not-available',
    )
  })

  test('name the ways to pay, with what the page needs to draw the card fields', async () => {
    const { id } = await given.cart()
    const { items } = await api.call(contract.listPaymentMethods, { params: { cartId: id } })
    expect(items.map((option) => option.method)).toEqual(['card', 'tabby', 'tamara', 'cod'])
    expect(items[0]).toMatchObject({
      refusal: null,
      due: money(10_000),
      card: {
        publishableKey: app.env['STRIPE_PUBLISHABLE_KEY'],
        scriptUrl: app.env['STRIPE_JS_URL'],
        customerSession: null,
      },
    })
  })
})

describe('a hostile body changes nothing', () => {
  test.each([
    ['quantity 0', { quantity: 0 }, '/quantity', 'too-small'],
    ['quantity -1', { quantity: -1 }, '/quantity', 'too-small'],
    ['quantity 1.5', { quantity: 1.5 }, '/quantity', 'wrong-type'],
    ['quantity 1e9', { quantity: 1e9 }, '/quantity', 'too-big'],
    ['quantity "1"', { quantity: '1' }, '/quantity', 'wrong-type'],
    ['a price of its own', { quantity: 1, price: 1 }, '/price', 'unknown-field'],
    ['rights of its own', { quantity: 1, isAdmin: true }, '/isAdmin', 'unknown-field'],
  ])('%s', async (_what, extra, pointer, code) => {
    const variant = await given.variant()
    const cart = await given.cart({ lines: [] })
    const answer = await rawJson(`${baseUrl}/api/v1/carts/${cart.id}/lines`, 'POST', {
      variantId: variant.id,
      ...extra,
    })
    expect(answer).toMatchObject({ status: 422, code: 'request/invalid', body: { errors: [{ pointer, code }] } })
    expect(await read(cart.id)).toEqual(cart)
  })

  test.each(['__proto__', 'constructor', 'prototype'])('a key %s', async (key) => {
    const cart = await given.cart()
    const answer = await rawRequest(`${baseUrl}/api/v1/carts/${cart.id}/contact`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: `{"name":"Sara","email":"sara@example.com","phone":"0501234567","${key}":{"isAdmin":true}}`,
    })
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: `/${key}`, code: 'unknown-field' }] } })
    expect('isAdmin' in {}).toBe(false)
    expect(await read(cart.id)).toEqual(cart)
  })
})
