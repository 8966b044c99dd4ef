import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

/**
 * A WebAuthn authenticator and its browser, in Node: P-256 keys, attestation `none`, real CBOR, real signatures. It does as it
 * is told, also what no browser would: answer for another origin, leave the person unverified, count backwards.
 */
export interface SoftAuthenticator {
  /** What `navigator.credentials.create()` answers. Keeps the passkey. */
  create(options: { challenge: string; [member: string]: unknown }, odd?: Oddity): Attestation
  /** What `navigator.credentials.get()` answers, by the newest passkey it may use. */
  get(options: { challenge: string; [member: string]: unknown }, odd?: Oddity): Assertion
}

export interface Oddity {
  origin?: string
  rpId?: string
  userVerified?: boolean
  crossOrigin?: boolean
  challenge?: string
  /** Instead of the next one. */
  counter?: number
  /** Instead of the one the passkey was made for. */
  userHandle?: string
  /** Flips a bit of the signature. */
  isForged?: boolean
}

interface PasskeyJson {
  [member: string]: unknown
  id: string
  rawId: string
  type: 'public-key'
}
export type Attestation = PasskeyJson & { response: Record<string, unknown> }
export type Assertion = PasskeyJson & { response: Record<string, unknown> }

interface Held {
  id: Buffer
  privateKey: KeyObject
  counter: number
  userHandle: string
  rpId: string
}

const sha256 = (data: Buffer | string): Buffer => createHash('sha256').update(data).digest()
const base64url = (data: Buffer | string): string => Buffer.from(data).toString('base64url')

// --- CBOR (RFC 8949), as much as is needed: integers, bytes, text, maps

function head(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value])
  if (value < 256) return Buffer.from([(major << 5) | 24, value])
  return Buffer.from([(major << 5) | 25, value >> 8, value & 255])
}

type Cbor = number | string | Buffer | Map<number | string, Cbor>

function cbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, part]) => [cbor(key), cbor(part)])])
}

/** COSE (RFC 9053): an EC2 key for ES256. */
function coseKey(publicKey: KeyObject): Buffer {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const [xBytes, yBytes] = [Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]
  return cbor(new Map<number, Cbor>([[1, 2], [3, -7], [-1, 1], [-2, xBytes], [-3, yBytes]])) // prettier-ignore
}

const USER_PRESENT = 0x01
const USER_VERIFIED = 0x04
const HAS_CREDENTIAL = 0x40

function authenticatorData(fact: { rpId: string; flags: number; counter: number; credential?: Buffer }): Buffer {
  const counter = Buffer.alloc(4)
  counter.writeUInt32BE(fact.counter)
  return Buffer.concat([sha256(fact.rpId), Buffer.from([fact.flags]), counter, fact.credential ?? Buffer.alloc(0)])
}

interface Setting {
  origin: string
  rpId: string
  /** Synced passkeys count nothing; others count up with each use. */
  counts?: boolean
}

function clientData(type: string, challenge: string, { origin, odd }: { origin: string; odd: Oddity }): string {
  return JSON.stringify({
    type,
    challenge: odd.challenge ?? challenge,
    origin: odd.origin ?? origin,
    crossOrigin: odd.crossOrigin ?? false,
  })
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined

/** A new one, holding nothing, in a browser that shows a page of `origin`. */
export function softAuthenticator({ origin, rpId, counts = true }: Setting): SoftAuthenticator {
  const held: Held[] = []
  const flagsOf = (odd: Oddity): number => USER_PRESENT | (odd.userVerified === false ? 0 : USER_VERIFIED)

  function create(options: { challenge: string; [member: string]: unknown }, odd: Oddity = {}): Attestation {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const id = randomBytes(32)
    const host = odd.rpId ?? rpId
    const passkey = { id, privateKey, counter: 0, userHandle: String(memberOf(options['user'], 'id')), rpId: host }
    held.push(passkey)
    const credential = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, coseKey(publicKey)])
    const authData = authenticatorData({ rpId: host, flags: flagsOf(odd) | HAS_CREDENTIAL, counter: 0, credential })
    const attestation = new Map<string, Cbor>([['fmt', 'none'], ['attStmt', new Map()], ['authData', authData]]) // prettier-ignore
    return {
      id: base64url(id),
      rawId: base64url(id),
      type: 'public-key',
      response: {
        clientDataJSON: base64url(clientData('webauthn.create', options.challenge, { origin, odd })),
        attestationObject: base64url(cbor(attestation)),
        transports: ['internal'],
      },
      clientExtensionResults: {},
    }
  }

  function choose(options: Record<string, unknown>): Held {
    const allowed = Array.isArray(options['allowCredentials']) ? options['allowCredentials'] : []
    const ids = new Set(allowed.map((one) => memberOf(one, 'id')))
    const found = held.findLast(({ id }) => ids.size === 0 || ids.has(base64url(id)))
    if (!found) throw new Error('this authenticator holds no passkey that may be used')
    return found
  }

  function get(options: { challenge: string; [member: string]: unknown }, odd: Oddity = {}): Assertion {
    const passkey = choose(options)
    if (counts) passkey.counter += 1
    const authData = authenticatorData({
      rpId: odd.rpId ?? passkey.rpId,
      flags: flagsOf(odd),
      counter: odd.counter ?? passkey.counter,
    })
    const clientDataJson = clientData('webauthn.get', options.challenge, { origin, odd })
    const signature = sign('sha256', Buffer.concat([authData, sha256(clientDataJson)]), passkey.privateKey)
    if (odd.isForged) signature[signature.length - 1] = (signature.at(-1) ?? 0) ^ 1
    return {
      id: base64url(passkey.id),
      rawId: base64url(passkey.id),
      type: 'public-key',
      response: {
        clientDataJSON: base64url(clientDataJson),
        authenticatorData: base64url(authData),
        signature: base64url(signature),
        userHandle: odd.userHandle ?? passkey.userHandle,
      },
      clientExtensionResults: {},
    }
  }

  return { create, get }
}
