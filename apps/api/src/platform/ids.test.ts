import { expect, test } from 'vitest'
import { newId, newKey, newOrderNumber } from './ids.ts'

const many = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make)

test('ids sort by their creation, also when thousands are made in one millisecond', () => {
  const now = Date.now() + 60_000
  const ids = many(20_000, () => newId(now))
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
})

test('ids still sort when the clock is set back', () => {
  const later = newId(Date.now() + 3_600_000)
  expect(newId(1_000) > later).toBe(true)
})

test('an id is a UUID of version 7', () => {
  for (const id of many(100, () => newId()))
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('an order number has eight of the digits people do not confuse', () => {
  const numbers = many(1_000, newOrderNumber)
  for (const number of numbers) expect(number).toMatch(/^DH-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
  expect(new Set(numbers).size).toBe(numbers.length)
})

test('a key is 128 random bits', () => {
  const keys = many(1_000, newKey)
  for (const key of keys) expect(Buffer.from(key, 'base64url')).toHaveLength(16)
  expect(new Set(keys).size).toBe(keys.length)
})
