import { expect, test } from 'vitest'
import { freeDeliveryPercent } from './cart-data.ts'
import { readQuantity } from './quantity.ts'

test('a quantity may be typed in either digits and is cut to what a line holds', () => {
  expect(readQuantity('3')).toBe(3)
  expect(readQuantity(' ٣ ')).toBe(3)
  expect(readQuantity('۱۲')).toBe(12)
  expect(readQuantity('0')).toBe(0)
  expect(readQuantity('999')).toBe(20)
})

test('what is no whole number is no quantity', () => {
  for (const typed of [undefined, '', '-1', '1.5', '2e3', 'two']) expect(readQuantity(typed)).toBeUndefined()
})

test('the way to free delivery stays between nothing and all', () => {
  const dirhams = (amount: number) => ({ amount: amount * 100, currency: 'AED' as const })
  expect(freeDeliveryPercent(dirhams(0), dirhams(200))).toBe(0)
  expect(freeDeliveryPercent(dirhams(150), dirhams(50))).toBe(75)
  expect(freeDeliveryPercent(dirhams(0), dirhams(0))).toBe(0)
})
