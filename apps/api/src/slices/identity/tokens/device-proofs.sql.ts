import type { Tx } from '../../../platform/db/database.ts'

/** Remembers a proof; false when it was seen before. */
export async function useProof(tx: Tx, proof: { jtiHash: Buffer; expiresAt: Date }): Promise<boolean> {
  const row = await tx
    .insertInto('usedProofs')
    .values(proof)
    .onConflict((conflict) => conflict.doNothing())
    .returning('jtiHash')
    .executeTakeFirst()
  return row !== undefined
}
