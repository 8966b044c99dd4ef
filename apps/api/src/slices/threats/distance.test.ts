import { expect, test } from 'vitest'
import { kilometresBetween } from './distance.ts'

const dubai = { latitude: 25.2048, longitude: 55.2708 }
const london = { latitude: 51.5072, longitude: -0.1276 }

test('Dubai and London are some 5,470 km apart, either way', () => {
  expect(kilometresBetween(dubai, london)).toBeGreaterThan(5_440)
  expect(kilometresBetween(dubai, london)).toBeLessThan(5_500)
  expect(kilometresBetween(london, dubai)).toBeCloseTo(kilometresBetween(dubai, london), 6)
})

test('a place is no distance from itself, and the other side of the world is half its girth', () => {
  expect(kilometresBetween(dubai, dubai)).toBe(0)
  expect(kilometresBetween({ latitude: 0, longitude: 0 }, { latitude: 0, longitude: 180 })).toBeCloseTo(20_015, 0)
})
