import { readFile } from 'node:fs/promises'
import { sha256 } from '../../../platform/crypto/sealing.ts'

/**
 * The list of common passwords as a file: SHA-256 of each entry cut to 40 bits. The first 16 say which of 65,536 buckets it is
 * in, the other 24 are stored, sorted within the bucket; before them stands where each bucket ends (32 bits each). 900,000
 * entries fit in 3 MB, and one that is not among them looks so once in a million times.
 */
const BUCKETS = 65_536
const INDEX_BYTES = BUCKETS * 4
const ENTRY_BYTES = 3

/** Passwords differ by more than this from one another; what is compared is this. */
export const comparable = (password: string): string => password.normalize('NFKC').toLowerCase()

/** Shorter ones are no use: even the base of a password of 15 characters is longer. */
export const MIN_LISTED_LENGTH = 6

export interface CommonList {
  /** Of the {@link comparable} form. */
  has(word: string): boolean
}

/** Writes the file from the words, in any order and with repetitions. */
export function encodeList(words: Iterable<string>): Buffer {
  const hashes = new Set<string>()
  for (const word of words) {
    const entry = comparable(word)
    if (entry.length >= MIN_LISTED_LENGTH) hashes.add(sha256(entry).toString('hex', 0, 5))
  }
  const sorted = [...hashes].sort()
  const ends = Buffer.alloc(INDEX_BYTES)
  for (const hash of sorted) {
    const at = Number.parseInt(hash.slice(0, 4), 16) * 4
    ends.writeUInt32BE(ends.readUInt32BE(at) + 1, at)
  }
  for (let bucket = 1, end = ends.readUInt32BE(0); bucket < BUCKETS; bucket += 1) {
    end += ends.readUInt32BE(bucket * 4)
    ends.writeUInt32BE(end, bucket * 4)
  }
  return Buffer.concat([ends, ...sorted.map((hash) => Buffer.from(hash.slice(4), 'hex'))])
}

/** Reads what {@link encodeList} wrote. */
export function openList(file: Buffer): CommonList {
  const endOf = (bucket: number): number => (bucket < 0 ? 0 : file.readUInt32BE(bucket * 4))
  return {
    has(word) {
      const hash = sha256(word)
      const bucket = hash.readUInt16BE(0)
      const wanted = hash.readUIntBE(2, ENTRY_BYTES)
      let [low, high] = [endOf(bucket - 1), endOf(bucket)]
      while (low < high) {
        const middle = (low + high) >> 1
        const found = file.readUIntBE(INDEX_BYTES + middle * ENTRY_BYTES, ENTRY_BYTES)
        if (found === wanted) return true
        if (found < wanted) low = middle + 1
        else high = middle
      }
      return false
    },
  }
}

const path = new URL('../../../../passwords/common-passwords.bin', import.meta.url)
let reading: Promise<CommonList> | undefined

/** The list that ships with the shop, read when it is first asked. */
export const commonList = (): Promise<CommonList> => (reading ??= readFile(path).then(openList))
