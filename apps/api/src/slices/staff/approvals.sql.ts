import type { DbOrTx, Tx } from '../../platform/db/database.ts'

export interface ApprovalRow {
  id: string
  action: string
  subject: Record<string, unknown>
  reason: string
  state: 'pending' | 'approved' | 'rejected' | 'withdrawn'
  requestedBy: string
  requestedAt: Date
  expiresAt: Date
  decidedBy: string | null
  decidedAt: Date | null
}

const columns = [
  'id',
  'action',
  'subject',
  'reason',
  'state',
  'requestedBy',
  'requestedAt',
  'expiresAt',
  'decidedBy',
  'decidedAt',
] as const

const MOST = 50

export async function insertApproval(tx: Tx, approval: ApprovalRow): Promise<void> {
  await tx
    .insertInto('approvals')
    .values({ ...approval, subject: JSON.stringify(approval.subject) })
    .execute()
}

/** Asked for since `since`, newest first; of one person, or of everybody. */
export const listApprovals = (
  db: DbOrTx,
  { since, requestedBy }: { since: Date; requestedBy?: string },
): Promise<ApprovalRow[]> => {
  const recent = db
    .selectFrom('approvals')
    .select(columns)
    .where('requestedAt', '>', since)
    .orderBy('requestedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST)
  return (requestedBy === undefined ? recent : recent.where('requestedBy', '=', requestedBy)).execute()
}

export const findApproval = (db: DbOrTx, id: string): Promise<ApprovalRow | undefined> =>
  db.selectFrom('approvals').select(columns).where('id', '=', id).executeTakeFirst()

/** Settles it if it still waits and its time is not up: of many who decide at once, one does. */
export const decideApproval = (
  tx: Tx,
  decision: { id: string; state: 'approved' | 'rejected' | 'withdrawn'; decidedBy: string; now: Date },
): Promise<ApprovalRow | undefined> =>
  tx
    .updateTable('approvals')
    .set({ state: decision.state, decidedBy: decision.decidedBy, decidedAt: decision.now })
    .where('id', '=', decision.id)
    .where('state', '=', 'pending')
    .where('expiresAt', '>', decision.now)
    .returning(columns)
    .executeTakeFirst()

/** What somebody asked for falls with them. Gives the ids. */
export async function withdrawAll(tx: Tx, requestedBy: string, now: Date): Promise<string[]> {
  const rows = await tx
    .updateTable('approvals')
    .set({ state: 'withdrawn', decidedBy: requestedBy, decidedAt: now })
    .where('requestedBy', '=', requestedBy)
    .where('state', '=', 'pending')
    .where('expiresAt', '>', now)
    .returning('id')
    .execute()
  return rows.map((row) => row.id)
}
