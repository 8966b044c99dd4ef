import { Secret, TOTP } from 'otpauth'

/** What every authenticator app takes (RFC 6238): SHA-1, six digits, a step of 30 seconds. */
const shape = { algorithm: 'SHA1', digits: 6, period: 30 } as const

/** One step either way, for a clock that is off. */
const WINDOW = 1

/** 160 bits, in base32. */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32

/** What the QR code says. */
export const totpUri = (secret: string, names: { issuer: string; label: string }): string =>
  new TOTP({ ...shape, ...names, secret: Secret.fromBase32(secret) }).toString()

/** Which 30-second step since 1970 a code is of, one before to one after now; undefined when it is of none. */
export function stepOfCode(secret: string, code: string, now: Date): number | undefined {
  const timestamp = now.getTime()
  const delta = TOTP.validate({ ...shape, secret: Secret.fromBase32(secret), token: code, timestamp, window: WINDOW })
  return delta === null ? undefined : TOTP.counter({ period: shape.period, timestamp }) + delta
}
