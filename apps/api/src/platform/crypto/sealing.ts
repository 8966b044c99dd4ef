import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'

/**
 * Field encryption (security facts KM-1, KM-2): AES-256-GCM under a data key of its own per cart or order, itself wrapped by
 * the master key. Ciphertext = version (1 byte) | nonce (12) | tag (16) | bytes. The additional data names the column, so a
 * value moved elsewhere does not open. Destroying the wrapped data key erases what it sealed.
 */
const VERSION = 1
const NONCE = 12
const TAG = 16

function encrypt(key: Buffer, plain: Buffer, purpose: string): Buffer {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(purpose))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([Buffer.from([VERSION]), nonce, cipher.getAuthTag(), body])
}

function decrypt(key: Buffer, sealed: Buffer, purpose: string): Buffer {
  if (sealed[0] !== VERSION || sealed.length < 1 + NONCE + TAG) throw new Error(`${purpose}: not a sealed value`)
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + NONCE))
  decipher.setAAD(Buffer.from(purpose))
  decipher.setAuthTag(sealed.subarray(1 + NONCE, 1 + NONCE + TAG))
  return Buffer.concat([decipher.update(sealed.subarray(1 + NONCE + TAG)), decipher.final()])
}

export interface Sealer {
  /** A new data key, wrapped by the master key: what is stored beside the fields it seals. */
  newDataKey(): Buffer
  sealJson(wrappedDataKey: Buffer, purpose: string, value: unknown): Buffer
  /** Throws when a bit was flipped, the key is another row's, or the purpose is another column's. */
  openJson(wrappedDataKey: Buffer, purpose: string, sealed: Buffer): unknown
  /** Sealed by the master key itself, for bytes that belong to nobody in particular. */
  sealBytes(purpose: string, bytes: Buffer): Buffer
  openBytes(purpose: string, sealed: Buffer): Buffer
  /** Keyed index for equality look-ups of a sealed value; another column of the same value has another index. */
  blindIndex(column: string, value: string): Buffer
  /** 192 bits derived from the id: the permission to see one order, never stored. */
  orderToken(orderId: string): string
  isOrderToken(orderId: string, token: string): boolean
  /** 256 bits derived from an id for one purpose (a mailed link, a CSRF token), in base64url: never stored, at most as a hash. */
  deriveToken(purpose: string, id: string): string
  isDerivedToken(purpose: string, id: string, token: string): boolean
}

const derive = (key: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), purpose, 32))

/**
 * Sealed by a secret whose hash alone we keep: only who still has the secret can have it opened. The secret must be random, of
 * 256 bits.
 */
export const sealUnder = (secret: string, purpose: string, bytes: Buffer): Buffer =>
  encrypt(derive(Buffer.from(secret), purpose), bytes, purpose)

/** Throws when the secret is another. */
export const openUnder = (secret: string, purpose: string, sealed: Buffer): Buffer =>
  decrypt(derive(Buffer.from(secret), purpose), sealed, purpose)

export const sha256 = (value: string | Buffer): Buffer => createHash('sha256').update(value).digest()

function isSame(wanted: string, given: string): boolean {
  const [one, other] = [Buffer.from(wanted), Buffer.from(given)]
  return one.length === other.length && timingSafeEqual(one, other)
}

/** @param keys 32 bytes each: the master key that wraps data keys, and the key tokens and indexes are derived from. */
export function createSealer(keys: { dataKey: Buffer; tokenKey: Buffer }): Sealer {
  const tokenKey = derive(keys.tokenKey, 'order-token')
  const indexKey = derive(keys.tokenKey, 'blind-index')
  const unwrap = (wrapped: Buffer): Buffer => decrypt(keys.dataKey, wrapped, 'data-key')
  const linkKey = derive(keys.tokenKey, 'derived-token')
  const deriveToken = (purpose: string, id: string): string =>
    createHmac('sha256', linkKey).update(`${purpose}\0${id}`).digest('base64url')
  const orderToken = (orderId: string): string =>
    createHmac('sha256', tokenKey).update(orderId).digest().subarray(0, 24).toString('base64url')
  return {
    newDataKey: () => encrypt(keys.dataKey, randomBytes(32), 'data-key'),
    sealJson: (wrapped, purpose, value) => encrypt(unwrap(wrapped), Buffer.from(JSON.stringify(value)), purpose),
    openJson: (wrapped, purpose, sealed) => JSON.parse(decrypt(unwrap(wrapped), sealed, purpose).toString()),
    sealBytes: (purpose, bytes) => encrypt(keys.dataKey, bytes, purpose),
    openBytes: (purpose, sealed) => decrypt(keys.dataKey, sealed, purpose),
    blindIndex: (column, value) => createHmac('sha256', indexKey).update(`${column}\0${value}`).digest(),
    orderToken,
    isOrderToken: (orderId, token) => isSame(orderToken(orderId), token),
    deriveToken,
    isDerivedToken: (purpose, id, token) => isSame(deriveToken(purpose, id), token),
  }
}
