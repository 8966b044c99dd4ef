import * as contract from '@dhow/contracts/cart.ts'
import { maxCartLines } from '@dhow/contracts/primitives.ts'
import { money } from '@dhow/money/money.ts'
import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import { countBy } from '../../../test/count-by.ts'
import { codeOf, problemOf } from '../../../test/problems.ts'
import { rawJson } from '../../../test/raw-request.ts'

const app = await startTestApp()
const { api, given, db, baseUrl } = app

const unknownCart = 'AAAAAAAAAAAAAAAAAAAAAA'
const unknownId = '0192a000-0000-7000-8000-0000000000ff'
const contact = { name: 'Sara', email: 'sara@example.com', phone: '050 123 4567' }
const address = {
  recipientName: 'سارة',
  phone: '0501234567',
  emirate: 'AE-DU',
  area: 'البرشاء',
  kind: 'villa',
  building: '12',
} as const

const setPrice = (variantId: string, priceAmount: number) =>
  db.updateTable('variants').set({ priceAmount }).where('id', '=', variantId).execute()
const setStock = (variantId: string, onHand: number) =>
  db.updateTable('stockLevels').set({ onHand }).where('variantId', '=', variantId).execute()
const read = (cartId: string, locale?: 'en' | 'ar') => api.call(contract.getCart, { params: { cartId }, locale })

describe('a new cart', () => {
  test('is empty, open, and known by an unguessable id of which the database keeps only a hash', async () => {
    const cart = await api.call(contract.createCart, { body: {} })
    expect(cart).toMatchObject({ state: 'open', lines: [], itemCount: 0, contact: null, address: null, order: null })
    expect(cart.totals).toEqual({ subtotal: money(0), delivery: null, vat: money(0), grandTotal: money(0) })
    expect(cart.id).toMatch(/^[A-Za-z0-9_-]{22}$/)
    const rows = await db.selectFrom('carts').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(cart.id)
    expect(await read(cart.id)).toEqual(cart)
  })

  test('is the same one for the same Idempotency-Key, and another for another body', async () => {
    const idempotencyKey = 'cart-key-0001'
    const first = await api.call(contract.createCart, { body: { locale: 'ar' }, idempotencyKey })
    expect(await api.call(contract.createCart, { body: { locale: 'ar' }, idempotencyKey })).toEqual(first)
    const answer = await rawJson(
      `${baseUrl}/api/v1/carts`,
      'POST',
      { locale: 'ar' },
      { 'idempotency-key': idempotencyKey },
    )
    expect(answer.headers.get('idempotent-replayed')).toBe('true')
    expect(await codeOf(api.call(contract.createCart, { body: { locale: 'en' }, idempotencyKey }))).toBe(
      'idempotency/mismatch',
    )
  })

  test.each(['short', 'x'.repeat(256), 'with space', 'عربي-مفتاح'.slice(0, 3)])(
    'is not made under the key %j',
    async (key) => {
      const encoded = Buffer.from(key).toString('latin1')
      const answer = await rawJson(`${baseUrl}/api/v1/carts`, 'POST', {}, { 'idempotency-key': encoded })
      expect([answer.status, answer.code]).toEqual([400, 'request/malformed'])
    },
  )
})

describe('every endpoint of a cart', () => {
  const target = (cartId: string) => ({
    getCart: () => read(cartId),
    addLine: () => api.call(contract.addLine, { params: { cartId }, body: { variantId: unknownId } }),
    changeLine: () => api.call(contract.changeLine, { params: { cartId, lineId: unknownId }, body: { quantity: 1 } }),
    removeLine: () => api.call(contract.removeLine, { params: { cartId, lineId: unknownId } }),
    acceptChanges: () => api.call(contract.acceptChanges, { params: { cartId } }),
    putContact: () => api.call(contract.putContact, { params: { cartId }, body: contact }),
    putAddress: () => api.call(contract.putAddress, { params: { cartId }, body: address }),
    listDeliveryOptions: () => api.call(contract.listDeliveryOptions, { params: { cartId } }),
    putDelivery: () => api.call(contract.putDelivery, { params: { cartId }, body: { method: 'standard' } }),
    listPaymentMethods: () => api.call(contract.listPaymentMethods, { params: { cartId } }),
  })

  test('answers 404 for a cart that does not exist', async () => {
    const codes = await Promise.all(Object.values(target(unknownCart)).map((call) => codeOf(call())))
    expect(countBy(codes, (code) => code)).toEqual({ 'cart/not-found': 10 })
  })

  test('refuses an id that cannot be one', async () => {
    for (const cartId of ['short', `${unknownCart}A`, 'AAAAAAAAAAAAAAAAAAAAA!', "' or 1=1 --aaaaaaaaaaaa"])
      expect((await problemOf(read(cartId))).errors).toEqual([{ pointer: '/cartId', code: 'invalid' }])
  })

  test('only reads once the cart has become an order', async () => {
    const guest = await given.order({ state: 'awaiting-payment' })
    const calls = target(guest.cartId)
    expect(await codeOf(calls.getCart())).toBe('none')
    expect(await codeOf(calls.listDeliveryOptions())).toBe('none')
    expect(await codeOf(calls.listPaymentMethods())).toBe('none')
    for (const call of [
      'addLine',
      'changeLine',
      'removeLine',
      'acceptChanges',
      'putContact',
      'putAddress',
      'putDelivery',
    ] as const) {
      const problem = await problemOf(calls[call]())
      expect([call, problem.code, problem.document['orderNumber']]).toEqual([
        call,
        'cart/checked-out',
        guest.view.number,
      ])
    }
    expect((await read(guest.cartId)).lines).toHaveLength(1)
  })
})

describe('lines', () => {
  test('show name, options, picture and price in the language asked for', async () => {
    const product = await given.product({
      name: { en: 'Royal oud', ar: 'عود ملكي' },
      variants: [{ price: money(32_550), compareAt: money(40_000), optionText: { en: '12 ml', ar: '١٢ مل' } }],
    })
    const variant = product.variants[0]
    const cart = await given.cart({ lines: [{ variant: { id: variant?.id ?? '' }, quantity: 2 }] })
    expect(cart.lines[0]).toMatchObject({
      name: 'Royal oud',
      optionText: '12 ml',
      sku: variant?.sku,
      quantity: 2,
      maxQuantity: 10,
      unitPrice: money(32_550),
      compareAt: money(40_000),
      total: money(65_100),
      notices: [],
      slugs: product.slugs,
      picture: { widths: [320, 640, 1080], alt: 'Royal oud' },
    })
    expect(cart.totals).toMatchObject({ subtotal: money(65_100), vat: money(3100), grandTotal: money(65_100) })
    expect((await read(cart.id, 'ar')).lines[0]).toMatchObject({ name: 'عود ملكي', optionText: '١٢ مل' })
  })

  test('of the same variant add up, to twenty at most', async () => {
    const variant = await given.variant({ onHand: 100 })
    const cart = await given.cart({
      lines: [
        { variant, quantity: 3 },
        { variant, quantity: 15 },
      ],
    })
    expect(cart.lines.map((line) => line.quantity)).toEqual([18])
    const again = await api.call(contract.addLine, {
      params: { cartId: cart.id },
      body: { variantId: variant.id, quantity: 20 },
    })
    expect(again.lines.map((line) => line.quantity)).toEqual([20])
  })

  test('added twice with one Idempotency-Key are added once', async () => {
    const variant = await given.variant()
    const cart = await given.cart({ lines: [] })
    const add = () =>
      api.call(contract.addLine, {
        params: { cartId: cart.id },
        body: { variantId: variant.id },
        idempotencyKey: `add-${cart.id}`,
      })
    const answers = await Promise.all([add(), add(), add()])
    expect(countBy(answers, (answer) => answer.itemCount)).toEqual({ 1: 3 })
    expect((await read(cart.id)).itemCount).toBe(1)
  })

  test('added at the same moment are all there', async () => {
    const variant = await given.variant({ onHand: 20 })
    const cart = await given.cart({ lines: [] })
    await given.many(10, () =>
      api.call(contract.addLine, { params: { cartId: cart.id }, body: { variantId: variant.id } }),
    )
    expect((await read(cart.id)).lines.map((line) => line.quantity)).toEqual([10])
  })

  test('are refused beyond what is there, and the answer says how many are', async () => {
    const variant = await given.variant({ onHand: 2 })
    const cart = await given.cart({ lines: [{ variant, quantity: 2 }] })
    const problem = await problemOf(
      api.call(contract.addLine, { params: { cartId: cart.id }, body: { variantId: variant.id } }),
    )
    expect([problem.code, problem.document['available']]).toEqual(['inventory/out-of-stock', 2])
    const lineId = cart.lines[0]?.id ?? ''
    expect(
      await codeOf(api.call(contract.changeLine, { params: { cartId: cart.id, lineId }, body: { quantity: 3 } })),
    ).toBe('inventory/out-of-stock')
    expect(await read(cart.id)).toEqual(cart)
  })

  test('may be lowered though there are still fewer', async () => {
    const variant = await given.variant({ onHand: 5 })
    const cart = await given.cart({ lines: [{ variant, quantity: 5 }] })
    await setStock(variant.id, 1)
    const lineId = cart.lines[0]?.id ?? ''
    const lower = await api.call(contract.changeLine, { params: { cartId: cart.id, lineId }, body: { quantity: 2 } })
    expect(lower.lines[0]).toMatchObject({ quantity: 2, notices: [{ code: 'not-enough', available: 1 }] })
  })

  test('of what is not sold are refused: unknown, switched off, or of a draft', async () => {
    const cart = await given.cart({ lines: [] })
    const off = await given.variant({ isActive: false })
    const draft = await given.variant({ status: 'draft' })
    for (const variantId of [unknownId, off.id, draft.id])
      expect(await codeOf(api.call(contract.addLine, { params: { cartId: cart.id }, body: { variantId } }))).toBe(
        'cart/variant-not-available',
      )
  })

  test('are fifty at most, but the fifty-first of a kind that is there is welcome', async () => {
    const product = await given.product({ variants: Array.from({ length: maxCartLines + 1 }, () => ({})) })
    const [last = { id: '' }, ...variants] = product.variants
    const cart = await given.cart({ lines: variants.map((variant) => ({ variant })) })
    expect(
      await codeOf(api.call(contract.addLine, { params: { cartId: cart.id }, body: { variantId: last.id } })),
    ).toBe('cart/full')
    const more = await api.call(contract.addLine, {
      params: { cartId: cart.id },
      body: { variantId: variants[0]?.id ?? '' },
    })
    expect([more.lines.length, more.itemCount]).toEqual([50, 51])
  })

  test('of another cart cannot be changed or removed', async () => {
    const mine = await given.cart()
    const other = await given.cart()
    const params = { cartId: mine.id, lineId: other.lines[0]?.id ?? '' }
    expect(await codeOf(api.call(contract.changeLine, { params, body: { quantity: 2 } }))).toBe('cart/line-not-found')
    expect(await codeOf(api.call(contract.removeLine, { params }))).toBe('cart/line-not-found')
    expect(await read(other.id)).toEqual(other)
  })

  test('are gone when removed', async () => {
    const cart = await given.cart()
    const params = { cartId: cart.id, lineId: cart.lines[0]?.id ?? '' }
    expect((await api.call(contract.removeLine, { params })).lines).toEqual([])
    expect(await codeOf(api.call(contract.removeLine, { params }))).toBe('cart/line-not-found')
  })
})

describe('changes of the shop', () => {
  test('are told line by line, and accepted together', async () => {
    const [dearer, scarce, gone, off, same] = await Promise.all([
      given.variant({ price: money(1000) }),
      given.variant({ onHand: 5 }),
      given.variant(),
      given.variant(),
      given.variant(),
    ])
    const variants = [dearer, scarce, gone, off, same]
    const cart = await given.cart({ lines: variants.map((variant) => ({ variant, quantity: 3 })) })
    await setPrice(dearer.id, 1200)
    await setStock(scarce.id, 2)
    await setStock(gone.id, 0)
    await db.updateTable('variants').set({ isActive: false }).where('id', '=', off.id).execute()

    const changed = await read(cart.id)
    expect(changed.needsAttention).toBe(true)
    expect(changed.lines.map((line) => line.notices)).toEqual([
      [{ code: 'price-changed', was: money(1000) }],
      [{ code: 'not-enough', available: 2 }],
      [{ code: 'out-of-stock' }],
      [{ code: 'not-for-sale' }],
      [],
    ])

    const accepted = await api.call(contract.acceptChanges, { params: { cartId: cart.id } })
    expect(accepted.needsAttention).toBe(false)
    expect(accepted.lines.map((line) => [line.variantId, line.quantity, line.notices])).toEqual([
      [dearer.id, 3, []],
      [scarce.id, 2, []],
      [same.id, 3, []],
    ])
    expect(await api.call(contract.acceptChanges, { params: { cartId: cart.id } })).toEqual(accepted)
  })
})

test('a cart nobody touched for long is deleted with its lines; one that became an order is not', async () => {
  const abandoned = await given.cart()
  const ordered = await given.order({ state: 'awaiting-payment' })
  app.clock.advance({ days: 61 })
  const fresh = await given.cart()
  await app.worker.runTask('platform.clean-up')
  expect(await codeOf(read(abandoned.id))).toBe('cart/not-found')
  expect((await read(fresh.id)).lines).toHaveLength(1)
  expect((await read(ordered.cartId)).order?.number).toBe(ordered.view.number)
})
