import { sql } from 'kysely'
import type { DbOrTx, Tx } from '../../../platform/db/database.ts'
import type { ProviderName } from '../../../providers/payments/port.ts'

export interface DisputeRow {
  id: string
  paymentId: string
  provider: ProviderName
  providerRef: string
  state: 'inquiry' | 'needs-response' | 'under-review' | 'won' | 'lost' | 'closed'
  reason: string
  amount: number
  currency: string
  dueAt: Date | null
  hasEvidence: boolean
  isRefundable: boolean
  withdrawnAmount: number
  feeAmount: number
  alarmLevel: number
  openedAt: Date
  closedAt: Date | null
}

const columns = [
  'id',
  'paymentId',
  'provider',
  'providerRef',
  'state',
  'reason',
  'amount',
  'currency',
  'dueAt',
  'hasEvidence',
  'isRefundable',
  'withdrawnAmount',
  'feeAmount',
  'alarmLevel',
  'openedAt',
  'closedAt',
] as const

const select = (db: DbOrTx) => db.selectFrom('disputes').select(columns).$castTo<DisputeRow>()

export const findDisputeByRef = (db: DbOrTx, provider: ProviderName, ref: string): Promise<DisputeRow | undefined> =>
  select(db).where('provider', '=', provider).where('providerRef', '=', ref).executeTakeFirst()

/** Writes a dispute as its provider has it now; `alarmLevel` starts anew when evidence is asked for until another day. */
export async function putDispute(tx: Tx, dispute: Omit<DisputeRow, 'alarmLevel'> & { now: Date }): Promise<void> {
  const { now, ...row } = dispute
  await tx
    .insertInto('disputes')
    .values({ ...row, updatedAt: now })
    .onConflict((conflict) =>
      conflict.columns(['provider', 'providerRef']).doUpdateSet((eb) => ({
        state: row.state,
        reason: row.reason,
        amount: row.amount,
        dueAt: row.dueAt,
        hasEvidence: row.hasEvidence,
        isRefundable: row.isRefundable,
        withdrawnAmount: row.withdrawnAmount,
        feeAmount: row.feeAmount,
        closedAt: row.closedAt,
        updatedAt: now,
        alarmLevel: sql<number>`case when ${eb.ref('disputes.dueAt')} is distinct from ${row.dueAt}::timestamptz then 0 else ${eb.ref('disputes.alarmLevel')} end`,
      })),
    )
    .execute()
}

/** Of disputes nobody has decided yet. Plan: partial index disputes_open_idx. */
export async function listOpenDisputeRefs(db: DbOrTx, provider: ProviderName): Promise<string[]> {
  const rows = await db
    .selectFrom('disputes')
    .select('providerRef')
    .where('provider', '=', provider)
    .where('closedAt', 'is', null)
    .execute()
  return rows.map((row) => row.providerRef)
}

/** Whether the bank has the money of this payment already, for good or until it decides: giving it back would pay twice. */
export async function isRefundBlocked(db: DbOrTx, paymentId: string): Promise<boolean> {
  const row = await db
    .selectFrom('disputes')
    .select('id')
    .where('paymentId', '=', paymentId)
    .where((eb) => eb.or([eb('closedAt', 'is', null), eb('state', '=', 'lost')]))
    .where('isRefundable', '=', false)
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Open disputes whose evidence is due, and of whose time another warning's part is over; each is given once. Plan: partial index
 * disputes_open_idx.
 */
export async function takeDueDisputes(db: DbOrTx, now: Date, limit: number): Promise<DisputeRow[]> {
  const { rows } = await sql<DisputeRow>`
    update disputes warned set alarm_level = due.level, updated_at = ${now}::timestamptz
    from (
      select id, case when ${now}::timestamptz >= opened_at + (due_at - opened_at) * 0.9 then 90 else 50 end as level
      from disputes
      where closed_at is null and due_at is not null and not has_evidence and alarm_level < 90
        and ${now}::timestamptz >= opened_at + (due_at - opened_at) * case alarm_level when 0 then 0.5 else 0.9 end
      order by due_at for update skip locked limit ${limit}) due
    where warned.id = due.id
    returning warned.id, warned.payment_id, warned.provider, warned.provider_ref, warned.state, warned.reason, warned.amount, warned.currency,
      warned.due_at, warned.has_evidence, warned.is_refundable, warned.withdrawn_amount, warned.fee_amount, warned.alarm_level, warned.opened_at,
      warned.closed_at`.execute(db)
  return rows
}
