import type { Tx } from '../../../platform/db/database.ts'

/** A person has decided: automatic work goes on. `dismissed` is a mismatch that may stay as it is. */
export async function endHold(
  tx: Tx,
  { id, dismissed, now }: { id: string; dismissed: string | null; now: Date },
): Promise<void> {
  await tx
    .updateTable('payments')
    .set({ heldReason: null, dismissedReason: dismissed, updatedAt: now })
    .where('id', '=', id)
    .execute()
}
