import type { DeclineReason, PaymentState } from '@dhow/contracts/orders.ts'
import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/database.ts'

export interface PaymentMove {
  id: string
  from: PaymentState
  to: PaymentState
  providerRef: string | null
  providerState: string | null
  authorisedAmount: number
  capturedAmount: number
  card: { brand: string; last4: string } | null
  wallet: string | null
  declineReason: DeclineReason | null
  expiresAt: string | null
  captureBefore: Date | string | null
  feeAmount: number | null
  now: Date
}

/**
 * Writes what the provider says of a payment, in one guarded statement: false when it is not in `from` any more. Amounts only
 * grow and what is known stays known, so that news that comes late takes nothing back.
 */
export async function movePayment(tx: Tx, move: PaymentMove): Promise<boolean> {
  const { rows } = await sql`
    update payments set state = ${move.to}, provider_ref = coalesce(provider_ref, ${move.providerRef}),
      provider_state = coalesce(${move.providerState}::text, provider_state),
      authorised_amount = greatest(authorised_amount, ${move.authorisedAmount}::bigint, ${move.capturedAmount}::bigint),
      captured_amount = greatest(captured_amount, ${move.capturedAmount}::bigint),
      card_brand = coalesce(${move.card?.brand ?? null}::text, card_brand), card_last4 = coalesce(${move.card?.last4 ?? null}::text, card_last4),
      wallet = coalesce(${move.wallet}::text, wallet), decline_reason = ${move.declineReason}::text,
      expires_at = coalesce(${move.expiresAt}::timestamptz, expires_at), capture_before = coalesce(${move.captureBefore}::timestamptz, capture_before),
      fee_amount = coalesce(${move.feeAmount}::bigint, fee_amount),
      authorised_at = case when ${move.to} in ('authorised', 'captured') then coalesce(authorised_at, ${move.now}::timestamptz) else authorised_at end,
      captured_at = case when ${move.to} = 'captured' then coalesce(captured_at, ${move.now}::timestamptz) end,
      updated_at = ${move.now}::timestamptz
    where id = ${move.id} and state = ${move.from} returning id`.execute(tx)
  return rows.length === 1
}

/** The provider has refused to begin it. False when it has gone on meanwhile, or was refused before. */
export async function refuse(
  tx: Tx,
  { id, reason, now }: { id: string; reason: DeclineReason; now: Date },
): Promise<boolean> {
  const row = await tx
    .updateTable('payments')
    .set({ state: 'failed', declineReason: reason, updatedAt: now })
    .where('id', '=', id)
    .where('state', '=', 'pending')
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Ends a payment no provider has to be asked about. */
export async function endHere(tx: Tx, { id, now }: { id: string; now: Date }): Promise<void> {
  await tx.updateTable('payments').set({ state: 'cancelled', updatedAt: now }).where('id', '=', id).execute()
}

/**
 * Who gets it says yes at the provider: webhook, return and poll find the shopper's agreement at the same moment, and one question
 * is enough. False when somebody else is asking, or it has been said. Whoever died over it is given up after half a minute.
 */
export async function claimAuthorise(db: Db, { id, now }: { id: string; now: Date }): Promise<boolean> {
  const { rows } = await sql`
    update payments set authorise_asked_at = ${now}::timestamptz
    where id = ${id} and state = 'processing'
      and (authorise_asked_at is null or authorise_asked_at < ${now}::timestamptz - interval '30 seconds')
    returning id`.execute(db)
  return rows.length === 1
}

/** It was not said: the next one to notice may ask at once. */
export async function dropAuthoriseClaim(db: Db, id: string): Promise<void> {
  await db.updateTable('payments').set({ authoriseAskedAt: null }).where('id', '=', id).execute()
}
