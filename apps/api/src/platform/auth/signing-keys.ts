import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { calculateJwkThumbprint } from 'jose'
import type { JWK } from 'jose'
import type { Clock } from '../clock.ts'
import type { Sealer } from '../crypto/sealing.ts'
import { inTransaction } from '../db/database.ts'
import type { Db, DbOrTx, Tx } from '../db/database.ts'
import type { Log } from '../telemetry/log.ts'
import { insertSigningKey, listLiveKeys, lockSigningKeys, retireSigningKeys } from './signing-keys.sql.ts'
import type { SigningKeyRow } from './signing-keys.sql.ts'
import { ACCESS_SECONDS, LEEWAY_SECONDS } from './token-life.ts'

/** A new key is published this long before it signs, so that whoever keeps the key set has read it again by then. */
export const PUBLISHED_AHEAD_SECONDS = 600
/** A process reads the keys again after this long; until {@link TOO_OLD_SECONDS} it need not wait for that. */
const FRESH_SECONDS = 30
const TOO_OLD_SECONDS = 300
/** A token with a key nobody knows makes us look at most this often, so that a flood of them is no flood of queries. */
const LOOK_AGAIN_SECONDS = 1

interface SigningKey {
  kid: string
  privateKey: KeyObject
}

/** The keys access tokens are signed with, as every process has them: read from the database, kept for half a minute. */
export interface Keyring {
  /**
   * The key that signs now. The shop's first one is made when it is first needed. Inside a transaction pass it, so that nobody
   * who holds a connection waits for another one.
   */
  signer(via?: DbOrTx): Promise<SigningKey>
  /** The public half by its id, if tokens signed by it are still believed. */
  verifier(kid: string): Promise<KeyObject | undefined>
  /** What `/.well-known/jwks.json` shows. */
  publicKeys(): Promise<JWK[]>
  /** Reads again when next asked. */
  forget(): void
}

interface KeyringParts {
  db: Db
  sealer: Sealer
  clock: Clock
  log: Log
}

interface LiveKey extends SigningKey {
  publicKey: KeyObject
  publicJwk: JWK
  signsFromMs: number
  retiresMs: number
}

const purposeOf = (kid: string): string => `signing_keys.private.${kid}`

/** An Ed25519 key named by its thumbprint (RFC 7638), its private half sealed by the master key. */
async function makeKey(sealer: Sealer): Promise<Pick<SigningKeyRow, 'kid' | 'publicJwk' | 'privateSealed'>> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const { kty, crv, x } = publicKey.export({ format: 'jwk' })
  const kid = await calculateJwkThumbprint({ kty, crv, x })
  return {
    kid,
    publicJwk: { kty, crv, x, kid, use: 'sig', alg: 'EdDSA' },
    privateSealed: sealer.sealBytes(purposeOf(kid), privateKey.export({ format: 'der', type: 'pkcs8' })),
  }
}

function openKey(sealer: Sealer, row: SigningKeyRow): LiveKey {
  const der = sealer.openBytes(purposeOf(row.kid), row.privateSealed)
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  return {
    kid: row.kid,
    privateKey,
    publicKey: createPublicKey(privateKey),
    publicJwk: row.publicJwk,
    signsFromMs: row.signsFrom.getTime(),
    retiresMs: row.retiresAt?.getTime() ?? Number.POSITIVE_INFINITY,
  }
}

/** The shop's first key signs at once. Of many processes that find none, the lock lets one make it. */
async function makeFirstKey({ db, sealer, clock }: KeyringParts): Promise<void> {
  const key = await makeKey(sealer)
  await inTransaction(db, async (tx) => {
    await lockSigningKeys(tx)
    const now = clock.now()
    if ((await listLiveKeys(tx, now)).length > 0) return
    await insertSigningKey(tx, { ...key, createdAt: now, signsFrom: now, retiresAt: null })
  })
}

export interface Rotation {
  kid: string
  signsFrom: Date
  /** When the last token of the old key has expired, everywhere; with `isUrgent`, at once. */
  oldRetiresAt: Date
  /** False when a key was on its way already: that one is told then, and nothing changed. */
  isNew: boolean
}

/**
 * Publishes a new key and sets the old one's end: one access life, and leeway, after the new one began to sign. `isUrgent` is for
 * a key somebody else may have: the new one signs and the old one's tokens are worth nothing, now. `tx` is the transaction it is
 * recorded in.
 */
export async function rotateSigningKey(
  parts: Pick<KeyringParts, 'sealer' | 'clock'>,
  tx: Tx,
  { isUrgent }: { isUrgent: boolean },
): Promise<Rotation> {
  const key = await makeKey(parts.sealer)
  await lockSigningKeys(tx)
  const now = parts.clock.now()
  const after = (from: Date, seconds: number): Date => new Date(from.getTime() + seconds * 1000)
  const endAfter = (from: Date): Date =>
    after(from, isUrgent ? 0 : Math.max(...Object.values(ACCESS_SECONDS)) + LEEWAY_SECONDS)
  const [newest] = await listLiveKeys(tx, now)
  if (!isUrgent && newest && newest.signsFrom > now)
    return { kid: newest.kid, signsFrom: newest.signsFrom, oldRetiresAt: endAfter(newest.signsFrom), isNew: false }
  const signsFrom = newest && !isUrgent ? after(now, PUBLISHED_AHEAD_SECONDS) : now
  await retireSigningKeys(tx, endAfter(signsFrom))
  await insertSigningKey(tx, { ...key, createdAt: now, signsFrom, retiresAt: null })
  return { kid: key.kid, signsFrom, oldRetiresAt: endAfter(signsFrom), isNew: true }
}

export function createKeyring(parts: KeyringParts): Keyring {
  const { db, sealer, clock, log } = parts
  let keys: readonly LiveKey[] = []
  let readAtMs = Number.NEGATIVE_INFINITY
  let reading: Promise<void> | undefined
  const ageSeconds = (): number => (clock.now().getTime() - readAtMs) / 1000

  async function readAll(via: DbOrTx): Promise<void> {
    const atMs = clock.now().getTime()
    let rows = await listLiveKeys(via, clock.now())
    if (rows.length === 0) {
      await makeFirstKey(parts)
      rows = await listLiveKeys(via, clock.now())
    }
    const known = new Map(keys.map((key) => [key.kid, key]))
    keys = rows.map((row) => {
      const opened = known.get(row.kid) ?? openKey(sealer, row)
      return { ...opened, retiresMs: row.retiresAt?.getTime() ?? Number.POSITIVE_INFINITY }
    })
    readAtMs = atMs
  }
  const read = (): Promise<void> => (reading ??= readAll(db).finally(() => (reading = undefined)))

  async function live(via: DbOrTx = db): Promise<readonly LiveKey[]> {
    if (ageSeconds() >= TOO_OLD_SECONDS) await (via === db ? read() : readAll(via))
    else if (ageSeconds() >= FRESH_SECONDS)
      read().catch((error: unknown) => log.warn({ err: error }, 'signing keys could not be read again'))
    const nowMs = clock.now().getTime()
    return keys.filter((key) => key.retiresMs > nowMs)
  }

  return {
    async signer(via) {
      const all = await live(via)
      const nowMs = clock.now().getTime()
      // Newest first. A clock behind the one that made the first key finds none that signs yet, and takes that.
      const key = all.find(({ signsFromMs }) => signsFromMs <= nowMs) ?? all.at(-1)
      if (!key) throw new Error('there is no key to sign with')
      return key
    },
    async verifier(kid) {
      const find = async () => (await live()).find((key) => key.kid === kid)?.publicKey
      const known = await find()
      if (known || ageSeconds() < LOOK_AGAIN_SECONDS) return known
      await read()
      return find()
    },
    publicKeys: async () => (await live()).map(({ publicJwk }) => publicJwk),
    forget: () => void (readAtMs = Number.NEGATIVE_INFINITY),
  }
}
