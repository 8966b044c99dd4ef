import type { DeclineReason, PaymentState } from '@dhow/contracts/orders.ts'
import { sql } from 'kysely'
import type { Db, DbOrTx, Tx } from '../../platform/db/database.ts'
import type { ProviderName } from '../../providers/payments/port.ts'

export interface PaymentRow {
  id: string
  orderId: string
  provider: ProviderName
  sessionRef: string | null
  redirectUrl: string | null
  state: PaymentState
  amount: number
  currency: string
  providerRef: string | null
  declineReason: DeclineReason | null
  heldReason: string | null
  pollCount: number
}

const columns = [
  'id',
  'orderId',
  'provider',
  'sessionRef',
  'redirectUrl',
  'state',
  'amount',
  'currency',
  'providerRef',
  'declineReason',
  'heldReason',
  'pollCount',
] as const

export interface NewPayment {
  id: string
  orderId: string
  amount: number
  now: Date
}

export async function insertPayment(tx: Tx, payment: NewPayment): Promise<void> {
  await sql`insert into payments (id, order_id, provider, method, state, currency, amount, created_at, updated_at)
    values (${payment.id}, ${payment.orderId}, 'stripe', 'card', 'pending', 'AED', ${payment.amount}, ${payment.now}, ${payment.now})`.execute(
    tx,
  )
}

const select = (db: DbOrTx) => db.selectFrom('payments').select(columns).$castTo<PaymentRow>()

export const findPaymentOfOrder = (db: DbOrTx, orderId: string): Promise<PaymentRow | undefined> =>
  select(db).where('orderId', '=', orderId).where('supersededAt', 'is', null).executeTakeFirst()

export const findPaymentByRef = (db: DbOrTx, providerRef: string): Promise<PaymentRow | undefined> =>
  select(db).where('provider', '=', 'stripe').where('providerRef', '=', providerRef).executeTakeFirst()

/** Locks an order's payment. The order is locked first, always. */
export const lockPayment = (tx: Tx, orderId: string): Promise<PaymentRow | undefined> =>
  select(tx).where('orderId', '=', orderId).where('supersededAt', 'is', null).forUpdate().executeTakeFirst()

/**
 * Remembers the provider's id once it is known, and gives the one that is stored: the first one stays. Undefined when the
 * payment was given up before there was one.
 */
export async function setProviderRef(
  db: DbOrTx,
  payment: { id: string; providerRef: string; now: Date },
): Promise<string | undefined> {
  const { rows } = await sql<{ providerRef: string }>`
    update payments set provider_ref = coalesce(provider_ref, ${payment.providerRef}), updated_at = ${payment.now}
    where id = ${payment.id} and (provider_ref is not null or state not in ('captured', 'cancelled'))
    returning provider_ref`.execute(db)
  return rows[0]?.providerRef
}

export interface PaymentMove {
  id: string
  from: PaymentState
  to: PaymentState
  providerRef: string | null
  capturedAmount: number
  card: { brand: string; last4: string } | null
  declineReason: DeclineReason | null
  now: Date
}

/** Guarded move: false when the payment is not in `from` any more. */
export async function movePayment(tx: Tx, move: PaymentMove): Promise<boolean> {
  const { rows } = await sql`
    update payments set state = ${move.to}, provider_ref = coalesce(provider_ref, ${move.providerRef}), captured_amount = ${move.capturedAmount},
      card_brand = coalesce(${move.card?.brand ?? null}::text, card_brand), card_last4 = coalesce(${move.card?.last4 ?? null}::text, card_last4),
      decline_reason = ${move.declineReason}::text, captured_at = case when ${move.to} = 'captured' then ${move.now}::timestamptz end,
      updated_at = ${move.now}::timestamptz
    where id = ${move.id} and state = ${move.from} returning id`.execute(tx)
  return rows.length === 1
}

/** Money that does not match the order: nothing moves until a person has looked. */
export async function holdPayment(tx: Tx, hold: { id: string; reason: string; now: Date }): Promise<void> {
  await tx
    .updateTable('payments')
    .set({ heldReason: hold.reason, updatedAt: hold.now })
    .where('id', '=', hold.id)
    .execute()
}

/**
 * Takes up to `limit` open payments whose turn to be asked about has come: one minute after they began, then twice as long
 * each time up to ten minutes. Workers skip what another has taken. Plan: partial index payments_open_idx.
 */
export async function takePaymentsToPoll(db: Db, now: Date, limit: number): Promise<PaymentRow[]> {
  const { rows } = await sql<PaymentRow>`
    update payments set polled_at = ${now}::timestamptz, poll_count = poll_count + 1
    where id in (
      select id from payments
      where state in ('pending', 'requires-action', 'processing', 'failed') and held_reason is null
        and coalesce(polled_at, created_at) < ${now}::timestamptz - least(interval '1 minute' * power(2, least(poll_count, 4)), interval '10 minutes')
      order by created_at for update skip locked limit ${limit})
    returning id, order_id, provider, session_ref, redirect_url, state, amount, currency, provider_ref, decline_reason, held_reason, poll_count`.execute(
    db,
  )
  return rows
}
