import { expect, test } from 'vitest'
import { networkOf } from './client.ts'

test.each([
  ['203.0.113.77', '203.0.113.0/24'],
  ['::ffff:203.0.113.77', '203.0.113.0/24'],
  ['2001:db8:1:2ff:3:4:5:6', '2001:db8:1:200::/56'],
  ['::1', '::/56'],
  ['unknown', 'unknown'],
  ['', 'unknown'],
])('the network of %j is %s', (ip, network) => {
  expect(networkOf(ip)).toBe(network)
})
