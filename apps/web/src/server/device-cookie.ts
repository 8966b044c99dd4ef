import { randomBytes } from 'node:crypto'
import { DeviceId } from '@dhow/contracts/auth.ts'
import type { Cookies } from '../framework/page.ts'

const deviceCookie = 'dhow_device'
const oneYear = 365 * 24 * 60 * 60

/** The browser's own random name, which limits count by. Pages of signing in give it one; it permits nothing. */
export function deviceIdOf(cookies: Cookies, options: { isGiven: boolean }): string | undefined {
  const known = DeviceId.safeParse(cookies.get(deviceCookie))
  if (known.success) return known.data
  if (!options.isGiven) return undefined
  const made = randomBytes(16).toString('base64url')
  cookies.set(deviceCookie, made, { maxAgeSeconds: oneYear })
  return made
}
