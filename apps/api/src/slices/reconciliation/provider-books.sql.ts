import { sql } from 'kysely'
import type { DbOrTx, Tx } from '../../platform/db/database.ts'
import { newId } from '../../platform/ids.ts'
import type { BalanceMovement, PayoutTruth } from '../../providers/payments/card-vault.ts'

export interface StoredMovement {
  provider: string
  movement: BalanceMovement
  paymentId: string | null
  at: Date
}

/** Keeps one line of the provider's books; the line again changes nothing but what it belongs to. */
export async function putMovement(tx: Tx, { provider, movement, paymentId, at }: StoredMovement): Promise<void> {
  await tx
    .insertInto('providerTransactions')
    .values({
      provider,
      providerRef: movement.movementRef,
      kind: movement.kind,
      amount: movement.amount,
      feeAmount: movement.feeAmount,
      currency: movement.currency,
      sourceRef: movement.sourceRef,
      paymentId,
      payoutRef: null,
      occurredAt: new Date(movement.occurredAt),
      importedAt: at,
    })
    .onConflict((conflict) => conflict.columns(['provider', 'providerRef']).doUpdateSet({ paymentId }))
    .execute()
}

/** Which of these lines are kept already, and what payment each belongs to. */
export async function findMovements(
  db: DbOrTx,
  provider: string,
  refs: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  const { rows } = await sql<{ providerRef: string; paymentId: string | null }>`
    select provider_ref, payment_id from provider_transactions
    where provider = ${provider} and provider_ref = any(${[...refs]}::text[])`.execute(db)
  return new Map(rows.map((row) => [row.providerRef, row.paymentId]))
}

/** Keeps a payout as the provider has it now. */
export async function putPayout(tx: Tx, provider: string, payout: PayoutTruth, at: Date): Promise<void> {
  const { payoutRef: providerRef, state, amount, currency, arrivesOn } = payout
  await tx
    .insertInto('payouts')
    .values({
      id: newId(),
      provider,
      providerRef,
      state,
      amount,
      currency,
      arrivesOn,
      createdAt: new Date(payout.createdAt),
      updatedAt: at,
    })
    .onConflict((conflict) =>
      conflict.columns(['provider', 'providerRef']).doUpdateSet({ state, amount, arrivesOn, updatedAt: at }),
    )
    .execute()
}

export interface MovementSums {
  paymentId: string
  orderId: string
  providerRef: string
  feeAmount: number | null
  bookedFeeAmount: number
  /** Of the provider's lines: what came in less what was given back, and what was kept of it. */
  movedAmount: number
  chargeFeeAmount: number
  keptAmount: number
  capturedAmount: number
  refundedAmount: number
}

/** The last line of the page before. */
export interface MovementPosition {
  occurredAt: Date
  providerRef: string
}

/** Lines of payments in a time, page by page, oldest first. Plan: provider_transactions_at_idx. */
export async function listMovements(
  db: DbOrTx,
  { provider, from, to }: { provider: string; from: Date; to: Date },
  { after, limit }: { after: MovementPosition | undefined; limit: number },
): Promise<(MovementPosition & { paymentId: string })[]> {
  const rest = after
    ? sql`and (occurred_at, provider_ref) > (${after.occurredAt}::timestamptz, ${after.providerRef})`
    : sql``
  const { rows } = await sql<MovementPosition & { paymentId: string }>`
    select occurred_at, provider_ref, payment_id from provider_transactions
    where provider = ${provider} and payment_id is not null and occurred_at >= ${after?.occurredAt ?? from}::timestamptz
      and occurred_at <= ${to}::timestamptz ${rest}
    order by occurred_at, provider_ref limit ${limit}`.execute(db)
  return rows
}

/**
 * Those of some payments, quiet for a while, whose lines in the provider's books, or the fees we booked, do not add up to what we
 * know. A page of them at a time: each is added up by itself.
 */
export async function listOddMovements(
  db: DbOrTx,
  provider: string,
  { paymentIds, quietSince }: { paymentIds: readonly string[]; quietSince: Date },
): Promise<MovementSums[]> {
  const { rows } = await sql<MovementSums>`
    with sums as (
      select payment_id, sum(amount) filter (where kind in ('charge', 'refund', 'refund-failed'))::bigint as moved_amount,
        sum(fee_amount) filter (where kind = 'charge')::bigint as charge_fee_amount, sum(fee_amount)::bigint as kept_amount, bool_or(kind = 'charge') as has_charge
      from provider_transactions where provider = ${provider} and payment_id = any(${[...paymentIds]}::uuid[])
      group by payment_id
    )
    select book.payment_id, book.order_id, book.provider_ref, book.fee_amount, book.booked_fee_amount, book.captured_amount, book.refunded_amount,
      coalesce(sums.moved_amount, 0) as moved_amount, sums.charge_fee_amount, sums.kept_amount
    from sums join payment_books book on book.payment_id = sums.payment_id
    where sums.has_charge and book.updated_at <= ${quietSince}
      and (coalesce(sums.moved_amount, 0) <> book.captured_amount - book.refunded_amount
        or sums.kept_amount <> book.booked_fee_amount or sums.charge_fee_amount is distinct from book.fee_amount)`.execute(
    db,
  )
  return rows
}

export interface OddPayout {
  providerRef: string
  state: string
  amount: number
  /** What left our balance for it by the provider's lines; null when there is no such line. */
  movedAmount: number | null
  /** What the ledger has booked to our bank. */
  bookedAmount: number
}

/** Payouts that the provider's lines or our ledger know by another amount. Plan: provider_transactions_payout_idx. */
export async function listOddPayouts(
  db: DbOrTx,
  provider: string,
  window: { from: Date; to: Date },
): Promise<OddPayout[]> {
  const { rows } = await sql<OddPayout>`
    select payout.provider_ref, payout.state, payout.amount, moved.amount as moved_amount, booked.amount as booked_amount
    from payouts payout
    cross join lateral (select -sum(amount)::bigint as amount from provider_transactions line
      where line.provider = payout.provider and line.source_ref = payout.provider_ref and line.kind in ('payout', 'payout-failed')) moved
    cross join lateral (select coalesce(-sum(amount), 0)::bigint as amount from clearing_entries
      where source in ('payout:' || payout.provider || ':' || payout.provider_ref, 'payout-failed:' || payout.provider || ':' || payout.provider_ref)) booked
    where payout.provider = ${provider} and payout.created_at between ${window.from} and ${window.to}
      and (moved.amount is distinct from booked.amount
        or booked.amount <> case when payout.state in ('failed', 'cancelled') then 0 else payout.amount end)
    limit 1000`.execute(db)
  return rows
}

export interface StrayEntry {
  transactionId: string
  source: string
  kind: string
  amount: number
}

/**
 * What the ledger has between a provider and our bank that neither a payment nor the provider's own books explain. Plan:
 * ledger_transactions_stray_idx first, which only a CTE of its own makes sure of, then each one's entries.
 */
export async function listStrayEntries(
  db: DbOrTx,
  provider: string,
  window: { from: Date; to: Date },
): Promise<StrayEntry[]> {
  const account = provider === 'cod' ? 'cash' : `clearing:${provider}`
  const { rows } = await sql<StrayEntry>`
    with moved as materialized (
      select id, kind, source, substring(source from '^(?:fee|payout|payout-failed):[^:]+:(.*)$') as ref from ledger_transactions
      where payment_id is null and kind not in ('sale', 'sale-reversed') and at between ${window.from} and ${window.to}
    )
    select moved.id as transaction_id, moved.source, moved.kind, sum(entry.amount)::bigint as amount
    from moved cross join lateral (select amount from clearing_entries where transaction_id = moved.id and account = ${account} offset 0) entry
    where not (moved.kind = 'fee' and exists (select from provider_transactions line
        where line.provider = ${provider} and line.provider_ref = moved.ref))
      and not (moved.kind in ('payout', 'payout-failed') and exists (select from payouts payout
        where payout.provider = ${provider} and payout.provider_ref = moved.ref))
      and not (moved.kind = 'refund' and ${provider} = 'cod')
    group by 1, 2, 3 limit 1000`.execute(db)
  return rows
}

/** Fees and payouts of a time: by our ledger, and by the provider. */
export async function sumBooks(
  db: DbOrTx,
  provider: string,
  window: { from: Date; to: Date },
): Promise<{ ourFees: number; theirFees: number; ourPayouts: number; theirPayouts: number }> {
  const { rows } = await sql<{ ourFees: number; theirFees: number; ourPayouts: number; theirPayouts: number }>`
    with lines as (
      select coalesce(sum(fee_amount), 0)::bigint as fees from provider_transactions line
      where provider = ${provider} and occurred_at between ${window.from} and ${window.to}
        and (payment_id is not null or kind = 'fee')
    ), booked as (
      select coalesce(-sum(entry.amount), 0)::bigint as fees from clearing_entries entry
      join provider_transactions line on entry.source = 'fee:' || line.provider || ':' || line.provider_ref
      where entry.account = 'clearing:' || ${provider} and entry.kind = 'fee' and line.provider = ${provider}
        and line.occurred_at between ${window.from} and ${window.to}
    ), paid as (
      select coalesce(sum(amount) filter (where state not in ('failed', 'cancelled')), 0)::bigint as amount,
        coalesce(sum((select -sum(entry.amount) from clearing_entries entry where entry.source in (
          'payout:' || payout.provider || ':' || payout.provider_ref, 'payout-failed:' || payout.provider || ':' || payout.provider_ref))), 0)::bigint as booked
      from payouts payout where provider = ${provider} and created_at between ${window.from} and ${window.to}
    )
    select booked.fees as our_fees, lines.fees as their_fees, paid.booked as our_payouts, paid.amount as their_payouts from lines, booked, paid`.execute(
    db,
  )
  return rows[0] ?? { ourFees: 0, theirFees: 0, ourPayouts: 0, theirPayouts: 0 }
}
