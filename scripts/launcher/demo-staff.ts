import { createHmac } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'

/** A demo account of the back office, as the seed wrote it. */
export type DemoStaff = { email: string; password: string; totpSecret: string }

const STEP_SECONDS = 30
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The demo accounts in `file`; none when there is no such file, or it is not what the seed writes. */
export function readDemoStaff(file: string): DemoStaff[] {
  if (!existsSync(file)) return []
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
  return Array.isArray(value) ? value.filter(isDemoStaff) : []
}

function isDemoStaff(value: unknown): value is DemoStaff {
  if (typeof value !== 'object' || value === null) return false
  const has = (name: string) => typeof Object.entries(value).find(([key]) => key === name)?.[1] === 'string'
  return has('email') && has('password') && has('totpSecret')
}

function bytesOf(base32: string): Buffer {
  const bits = Array.from(base32, (letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

/** What an authenticator app shows now for the secret (RFC 6238: SHA-1, 30 seconds, six digits). */
export function totpCode(secret: string, nowMs: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(nowMs / 1_000 / STEP_SECONDS)))
  const mac = createHmac('sha1', bytesOf(secret)).update(counter).digest()
  const number = mac.readUInt32BE((mac.at(-1) ?? 0) & 0xf) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}
