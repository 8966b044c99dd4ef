import { randomFillSync } from 'node:crypto'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const pool = Buffer.alloc(8192)
let used = pool.length

/** A random id in the providers' manner: `pi_3kX…`. Bytes come from a pool, so that one system call serves many ids. */
export function makeId(prefix: string, length = 24): string {
  if (used + length > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  let id = prefix
  for (let index = 0; index < length; index += 1) id += ALPHABET[(pool[used + index] ?? 0) % ALPHABET.length]
  used += length
  return id
}
