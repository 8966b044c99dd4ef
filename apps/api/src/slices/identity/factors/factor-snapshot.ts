import { z } from 'zod'
import type { Tx } from '../../../platform/db/database.ts'
import { deletePasskey, insertPasskey, listPasskeysOf } from './passkeys.sql.ts'
import type { PasskeyRow } from './passkeys.sql.ts'
import { listRecoveryCodes, putRecoveryCodes } from './recovery-codes.sql.ts'
import { deleteTotp, findTotp, putTotp } from './totp.sql.ts'

const Instant = z.iso.datetime().transform((text) => new Date(text))
const Bytes = z.base64().transform((text) => Buffer.from(text, 'base64'))

/** All factors of an account as they were, as an undo link keeps them: sealed, for 72 hours. */
export const FactorSnapshot = z.strictObject({
  totp: z.strictObject({ seedSealed: Bytes, confirmedAt: Instant, lastStep: z.int(), createdAt: Instant }).nullable(),
  recoveryCodes: z.array(
    z.strictObject({ id: z.uuid(), hash: z.string(), usedAt: Instant.nullable(), createdAt: Instant }),
  ),
  passkeys: z.array(
    z.strictObject({
      id: z.uuid(),
      credentialId: Bytes,
      publicKey: Bytes,
      counter: z.int(),
      transports: z.array(z.string()),
      name: z.string(),
      isBackedUp: z.boolean(),
      createdAt: Instant,
      lastUsedAt: Instant.nullable(),
    }),
  ),
})
export type FactorSnapshot = z.input<typeof FactorSnapshot>

const passkeySnapshot = ({ accountId: _, ...row }: PasskeyRow): FactorSnapshot['passkeys'][number] => ({
  ...row,
  credentialId: row.credentialId.toString('base64'),
  publicKey: row.publicKey.toString('base64'),
  createdAt: row.createdAt.toISOString(),
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
})

/** Takes note of every factor before one is changed. Lock the account first. */
export async function snapshotFactors(tx: Tx, accountId: string): Promise<FactorSnapshot> {
  const totp = await findTotp(tx, accountId)
  const codes = await listRecoveryCodes(tx, accountId)
  return {
    totp: totp?.confirmedAt
      ? {
          seedSealed: totp.seedSealed.toString('base64'),
          confirmedAt: totp.confirmedAt.toISOString(),
          lastStep: totp.lastStep,
          createdAt: totp.createdAt.toISOString(),
        }
      : null,
    recoveryCodes: codes.map(({ id, hash, usedAt, createdAt }) => ({
      id,
      hash,
      usedAt: usedAt?.toISOString() ?? null,
      createdAt: createdAt.toISOString(),
    })),
    passkeys: (await listPasskeysOf(tx, accountId)).map(passkeySnapshot),
  }
}

/**
 * Puts the factors back as an undo link remembers them: what was added goes, what was taken comes back, and nothing that was
 * used since works again. `before` is what the link kept; throws when it is not a snapshot. The caller ends the sessions.
 */
export async function restoreFactors(
  tx: Tx,
  { accountId, before }: { accountId: string; before: unknown },
): Promise<void> {
  const { totp, recoveryCodes, passkeys } = FactorSnapshot.parse(before)
  if (totp) await putTotp(tx, { accountId, nextSeedSealed: null, ...totp })
  else await deleteTotp(tx, accountId)
  await putRecoveryCodes(
    tx,
    accountId,
    recoveryCodes.map((code) => ({ ...code, accountId })),
  )
  const kept = new Set(passkeys.map(({ id }) => id))
  for (const { id } of await listPasskeysOf(tx, accountId))
    if (!kept.has(id)) await deletePasskey(tx, { id, accountId })
  // Those still there stay as they are: their counters have moved on.
  for (const passkey of passkeys) await insertPasskey(tx, { ...passkey, accountId })
}
