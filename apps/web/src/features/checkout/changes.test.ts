import type { CartLine } from '@dhow/contracts/cart.ts'
import { money } from '@dhow/money/money.ts'
import { expect, test } from 'vitest'
import { changesBetween, changesNoticed, toSeenCart } from './changes.ts'
import type { CartNow } from './changes.ts'

function line(part: Partial<CartLine> = {}): CartLine {
  const unitPrice = part.unitPrice ?? money(10_000)
  const quantity = part.quantity ?? 1
  return {
    id: '1',
    variantId: 'oud',
    productId: 'p',
    slugs: { en: 'oud', ar: 'oud' },
    name: 'Oud',
    optionText: '',
    sku: 'OUD',
    picture: null,
    quantity,
    maxQuantity: 9,
    unitPrice,
    compareAt: null,
    total: money(unitPrice.amount * quantity),
    notices: [],
    ...part,
  }
}

function cart(lines: CartLine[], deliveryPrice: number | null = 1500): CartNow {
  const subtotal = money(lines.reduce((sum, each) => sum + each.total.amount, 0))
  const price = deliveryPrice === null ? null : money(deliveryPrice)
  return {
    lines,
    delivery: price && {
      method: 'standard',
      price,
      wasPrice: null,
      earliest: '2026-11-24',
      latest: '2026-11-24',
      orderBefore: '2026-11-23T14:00:00Z',
    },
    due: money(subtotal.amount + (deliveryPrice ?? 0)),
  }
}

const kindsOf = (changes: readonly { kind: string }[]) => changes.map(({ kind }) => kind)

test('the same cart has not changed', () => {
  expect(changesBetween(toSeenCart(cart([line()])), cart([line()]))).toEqual([])
})

test('a new price is said old → new, and so is the total', () => {
  const changes = changesBetween(toSeenCart(cart([line()])), cart([line({ unitPrice: money(12_000) })]))
  expect(changes).toEqual([
    { kind: 'price', name: 'Oud', was: money(10_000), now: money(12_000) },
    { kind: 'total', was: money(11_500), now: money(13_500) },
  ])
})

test('a price the server noticed is said once', () => {
  const now = line({ unitPrice: money(12_000), notices: [{ code: 'price-changed', was: money(10_000) }] })
  expect(kindsOf(changesBetween(toSeenCart(cart([line()])), cart([now])))).toEqual(['price', 'total'])
})

test('short and sold-out stock is said although no amount changed', () => {
  const short = line({ quantity: 3, notices: [{ code: 'not-enough', available: 2 }] })
  expect(changesBetween(toSeenCart(cart([line({ quantity: 3 })])), cart([short]))).toEqual([
    { kind: 'not-enough', name: 'Oud', available: 2 },
  ])
  const gone = line({ notices: [{ code: 'out-of-stock' }] })
  expect(changesNoticed(cart([gone]))).toEqual([{ kind: 'out-of-stock', name: 'Oud' }])
})

test('what another tab put in, took out or counted anew is said', () => {
  const seen = toSeenCart(cart([line(), line({ id: '2', variantId: 'dates', name: 'Dates' })]))
  const now = cart([line({ quantity: 2 }), line({ id: '3', variantId: 'lamp', name: 'Lamp' })])
  expect(kindsOf(changesBetween(seen, now))).toEqual(['quantity', 'added', 'removed', 'total'])
})

test('a dearer and a vanished delivery are said', () => {
  const seen = toSeenCart(cart([line()]))
  expect(kindsOf(changesBetween(seen, cart([line()], 2500)))).toEqual(['delivery-price', 'total'])
  expect(kindsOf(changesBetween(seen, cart([line()], null)))).toEqual(['delivery-gone', 'total'])
})

test('a fee of the way to pay that is new is said by the total alone', () => {
  const now = { ...cart([line()]), due: money(12_500) }
  expect(changesBetween(toSeenCart(cart([line()])), now)).toEqual([
    { kind: 'total', was: money(11_500), now: money(12_500) },
  ])
})
