import { expect, test } from 'vitest'
import { compareValues } from './facet-view.ts'

const value = (code: string, count = 1) => ({ code, name: code, count, hex: null, selected: false })
const sorted = (codes: string[]) =>
  codes
    .map((code) => value(code))
    .toSorted(compareValues)
    .map(({ code }) => code)

test('sizes go from small to large', () => {
  expect(sorted(['l', 's', 'xxl', 'm', 'xl'])).toEqual(['s', 'm', 'l', 'xl', 'xxl'])
})

test('amounts go by number within their unit, half sizes between whole ones', () => {
  expect(sorted(['100-ml', '30-ml', '50-ml'])).toEqual(['30-ml', '50-ml', '100-ml'])
  expect(sorted(['42', '41-5', '41'])).toEqual(['41', '41-5', '42'])
})

test('letters, numbers and words keep apart, and words go by how many products have them', () => {
  expect(sorted(['42', 'm', '41', 's'])).toEqual(['s', 'm', '41', '42'])
  expect(
    [value('black', 2), value('white', 5), value('amber', 2)].toSorted(compareValues).map(({ code }) => code),
  ).toEqual(['white', 'amber', 'black'])
})
