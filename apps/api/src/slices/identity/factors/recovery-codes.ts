import type { AppContext } from '../../../context.ts'
import { newId } from '../../../platform/ids.ts'
import { hashSecret, verifySecret } from '../passwords/hashing.ts'
import { newRecoverySecret, printRecoveryCode, readRecoveryCode, selectorOf } from './recovery-code-text.ts'
import { listRecoveryCodes } from './recovery-codes.sql.ts'
import type { RecoveryCodeRow } from './recovery-codes.sql.ts'

const CODES = 10

const selector = (ctx: Pick<AppContext, 'sealer'>, id: string): string =>
  selectorOf(ctx.sealer.deriveToken('recovery-code', id))

export interface NewRecoveryCodes {
  /** Shown once. */
  codes: string[]
  rows: RecoveryCodeRow[]
}

/**
 * Ten new codes, not yet kept: hashing them takes half a second, so it is done before the transaction that keeps them. One
 * after the other, so that they take one place in the line of hashes. Throws `auth/busy`.
 */
export async function makeRecoveryCodes(ctx: AppContext, accountId: string): Promise<NewRecoveryCodes> {
  const made: NewRecoveryCodes = { codes: [], rows: [] }
  const taken = new Set<string>()
  while (made.codes.length < CODES) {
    const id = newId()
    const prefix = selector(ctx, id)
    if (taken.has(prefix)) continue
    taken.add(prefix)
    const secret = newRecoverySecret()
    made.codes.push(printRecoveryCode(prefix, secret))
    made.rows.push({
      id,
      accountId,
      hash: await hashSecret(ctx, secret),
      usedAt: null,
      createdAt: ctx.clock.now(),
    })
  }
  return made
}

/** The unused code this is, if any; it is right only if `takeRecoveryCode` then takes it. One hash at most is checked. */
export async function findRecoveryCode(ctx: AppContext, accountId: string, typed: string): Promise<string | undefined> {
  const parts = readRecoveryCode(typed)
  const rows = parts ? await listRecoveryCodes(ctx.db, accountId) : []
  const row = rows.find(({ id, usedAt }) => usedAt === null && selector(ctx, id) === parts?.selector)
  return row && parts && (await verifySecret(ctx, parts.secret, row.hash)) ? row.id : undefined
}
