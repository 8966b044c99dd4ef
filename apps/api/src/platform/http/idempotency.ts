import type { Clock } from '../clock.ts'
import { sha256 } from '../crypto/sealing.ts'
import type { Sealer } from '../crypto/sealing.ts'
import type { Db } from '../db/database.ts'
import { claimKey, findKey, releaseKey, storeAnswer } from './idempotency.sql.ts'
import type { KeyClaim } from './idempotency.sql.ts'
import { Problem } from './problem.ts'

/**
 * How long a request has its key for itself. Short, because a shopper waits behind a process that died: taking over from one
 * that is only slow does no harm, for what the key guards is safe to do twice and the first answer wins.
 */
const LOCK_SECONDS = 10
const keyShape = /^[\x21-\x7E]{8,255}$/
const purpose = 'idempotency_keys.response'

export interface Answer {
  status: number
  body: string
  isReplay: boolean
}

interface IdempotentCall {
  scope: string
  key: string
  /** Canonical text of what was asked; another text under the same key is refused. */
  fingerprint: string
  run: () => Promise<{ status: number; body: string }>
}

/** Reads the header or throws: 8–255 visible ASCII characters. */
export function checkKey(key: string): string {
  if (!keyShape.test(key))
    throw new Problem('request/malformed', { detail: 'Idempotency-Key must be 8 to 255 visible ASCII characters' })
  return key
}

async function replay(deps: { db: Db; sealer: Sealer }, claim: KeyClaim): Promise<Answer> {
  const row = await findKey(deps.db, claim.scope, claim.keyHash)
  if (row && !row.bodyHash.equals(claim.bodyHash)) throw new Problem('idempotency/mismatch')
  if (!row?.status || !row.response) throw new Problem('idempotency/in-progress', { headers: { 'Retry-After': '1' } })
  return { status: row.status, body: deps.sealer.openBytes(purpose, row.response).toString(), isReplay: true }
}

/**
 * The first answer of a key is stored and replayed. A request that fails stores nothing and gives the key back: what it
 * guards is itself safe to repeat. When the process dies in between, the key is free again after ten seconds.
 */
export async function runOnce(deps: { db: Db; sealer: Sealer; clock: Clock }, call: IdempotentCall): Promise<Answer> {
  const now = deps.clock.now()
  const claim: KeyClaim = {
    scope: call.scope,
    keyHash: sha256(call.key),
    bodyHash: sha256(call.fingerprint),
    lockedUntil: new Date(now.getTime() + LOCK_SECONDS * 1000),
    now,
  }
  if (!(await claimKey(deps.db, claim))) return replay(deps, claim)
  try {
    const { status, body } = await call.run()
    const response = deps.sealer.sealBytes(purpose, Buffer.from(body))
    const isFirst = await storeAnswer(deps.db, claim, { status, response })
    return isFirst ? { status, body, isReplay: false } : await replay(deps, claim)
  } catch (error) {
    await releaseKey(deps.db, claim).catch(() => undefined)
    throw error
  }
}
