import { assert, constantFrom, maxSafeInteger, property, string, uuid } from 'fast-check'
import { expect, test } from 'vitest'
import { Problem } from '../../platform/http/problem.ts'
import { parseCursor, printCursor } from './cursor.ts'

const sorts = ['featured', 'newest', 'price-asc', 'price-desc', 'relevance'] as const

test('a printed cursor reads back as it was', () => {
  assert(
    property(
      constantFrom(...sorts),
      constantFrom('after' as const, 'before' as const),
      maxSafeInteger(),
      uuid(),
      (sort, direction, key, id) => {
        const cursor = { sort, direction, key, id }
        expect(parseCursor(printCursor(cursor), sort)).toEqual(cursor)
      },
    ),
  )
})

test('text that is no cursor, or one of another sort, is refused', () => {
  const cursor = printCursor({ sort: 'newest', direction: 'after', key: 1, id: crypto.randomUUID() })
  expect(() => parseCursor(cursor, 'featured')).toThrow(Problem)
  assert(
    property(string(), (text) => {
      expect(() => parseCursor(text, 'featured')).toThrow('catalog/cursor-invalid')
    }),
  )
})
