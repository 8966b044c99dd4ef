import { expect, test } from 'vitest'
import { missingBefore, stepViews } from './step-guard.ts'
import type { CheckoutProgress } from './step-guard.ts'

const contact: CheckoutProgress['contact'] = { name: 'Maryam', email: 'maryam@example.com', phone: '+971501234567' }
const address: CheckoutProgress['address'] = {
  recipientName: 'Maryam',
  phone: '+971501234567',
  emirate: 'AE-DU',
  area: 'Deira',
  kind: 'villa',
  building: '7',
  unit: '',
  street: '',
  landmark: '',
  makani: '',
  location: null,
  notes: '',
}
const delivery: CheckoutProgress['delivery'] = {
  method: 'standard',
  price: { amount: 1500, currency: 'AED' },
  wasPrice: null,
  earliest: '2026-11-24',
  latest: '2026-11-24',
  orderBefore: '2026-11-23T14:00:00Z',
}
const nothing: CheckoutProgress = { contact: null, address: null, delivery: null, hasMethod: false }

test('the first step is open to everybody', () => {
  expect(missingBefore('contact', nothing)).toBeUndefined()
})

test('a step whose predecessors are missing leads to the first of them', () => {
  expect(missingBefore('review', nothing)).toBe('contact')
  expect(missingBefore('review', { ...nothing, contact })).toBe('address')
  expect(missingBefore('payment', { ...nothing, contact, address })).toBe('delivery')
  expect(missingBefore('review', { contact, address, delivery, hasMethod: false })).toBe('payment')
})

test('what is missing at or after the wanted step does not stand in its way', () => {
  expect(missingBefore('address', { ...nothing, contact })).toBeUndefined()
  expect(missingBefore('review', { contact, address, delivery, hasMethod: true })).toBeUndefined()
})

test('a delivery dropped by a new address sends the review back to the delivery', () => {
  expect(missingBefore('review', { contact, address, delivery: null, hasMethod: true })).toBe('delivery')
})

test('the indicator links what is done and what comes next, and nothing beyond', () => {
  const views = stepViews('contact', { ...nothing, contact })
  expect(views.map(({ state }) => state)).toEqual(['current', 'open', 'closed', 'closed', 'closed'])
  const all = stepViews('review', { contact, address, delivery, hasMethod: true })
  expect(all.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done', 'current'])
})
