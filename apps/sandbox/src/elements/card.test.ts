import { expect, test } from 'vitest'
import { brandOf, cvcFault, digitsOf, expiryFault, formatExpiry, formatNumber, numberFault } from '../../public/card.js'

const NOW = new Date(2026, 10, 23)

test('a number is grouped as its brand prints it', () => {
  expect(formatNumber('4242424242424242')).toBe('4242 4242 4242 4242')
  expect(formatNumber('378282246310005')).toBe('3782 822463 10005')
  expect(brandOf('5200007840000022').name).toBe('mastercard')
})

test('Arabic and Persian digits are digits', () => {
  expect(digitsOf('٤٢٤٢ ۴۲')).toBe('424242')
})

test.each([
  ['1', '1'],
  ['4', '04 / '],
  ['1229', '12 / 29'],
  ['12/2029', '12 / 29'],
  ['05 / 3', '05 / 3'],
])('expiry typed as %s reads %s', (typed, shown) => {
  expect(formatExpiry(typed, false)).toBe(shown)
})

test('deleting back over the slash is possible', () => {
  expect(formatExpiry('12 /', true)).toBe('12')
})

test('what is wrong with a card is named in Stripe’s codes', () => {
  expect(numberFault('4242')).toBe('incomplete_number')
  expect(numberFault('4242424242424241')).toBe('invalid_number')
  expect(numberFault('4242424242424242')).toBeUndefined()
  expect(expiryFault('12', NOW)).toBe('incomplete_expiry')
  expect(expiryFault('13 / 30', NOW)).toBe('invalid_expiry_month')
  expect(expiryFault('10 / 26', NOW)).toBe('invalid_expiry_year_past')
  expect(expiryFault('11 / 26', NOW)).toBeUndefined()
  expect(cvcFault('123', '378282246310005')).toBe('incomplete_cvc')
  expect(cvcFault('123', '4242424242424242')).toBeUndefined()
})
