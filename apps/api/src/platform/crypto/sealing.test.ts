import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSealer } from './sealing.ts'

const sealer = createSealer({ dataKey: randomBytes(32), tokenKey: randomBytes(32) })
const contact = { name: 'مريم', email: 'mariam@example.com' }

const refused = /unable to authenticate|not a sealed value/

describe('a sealed value', () => {
  const row = sealer.newDataKey()
  const sealed = sealer.sealJson(row, 'contact', contact)

  test('opens to what was sealed', () => {
    expect(sealer.openJson(row, 'contact', sealed)).toEqual(contact)
  })

  test('shows nothing of it, and is another each time', () => {
    expect(sealed.includes('mariam')).toBe(false)
    expect(sealer.sealJson(row, 'contact', contact).equals(sealed)).toBe(false)
  })

  test.each([
    ['version', 0],
    ['nonce', 1],
    ['nonce, at its end', 12],
    ['tag', 13],
    ['tag, at its end', 28],
    ['text', 29],
    ['text, at its end', sealed.length - 1],
  ])('does not open when a bit of its %s was flipped', (_part, at) => {
    const flipped = Buffer.from(sealed)
    flipped[at] = (flipped[at] ?? 0) ^ 1
    expect(() => sealer.openJson(row, 'contact', flipped)).toThrow(refused)
  })

  test('does not open when any bit was flipped', () => {
    fc.assert(
      fc.property(fc.nat(sealed.length * 8 - 1), (bit) => {
        const flipped = Buffer.from(sealed)
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        expect(() => sealer.openJson(row, 'contact', flipped)).toThrow(refused)
      }),
    )
  })

  test('does not open when it was cut', () => {
    for (const length of [0, 1, 13, 28, 29, sealed.length - 1])
      expect(() => sealer.openJson(row, 'contact', sealed.subarray(0, length))).toThrow(refused)
  })

  test('does not open with the key of another row, in another column, or in another shop', () => {
    const elsewhere = createSealer({ dataKey: randomBytes(32), tokenKey: randomBytes(32) })
    expect(() => sealer.openJson(sealer.newDataKey(), 'contact', sealed)).toThrow(refused)
    expect(() => sealer.openJson(row, 'address', sealed)).toThrow(refused)
    expect(() => elsewhere.openJson(row, 'contact', sealed)).toThrow(refused)
  })

  test('does not open when its row’s key was damaged', () => {
    const damaged = Buffer.from(row)
    damaged[row.length - 1] = (damaged[row.length - 1] ?? 0) ^ 1
    expect(() => sealer.openJson(damaged, 'contact', sealed)).toThrow(refused)
  })

  test('of bytes that belong to nobody opens only for its purpose', () => {
    const bytes = randomBytes(100)
    const webhook = sealer.sealBytes('webhook_events.payload', bytes)
    expect(sealer.openBytes('webhook_events.payload', webhook)).toEqual(bytes)
    expect(() => sealer.openBytes('idempotency_keys.response', webhook)).toThrow(refused)
    expect(() => sealer.openBytes('data-key', webhook)).toThrow(refused)
  })
})

describe('a blind index', () => {
  test('is the same for the same value, and another in another column or shop', () => {
    const index = sealer.blindIndex('orders.email', 'a@example.com')
    const elsewhere = createSealer({ dataKey: randomBytes(32), tokenKey: randomBytes(32) })
    expect(sealer.blindIndex('orders.email', 'a@example.com')).toEqual(index)
    expect(sealer.blindIndex('orders.phone', 'a@example.com')).not.toEqual(index)
    expect(sealer.blindIndex('orders.email', 'b@example.com')).not.toEqual(index)
    expect(elsewhere.blindIndex('orders.email', 'a@example.com')).not.toEqual(index)
  })

  test('does not confuse where the column ends', () => {
    expect(sealer.blindIndex('a', 'bc')).not.toEqual(sealer.blindIndex('ab', 'c'))
  })
})

describe('an order token', () => {
  const id = '0192a000-0000-7000-8000-0000000000aa'

  test('is for one order only', () => {
    const token = sealer.orderToken(id)
    expect(token).toMatch(/^[A-Za-z0-9_-]{32}$/)
    expect(sealer.isOrderToken(id, token)).toBe(true)
    expect(sealer.isOrderToken('0192a000-0000-7000-8000-0000000000ab', token)).toBe(false)
  })

  test.each(['', 'x', 'x'.repeat(32), 'é'.repeat(16), 'x'.repeat(100_000)])('is not %j', (token) => {
    expect(sealer.isOrderToken(id, token)).toBe(false)
  })
})
