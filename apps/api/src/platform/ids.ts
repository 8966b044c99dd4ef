import { createHash, randomBytes, randomInt } from 'node:crypto'

let lastMs = 0
let sequence = 0

/**
 * A UUIDv7 (RFC 9562 §5.7): 48 bits of milliseconds, a 12-bit counter that keeps ids of one process in order, 62 random bits.
 * Sorts by creation, tolerates skewed clocks, and is never a secret.
 */
export function newId(nowMs: number = Date.now()): string {
  sequence += 1
  // A full counter borrows the next millisecond (RFC 9562 §6.2), so that the order holds.
  if (nowMs > lastMs || sequence > 0xfff) {
    lastMs = Math.max(nowMs, lastMs + 1)
    sequence = 0
  }
  const bytes = randomBytes(16)
  bytes.writeUIntBE(lastMs, 0, 6)
  bytes.writeUInt16BE(0x7000 | sequence, 6)
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return print(bytes)
}

function print(bytes: Buffer): string {
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** A UUIDv8 (RFC 9562 §5.8) that is the same for the same parts: what must be made once is named by what it is made of. */
export function idFrom(...parts: readonly string[]): string {
  const bytes = createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return print(bytes)
}

/** 128 random bits as 22 characters of base64url: knowing it is the permission. */
export const newKey = (): string => randomBytes(16).toString('base64url')

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** `DH-7K3M-9QXT`: 40 random bits, so that numbers say nothing about how many orders there are. Unique by constraint. */
export function newOrderNumber(): string {
  const digits = Array.from({ length: 8 }, () => crockford[randomInt(32)]).join('')
  return `DH-${digits.slice(0, 4)}-${digits.slice(4)}`
}
