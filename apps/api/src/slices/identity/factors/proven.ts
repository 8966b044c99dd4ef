import type { Tx } from '../../../platform/db/database.ts'

/** A factor that was right, and still has to be used up in the transaction that acts on it. */
export interface Proven {
  /** RFC 8176 where it has a word: `otp`, `hwk`; `recovery` for a recovery code. */
  amr: string
  /** False when somebody else was faster, or it was used before: then it was not right after all. */
  use(tx: Tx): Promise<boolean>
}
