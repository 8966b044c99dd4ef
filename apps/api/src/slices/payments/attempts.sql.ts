import type { PaidMethod } from '@dhow/contracts/cart.ts'
import { sql } from 'kysely'
import type { DbOrTx, Tx } from '../../platform/db/database.ts'
import type { Payer } from './payments.sql.ts'

export interface NewAttempt {
  id: string
  orderId: string
  provider: Payer
  method: PaidMethod
  attempt: number
  /** What is left to pay by it; zero where store credit covers all. */
  amount: number
  now: Date
}

/** Writes an attempt. Credit that covers all has no one left to ask: it is paid the moment it is written. */
export async function insertPayment(tx: Tx, payment: NewAttempt): Promise<void> {
  const isPaid = payment.provider === 'store-credit'
  await sql`
    insert into payments (id, order_id, provider, method, state, currency, amount, attempt, captured_at, created_at, updated_at)
    values (${payment.id}, ${payment.orderId}, ${payment.provider}, ${payment.method}, ${isPaid ? 'captured' : 'pending'}, 'AED',
      ${payment.amount}, ${payment.attempt}, ${isPaid ? payment.now : null}::timestamptz, ${payment.now}, ${payment.now})`.execute(
    tx,
  )
}

/** Another attempt takes its place. One nobody outside knows of, cash or never begun, is over with that. */
export async function supersedePayment(tx: Tx, payment: { id: string; now: Date }): Promise<void> {
  await sql`
    update payments set superseded_at = ${payment.now}, updated_at = ${payment.now},
      state = case when (provider_ref is null or provider = 'cod') and state <> 'captured' then 'cancelled' else state end
    where id = ${payment.id}`.execute(tx)
}

/** Remembers, before its provider is asked to stop it, that the shopper wants to pay another way. */
export async function noteChange(db: DbOrTx, payment: { id: string; now: Date }): Promise<void> {
  await db
    .updateTable('payments')
    .set({ changeAskedAt: payment.now, updatedAt: payment.now })
    .where('id', '=', payment.id)
    .execute()
}

export const countAttempts = async (db: DbOrTx, orderId: string): Promise<number> => {
  const row = await db
    .selectFrom('payments')
    .select((eb) => eb.fn.max('attempt').as('last'))
    .where('orderId', '=', orderId)
    .executeTakeFirst()
  return row?.last ?? 0
}
