import type { DifferenceClass, ReconciledBooks } from '@dhow/contracts/reconciliation.ts'
import { sql } from 'kysely'
import type { DbOrTx, Tx } from '../../platform/db/database.ts'
import { newId } from '../../platform/ids.ts'
import type { Mismatch, Side } from './compare-payment.ts'

/** Something that does not agree, and what it is about. */
export interface Finding extends Mismatch {
  providerRef: string
  paymentId: string | null
  orderId: string | null
}

export interface RunName {
  runId: string
  provider: ReconciledBooks
  at: Date
}

/**
 * Writes down what does not agree; gives what nobody has seen before. A task that is open already is only seen again, and one
 * that somebody has explained is left alone while nothing about it has changed.
 */
export async function recordFindings(
  db: DbOrTx,
  run: RunName,
  findings: readonly Finding[],
): Promise<{
  fresh: Finding[]
  unexplained: number
}> {
  const fresh: Finding[] = []
  let unexplained = 0
  for (const finding of findings) {
    const { rows } = await sql<{ isNew: boolean }>`
      insert into reconciliation_differences (id, run_id, provider, class, provider_ref, payment_id, order_id, ours, theirs, state, first_seen_at, last_seen_at)
      select ${newId()}, ${run.runId}, ${run.provider}, ${finding.class}, ${finding.providerRef}, ${finding.paymentId}::uuid, ${finding.orderId}::uuid,
        ${JSON.stringify(finding.ours)}::jsonb, ${JSON.stringify(finding.theirs)}::jsonb, 'open', ${run.at}::timestamptz, ${run.at}::timestamptz
      where not exists (select from reconciliation_differences known where known.provider = ${run.provider} and known.class = ${finding.class}
        and known.provider_ref = ${finding.providerRef} and known.state = 'resolved'
        and known.ours = ${JSON.stringify(finding.ours)}::jsonb and known.theirs = ${JSON.stringify(finding.theirs)}::jsonb)
      on conflict (provider, class, provider_ref) where state = 'open'
        do update set last_seen_at = excluded.last_seen_at, run_id = excluded.run_id, ours = excluded.ours, theirs = excluded.theirs
      returning xmax = 0 as is_new`.execute(db)
    const [row] = rows
    if (row) unexplained += 1
    if (row?.isNew) fresh.push(finding)
  }
  return { fresh, unexplained }
}

/** What was looked at: a difference that was not found again is over. */
export interface Examined {
  refs: readonly string[]
  classes: readonly DifferenceClass[]
  /** What was found again. */
  findings: readonly Finding[]
}

/** Ends open differences of this kind about these things, but for those that were just seen. Gives how many. */
export async function healOthers(db: DbOrTx, run: RunName, examined: Examined): Promise<number> {
  if (examined.refs.length === 0) return 0
  const seen = examined.findings.map((finding) => `${finding.class} ${finding.providerRef}`)
  const { numUpdatedRows } = await db
    .updateTable('reconciliationDifferences')
    .set({ state: 'healed', resolvedAt: run.at })
    .where('provider', '=', run.provider)
    .where('state', '=', 'open')
    .where('class', 'in', [...examined.classes])
    .where('providerRef', '=', sql<string>`any(${[...examined.refs]}::text[])`)
    .where(sql<boolean>`not (class || ' ' || provider_ref = any(${seen}::text[]))`)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** What is open about a provider's lines, payouts and stray entries, which no list of payments names. */
export async function listOpenBookRefs(db: DbOrTx, provider: ReconciledBooks, since: Date): Promise<string[]> {
  const rows = await db
    .selectFrom('reconciliationDifferences')
    .select('providerRef')
    .where('provider', '=', provider)
    .where('state', '=', 'open')
    .where('firstSeenAt', '>=', since)
    .where((eb) =>
      eb.or([
        eb('class', '=', 'payout'),
        eb.and([
          eb('class', '=', 'ledger'),
          eb.or([eb('paymentId', 'is', null), eb('providerRef', 'like', '%:lines')]),
        ]),
      ]),
    )
    .execute()
  return rows.map((row) => row.providerRef)
}

export interface DifferenceRow extends Finding {
  id: string
  runId: string
  provider: ReconciledBooks
  orderNumber: string | null
  state: 'open' | 'healed' | 'resolved'
  firstSeenAt: Date
  lastSeenAt: Date
  resolvedAt: Date | null
  note: string | null
  ours: Side
  theirs: Side
}

export interface DifferenceFilter {
  provider?: ReconciledBooks | undefined
  class?: DifferenceClass | undefined
  state: DifferenceRow['state'] | 'all'
}

const columns = sql`found.id, found.run_id, found.provider, found.class, found.provider_ref, found.payment_id, found.order_id, found.ours, found.theirs,
  found.state, found.first_seen_at, found.last_seen_at, found.resolved_at, found.note, placed.number as order_number`
const source = sql`reconciliation_differences found left join placed_orders placed on placed.order_id = found.order_id`

/** Newest first. Plan: reconciliation_differences_newest_idx. */
export async function listDifferences(
  db: DbOrTx,
  filter: DifferenceFilter,
  page: { after: { at: Date; id: string } | undefined; limit: number },
): Promise<DifferenceRow[]> {
  const { after, limit } = page
  const conditions = [
    sql`true`,
    ...(filter.provider ? [sql`found.provider = ${filter.provider}`] : []),
    ...(filter.class ? [sql`found.class = ${filter.class}`] : []),
    ...(filter.state === 'all' ? [] : [sql`found.state = ${filter.state}`]),
    ...(after
      ? [
          sql`found.last_seen_at <= ${after.at}`,
          sql`(found.last_seen_at < ${after.at} or found.id > ${after.id}::uuid)`,
        ]
      : []),
  ]
  const { rows } = await sql<DifferenceRow>`
    select ${columns} from ${source} where ${sql.join(conditions, sql` and `)}
    order by found.last_seen_at desc, found.id limit ${limit}`.execute(db)
  return rows
}

/** Undefined when it is not open, or not there. */
export async function resolveDifference(
  tx: Tx,
  resolution: { id: string; by: string; note: string; at: Date },
): Promise<DifferenceRow | undefined> {
  const { id, by, note, at } = resolution
  const changed = await tx
    .updateTable('reconciliationDifferences')
    .set({ state: 'resolved', resolvedBy: by, resolvedAt: at, note })
    .where('id', '=', id)
    .where('state', '=', 'open')
    .returning('id')
    .executeTakeFirst()
  if (!changed) return undefined
  const { rows } = await sql<DifferenceRow>`select ${columns} from ${source} where found.id = ${id}`.execute(tx)
  return rows[0]
}

export async function countOpenDifferences(db: DbOrTx): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('reconciliationDifferences')
    .select(['provider', (eb) => eb.fn.countAll<number>().as('count')])
    .where('state', '=', 'open')
    .groupBy('provider')
    .execute()
  return new Map(rows.map((row) => [row.provider, row.count]))
}
