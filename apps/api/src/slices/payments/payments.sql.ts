import type { PaidMethod } from '@dhow/contracts/cart.ts'
import type { DeclineReason, PaymentState } from '@dhow/contracts/orders.ts'
import { sql } from 'kysely'
import type { DbOrTx, Tx } from '../../platform/db/database.ts'
import type { ProviderName } from '../../providers/payments/port.ts'
import type { LockedOrder } from '../orders/orders.ts'

/** Who pays: a provider, or the customer's credit, which asks nobody. */
export type Payer = ProviderName | 'store-credit'

/** One attempt to pay an order. */
export interface PaymentRow {
  id: string
  orderId: string
  provider: Payer
  method: PaidMethod
  state: PaymentState
  currency: string
  amount: number
  attempt: number
  /** Another attempt has taken its place. */
  supersededAt: Date | null
  /** The shopper wants to pay another way: being stopped does not give the order up. */
  changeAskedAt: Date | null
  authorisedAmount: number
  capturedAmount: number
  refundRequestedAmount: number
  refundedAmount: number
  providerRef: string | null
  sessionRef: string | null
  redirectUrl: string | null
  expiresAt: Date | null
  captureBefore: Date | null
  authorisedAt: Date | null
  alarmLevel: number
  declineReason: DeclineReason | null
  heldReason: string | null
  /** A mismatch a person has said may stay. */
  dismissedReason: string | null
  pollCount: number
  createdAt: Date
}

const paymentColumns = [
  'id',
  'orderId',
  'provider',
  'method',
  'state',
  'currency',
  'amount',
  'attempt',
  'supersededAt',
  'changeAskedAt',
  'authorisedAmount',
  'capturedAmount',
  'refundRequestedAmount',
  'refundedAmount',
  'providerRef',
  'sessionRef',
  'redirectUrl',
  'expiresAt',
  'captureBefore',
  'authorisedAt',
  'alarmLevel',
  'declineReason',
  'heldReason',
  'dismissedReason',
  'pollCount',
  'createdAt',
] as const

const select = (db: DbOrTx) => db.selectFrom('payments').select(paymentColumns).$castTo<PaymentRow>()

export const findPayment = (db: DbOrTx, id: string): Promise<PaymentRow | undefined> =>
  select(db).where('id', '=', id).executeTakeFirst()

/** The attempt that counts. */
export const findPaymentOfOrder = (db: DbOrTx, orderId: string): Promise<PaymentRow | undefined> =>
  select(db).where('orderId', '=', orderId).where('supersededAt', 'is', null).executeTakeFirst()

/** Every attempt of an order, oldest first. */
export const listAttempts = (db: DbOrTx, orderId: string): Promise<PaymentRow[]> =>
  select(db).where('orderId', '=', orderId).orderBy('attempt').execute()

export const findPaymentByRef = (
  db: DbOrTx,
  by: { provider: ProviderName; providerRef: string },
): Promise<PaymentRow | undefined> =>
  select(db).where('provider', '=', by.provider).where('providerRef', '=', by.providerRef).executeTakeFirst()

/** Locks the attempt that counts. The order is locked first, always. */
export const lockPayment = (tx: Tx, orderId: string): Promise<PaymentRow | undefined> =>
  select(tx).where('orderId', '=', orderId).where('supersededAt', 'is', null).forUpdate().executeTakeFirst()

export interface LockedPayment {
  order: LockedOrder
  payment: PaymentRow
}

type LockedRow = PaymentRow & Omit<LockedOrder, 'id' | 'state'> & { orderState: LockedOrder['state'] }

const paymentList = sql.join(paymentColumns.map((name) => sql.ref(`payment.${name}`)))

/**
 * Locks an order and one of its attempts. One statement, since every purchase makes it; PostgreSQL locks the tables of a joined
 * row in the order they are named, so the order comes first here too.
 */
export async function lockOrderAndPayment(tx: Tx, paymentId: string): Promise<LockedPayment | undefined> {
  const { rows } = await sql<LockedRow>`
    select placed.number, placed.state as order_state, placed.deadline_at, placed.locale, placed.customer_id, placed.grand_total_amount,
      placed.vat_amount, placed.payment_fee_amount, placed.payment_fee_vat_amount, placed.store_credit_amount, placed.rounding_amount,
      ${paymentList}
    from orders placed join payments payment on payment.order_id = placed.id
    where payment.id = ${paymentId}
    for update of placed, payment`.execute(tx)
  const [row] = rows
  return row && { order: { ...row, id: row.orderId, state: row.orderState }, payment: row }
}

/**
 * Remembers what the provider began, and gives the id that is stored: the first one stays. Undefined when the payment was given
 * up before there was one; then nobody may be told where to pay.
 */
export async function setBegun(
  db: DbOrTx,
  begun: {
    id: string
    providerRef: string
    sessionRef: string | null
    redirectUrl: string | null
    expiresAt: string | null
    now: Date
  },
): Promise<string | undefined> {
  const { rows } = await sql<{ providerRef: string }>`
    update payments set session_ref = case when provider_ref is null then ${begun.sessionRef} else session_ref end,
      redirect_url = case when provider_ref is null then ${begun.redirectUrl} else redirect_url end,
      expires_at = case when provider_ref is null then ${begun.expiresAt}::timestamptz else expires_at end,
      provider_ref = coalesce(provider_ref, ${begun.providerRef}), updated_at = ${begun.now}
    where id = ${begun.id} and (provider_ref is not null or (state not in ('captured', 'cancelled') and superseded_at is null))
    returning provider_ref`.execute(db)
  return rows[0]?.providerRef
}

/** Money that does not match the order: nothing moves until a person has looked. */
export async function holdPayment(tx: Tx, hold: { id: string; reason: string; now: Date }): Promise<void> {
  await tx
    .updateTable('payments')
    .set({ heldReason: hold.reason, updatedAt: hold.now })
    .where('id', '=', hold.id)
    .execute()
}

/** A customer as the provider of saved cards knows them. */
export async function findCustomerRef(db: DbOrTx, accountId: string, provider: ProviderName): Promise<string | null> {
  const row = await db
    .selectFrom('paymentCustomers')
    .select('providerRef')
    .where('accountId', '=', accountId)
    .where('provider', '=', provider)
    .executeTakeFirst()
  return row?.providerRef ?? null
}
