import { expect, test } from 'vitest'
import { clientLabel } from './client-label.ts'

const mozilla = 'Mozilla/5.0'
const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)'

test.each([
  ['Chrome on Android', `${mozilla} (Linux; Android 15; Pixel 9) ${webkit} Chrome/142.0.0.0 Mobile Safari/537.36`],
  ['Chrome on Windows', `${mozilla} (Windows NT 10.0; Win64; x64) ${webkit} Chrome/142.0.0.0 Safari/537.36`],
  [
    'Safari on iOS',
    `${mozilla} (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1`,
  ],
  ['Firefox on Linux', `${mozilla} (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0`],
  ['Unknown', ''],
])('a device is known as %j', (label, userAgent) => {
  expect(clientLabel(userAgent)).toBe(label)
})

test.each(['x'.repeat(300), '<script>alert(1)</script>', '{{constructor}}', '\u0000\n'])(
  '%j is a device, too',
  (userAgent) => {
    expect(clientLabel(userAgent).length).toBeLessThanOrEqual(100)
  },
)
