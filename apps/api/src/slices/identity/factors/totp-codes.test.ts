import { Secret } from 'otpauth'
import { expect, test } from 'vitest'
import { newTotpSecret, stepOfCode, totpUri } from './totp-codes.ts'

// RFC 6238, appendix B, cut to six digits: the secret is the ASCII text.
const rfcSecret = Secret.fromLatin1('12345678901234567890').base32
const at = (seconds: number): Date => new Date(seconds * 1000)

test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_234_567_890, '005924'],
  [20_000_000_000, '353130'],
])('the code of RFC 6238 at %i s is read as its step', (seconds, code) => {
  expect(stepOfCode(rfcSecret, code, at(seconds))).toBe(Math.floor(seconds / 30))
})

test('ST-1: a code is of its own step, one early or one late, and of no other', () => {
  const early = (steps: number): number | undefined => stepOfCode(rfcSecret, '005924', at(1_234_567_890 + steps * 30))
  expect([-2, -1, 0, 1, 2].map(early)).toEqual([undefined, 41_152_263, 41_152_263, 41_152_263, undefined])
})

test('ST-1: a seed is 160 bits, another each time, and its address says what apps must do', () => {
  const secret = newTotpSecret()
  expect(Secret.fromBase32(secret).bytes).toHaveLength(20)
  expect(newTotpSecret()).not.toBe(secret)
  const uri = new URL(totpUri(secret, { issuer: 'داو', label: 'a@dhow.example' }))
  expect(Object.fromEntries(uri.searchParams)).toEqual({
    issuer: 'داو',
    secret,
    algorithm: 'SHA1',
    digits: '6',
    period: '30',
  })
})
