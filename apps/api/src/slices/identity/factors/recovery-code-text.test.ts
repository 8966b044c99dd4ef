import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { newRecoverySecret, printRecoveryCode, readRecoveryCode, selectorOf } from './recovery-code-text.ts'

const selector = selectorOf(randomBytes(32).toString('base64url'))

test('ST-2: the secret half of a code has 80 bits', () => {
  const secrets = Array.from({ length: 200 }, newRecoverySecret)
  expect(new Set(secrets).size).toBe(200)
  expect(new Set(secrets.join('')).size).toBe(32) // every letter is five bits
  expect(secrets.every((secret) => secret.length === 16)).toBe(true)
})

test('a code is read as it was printed, in any case, with and without dashes, and with the letters people mistake', () => {
  const printed = printRecoveryCode(selector, '0123456789ABCDE1')
  expect(printed).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){3}$/)
  const parts = { selector, secret: '0123456789ABCDE1' }
  const typed = [printed, printed.toLowerCase(), printed.replaceAll('-', ''), ` ${printed.replaceAll('-', ' – ')} `]
  const mistaken = printed.slice(0, 5) + printed.slice(5).replaceAll('0', 'o').replaceAll('1', 'l')
  for (const text of [...typed, mistaken]) expect(readRecoveryCode(text)).toEqual(parts)
})

test.each(['', 'short', 'U'.repeat(20), '0'.repeat(21)])('%j is no code', (text) => {
  expect(readRecoveryCode(text)).toBeUndefined()
})
