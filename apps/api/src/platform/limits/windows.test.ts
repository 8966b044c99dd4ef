import { expect, test } from 'vitest'
import { callerOf } from './address.ts'
import { WindowsText } from './windows.ts'

test('windows are read as messages in seconds, by what they count', () => {
  const windows = WindowsText.parse('phone 1/60 3/900; country:AE 2000/3600')
  expect([...windows]).toEqual([
    [
      'phone',
      [
        { limit: 1, seconds: 60 },
        { limit: 3, seconds: 900 },
      ],
    ],
    ['country:AE', [{ limit: 2000, seconds: 3600 }]],
  ])
})

test.each(['', 'phone', 'phone 1', 'phone 0/60', 'phone 1/60,', 'phone 1/60; country:ae 1/60'])(
  '%j is no list',
  (text) => {
    expect(WindowsText.safeParse(text).success).toBe(false)
  },
)

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2ff:1::7', '2001:db8:1:200::/56'],
  ['unknown', 'unknown'],
])('%s counts as %s', (ip, caller) => {
  expect(callerOf(ip)).toBe(caller)
})
