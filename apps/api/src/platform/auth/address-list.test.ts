import { describe, expect, test } from 'vitest'
import { createAddressList, isAddressRange } from './address-list.ts'

describe('a list of addresses', () => {
  const list = createAddressList(['203.0.113.0/24', '198.51.100.7', '2001:db8:1::/48'])

  test.each(['203.0.113.1', '203.0.113.255', '::ffff:203.0.113.9', '198.51.100.7', '2001:db8:1::5'])(
    'holds %s',
    (ip) => {
      expect(list.has(ip)).toBe(true)
    },
  )

  test.each(['203.0.114.1', '198.51.100.8', '2001:db8:2::1', '::ffff:203.0.114.1', 'unknown', ''])(
    'does not hold %j',
    (ip) => {
      expect(list.has(ip)).toBe(false)
    },
  )

  test('holds everybody when nobody is named', () => {
    expect(createAddressList([]).has('192.0.2.1')).toBe(true)
  })

  test.each(['office', '203.0.113.0/33', '203.0.113/24', '2001:db8::/129', '1.2.3.4/8/8', '1.2.3.4/', ''])(
    'cannot have %j',
    (entry) => {
      expect(isAddressRange(entry)).toBe(false)
      expect(() => createAddressList([entry])).toThrow(/neither an address nor a range/)
    },
  )
})
