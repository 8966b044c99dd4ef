import { emirateCodes } from '@dhow/contracts/address.ts'
import { expect, test } from 'vitest'
import { areasByEmirate, emiratesInOrder } from './uae-areas.ts'

test('every emirate has areas, in both languages, each name once', () => {
  expect([...emiratesInOrder].sort()).toEqual([...emirateCodes].sort())
  for (const code of emiratesInOrder) {
    const areas = areasByEmirate[code]
    expect(areas.length).toBeGreaterThan(2)
    expect(new Set(areas.map(({ en }) => en)).size).toBe(areas.length)
    expect(new Set(areas.map(({ ar }) => ar)).size).toBe(areas.length)
  }
})
