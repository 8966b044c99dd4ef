import { expect, test } from 'vitest'
import { totpCode } from './demo-staff.ts'

/** RFC 6238, appendix B, SHA-1: the secret is the text 12345678901234567890, and codes have eight digits there. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_234_567_890, '005924'],
  [20_000_000_000, '353130'],
])('the code of second %i is that of RFC 6238', (seconds, code) => {
  expect(totpCode(secret, seconds * 1_000)).toBe(code)
})
