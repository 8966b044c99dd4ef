import type { CashState, RowOutcome } from '@dhow/contracts/cod.ts'
import { sql } from 'kysely'
import type { DbOrTx, Tx } from '../../../platform/db/database.ts'

export interface RemittanceRecord {
  id: string
  courier: string
  reference: string
  rowCount: number
  openCount: number
  collectedAmount: number
  feeAmount: number
  remittedAmount: number
  varianceAmount: number
  importedAt: Date
}

export interface RemittanceRowRecord {
  line: number
  orderNumber: string
  collectedAmount: number
  feeAmount: number
  remittedAmount: number
  outcome: RowOutcome
  paymentId: string | null
  expectedAmount: number | null
  resolvedAt: Date | null
  note: string | null
}

export interface NewRemittance {
  id: string
  courier: string
  reference: string
  fileHash: Buffer
  rowCount: number
  collectedAmount: number
  feeAmount: number
  remittedAmount: number
  importedBy: string
  importedAt: Date
}

/** False when this very file has been imported: whoever imports it at the same moment waits, and finds it so. */
export async function insertRemittance(tx: Tx, remittance: NewRemittance): Promise<boolean> {
  const row = await tx
    .insertInto('codRemittances')
    .values({ ...remittance, varianceAmount: 0 })
    .onConflict((conflict) => conflict.column('fileHash').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export interface NamedCash {
  paymentId: string
  orderId: string
  number: string
  state: Exclude<CashState, 'to-confirm'> | null
  collected: number | null
}

/** Locks what is known of the orders a file names, in the order of their payments: two files cannot deadlock. */
export async function lockNamedCash(
  tx: Tx,
  by: { numbers: readonly string[] } | { paymentId: string },
): Promise<NamedCash[]> {
  const isNamed = 'numbers' in by ? sql`number = any(${[...by.numbers]}::text[])` : sql`payment_id = ${by.paymentId}`
  const { rows } = await sql<NamedCash>`
    with named as (select payment_id, order_id, number from cash_orders where ${isNamed}),
    locked as (
      select payment_id, state, collected_amount from cod_collections
      where payment_id in (select payment_id from named) order by payment_id for update
    )
    select named.payment_id, named.order_id, named.number, locked.state, locked.collected_amount as collected
    from named left join locked on locked.payment_id = named.payment_id`.execute(tx)
  return rows
}

export interface NewRemittanceRow {
  line: number
  orderNumber: string
  collectedAmount: number
  feeAmount: number
  remittedAmount: number
  outcome: RowOutcome
  paymentId: string | null
  expectedAmount: number | null
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Writes the rows of a file, and what of their sums does not fit, in one statement. */
export async function insertRows(tx: Tx, remittanceId: string, rows: readonly NewRemittanceRow[]): Promise<void> {
  const records = rows.map((row) =>
    Object.fromEntries(Object.entries({ ...row, remittanceId }).map(([name, value]) => [snake(name), value])),
  )
  await sql`
    with written as (
      insert into cod_remittance_rows select row.* from jsonb_populate_recordset(null::cod_remittance_rows, ${JSON.stringify(records)}::jsonb) row
      returning remitted_amount + fee_amount - coalesce(expected_amount, 0) as variance
    )
    update cod_remittances set variance_amount = (select coalesce(sum(variance), 0) from written) where id = ${remittanceId}`.execute(
    tx,
  )
}

/** The cash has come: whole (`reconciled`), or with a difference somebody must decide on (`remitted`). */
export async function markRemitted(
  tx: Tx,
  remittanceId: string,
  rows: readonly { paymentId: string; remitted: number; isWhole: boolean }[],
  now: Date,
): Promise<void> {
  if (rows.length === 0) return
  await sql`
    update cod_collections cash set state = case when row.is_whole then 'reconciled' else 'remitted' end,
      remittance_id = ${remittanceId}, remitted_amount = row.remitted, updated_at = ${now}::timestamptz
    from unnest(${rows.map((row) => row.paymentId)}::uuid[], ${rows.map((row) => row.remitted)}::bigint[],
      ${rows.map((row) => row.isWhole)}::boolean[]) as row(payment_id, remitted, is_whole)
    where cash.payment_id = row.payment_id and cash.state = 'collected'`.execute(tx)
}

/** What was decided about the cash of a row that came with a difference. */
export async function markReconciled(tx: Tx, paymentId: string, now: Date): Promise<void> {
  await tx
    .updateTable('codCollections')
    .set({ state: 'reconciled', updatedAt: now })
    .where('paymentId', '=', paymentId)
    .where('state', '=', 'remitted')
    .execute()
}

const summary = sql`id, courier, reference, row_count, collected_amount, fee_amount, remitted_amount, variance_amount, imported_at,
  (select count(*)::int from cod_remittance_rows row where row.remittance_id = remittance.id and row.outcome <> 'matched' and row.resolved_at is null) as open_count`

export async function findRemittance(
  db: DbOrTx,
  by: { id: string } | { fileHash: Buffer },
): Promise<RemittanceRecord | undefined> {
  const isWanted = 'id' in by ? sql`id = ${by.id}` : sql`file_hash = ${by.fileHash}`
  const { rows } =
    await sql<RemittanceRecord>`select ${summary} from cod_remittances remittance where ${isWanted}`.execute(db)
  return rows[0]
}

/** Transfers, newest first. Few: a courier sends one a week. */
export async function listRemittanceRecords(
  db: DbOrTx,
  page: { isOpen: boolean; before: { at: Date; id: string } | undefined; limit: number },
): Promise<RemittanceRecord[]> {
  const { isOpen, before, limit } = page
  const { rows } = await sql<RemittanceRecord>`
    select * from (select ${summary} from cod_remittances remittance) remittance
    where (${!isOpen} or open_count > 0)
      ${before ? sql`and (imported_at, id) < (${before.at}, ${before.id}::uuid)` : sql``}
    order by imported_at desc, id desc limit ${limit}`.execute(db)
  return rows
}

const rowColumns = [
  'line',
  'orderNumber',
  'collectedAmount',
  'feeAmount',
  'remittedAmount',
  'outcome',
  'paymentId',
  'expectedAmount',
  'resolvedAt',
  'note',
] as const

export const listRows = (db: DbOrTx, remittanceId: string): Promise<RemittanceRowRecord[]> =>
  db
    .selectFrom('codRemittanceRows')
    .select(rowColumns)
    .where('remittanceId', '=', remittanceId)
    .orderBy('line')
    .execute()

/** Locks one row of a file, so that it is decided on once; its file first, whose sums follow from all its rows. */
export async function lockRow(
  tx: Tx,
  row: { remittanceId: string; line: number },
): Promise<RemittanceRowRecord | undefined> {
  await tx.selectFrom('codRemittances').select('id').where('id', '=', row.remittanceId).forUpdate().execute()
  return tx
    .selectFrom('codRemittanceRows')
    .select(rowColumns)
    .where('remittanceId', '=', row.remittanceId)
    .where('line', '=', row.line)
    .forUpdate()
    .executeTakeFirst()
}

export interface RowDecision {
  remittanceId: string
  line: number
  by: string
  note: string
  now: Date
  /** When it was held against the books again. */
  judged?: { outcome: RowOutcome; expectedAmount: number | null; paymentId: string | null } | undefined
  isResolved: boolean
}

/** Writes down what was decided about a row, and what of the whole file does not fit now. */
export async function decideRow(tx: Tx, decision: RowDecision): Promise<void> {
  const { remittanceId, line, by, note, now, judged, isResolved } = decision
  await tx
    .updateTable('codRemittanceRows')
    .set({ note, ...judged, ...(isResolved && { resolvedAt: now, resolvedBy: by }) })
    .where('remittanceId', '=', remittanceId)
    .where('line', '=', line)
    .execute()
  await sql`
    update cod_remittances set variance_amount = (select coalesce(sum(remitted_amount + fee_amount - coalesce(expected_amount, 0)), 0)
      from cod_remittance_rows where remittance_id = ${remittanceId}) where id = ${remittanceId}`.execute(tx)
}
