import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import type { DbOrTx } from '../../platform/db/database.ts'
import type { Tables } from '../../platform/db/tables.ts'

/** An attempt with what the ledger has booked of it. */
export type PaymentBook = Selectable<Tables['paymentBooks']>

const columns = [
  'paymentId',
  'orderId',
  'provider',
  'providerRef',
  'sessionRef',
  'redirectUrl',
  'state',
  'currency',
  'amount',
  'authorisedAmount',
  'capturedAmount',
  'refundedAmount',
  'feeAmount',
  'heldReason',
  'supersededAt',
  'createdAt',
  'updatedAt',
  'captureBefore',
  'bookedAmount',
  'bookedFeeAmount',
] as const

const select = (db: DbOrTx) => db.selectFrom('paymentBooks').select(columns)

/** The last attempt of the page before. */
export type BookPosition = Pick<PaymentBook, 'createdAt' | 'paymentId'>

interface BookPage {
  provider: string
  after: BookPosition | undefined
  limit: number
}

/** Attempts begun in a time, oldest first. Plan: payments_placed_idx. */
export const listBooksIn = (
  db: DbOrTx,
  { provider, after, limit }: BookPage,
  window: { from: Date; to: Date },
): Promise<PaymentBook[]> =>
  select(db)
    .where('provider', '=', provider)
    .where('createdAt', '>=', after?.createdAt ?? window.from)
    .where('createdAt', '<=', window.to)
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(created_at, payment_id) > (${after?.createdAt}::timestamptz, ${after?.paymentId}::uuid)`,
      ),
    )
    .orderBy('createdAt')
    .orderBy('paymentId')
    .limit(limit)
    .execute()

/**
 * Attempts that can still move, and those a difference is open about, oldest first. A refusal that was replaced moves no more. Plan: payments_open_idx, payments_capture_idx
 * and the open differences, each on its own.
 */
export async function listOpenBooks(db: DbOrTx, { provider, after, limit }: BookPage): Promise<PaymentBook[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct id from (
      select payment_id as id from payment_books
        where state in ('pending', 'requires-action', 'processing', 'failed') and provider <> 'cod' and provider = ${provider}
          and (state <> 'failed' or superseded_at is null)
      union all select payment_id from payment_books where state = 'authorised' and provider = ${provider}
      union all select payment_id from reconciliation_differences where state = 'open' and provider = ${provider} and payment_id is not null
    ) open where ${after?.paymentId ?? null}::uuid is null or id > ${after?.paymentId ?? null}::uuid
    order by id limit ${limit}`.execute(db)
  if (rows.length === 0) return []
  return select(db)
    .where(
      'paymentId',
      'in',
      rows.map((row) => row.id),
    )
    .orderBy('paymentId')
    .execute()
}

export const findBook = (db: DbOrTx, paymentId: string): Promise<PaymentBook | undefined> =>
  select(db).where('paymentId', '=', paymentId).executeTakeFirst()

export const listBooksByRef = (db: DbOrTx, provider: string, refs: readonly string[]): Promise<PaymentBook[]> =>
  refs.length === 0
    ? Promise.resolve([])
    : select(db)
        .where('provider', '=', provider)
        .where('providerRef', 'in', [...refs])
        .execute()

export const listBooksOfOrder = (db: DbOrTx, orderId: string): Promise<PaymentBook[]> =>
  select(db).where('orderId', '=', orderId).execute()
