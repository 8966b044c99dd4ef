import { sql } from 'kysely'
import type { DbOrTx, Tx } from '../../platform/db/database.ts'
import { cashStatesBefore } from './cash-state.ts'

export interface NewCollection {
  paymentId: string
  orderId: string
  dueAmount: number
  deliveryCodeSealed: Buffer | null
  phoneIndex: Buffer
  customerId: string | null
  now: Date
}

/** Cash is promised. Once for a payment: false when it was. */
export async function insertCollection(tx: Tx, { now, ...promise }: NewCollection): Promise<boolean> {
  const row = await tx
    .insertInto('codCollections')
    .values({
      ...promise,
      state: 'pending',
      collectedAmount: null,
      courier: null,
      remittanceId: null,
      remittedAmount: null,
      createdAt: now,
      updatedAt: now,
      collectedAt: null,
      collectedBy: null,
      refusedAt: null,
      refusalReason: null,
    })
    .onConflict((conflict) => conflict.column('paymentId').doNothing())
    .returning('paymentId')
    .executeTakeFirst()
  return row !== undefined
}

/** Counts a wrong delivery code, unless there were as many as are allowed. Gives the tries so far; undefined when none is left. */
export async function addCodeTry(
  db: DbOrTx,
  wrong: { paymentId: string; limit: number; now: Date },
): Promise<number | undefined> {
  const { rows } = await sql<{ tries: number }>`
    update cod_collections set delivery_code_tries = delivery_code_tries + 1, updated_at = ${wrong.now}
    where payment_id = ${wrong.paymentId} and state = 'pending' and delivery_code_tries < ${wrong.limit}
    returning delivery_code_tries as tries`.execute(db)
  return rows[0]?.tries
}

export interface Collected {
  paymentId: string
  amount: number
  courier: string | null
  by: string
  now: Date
}

/** The courier has the cash. The code is not needed any more. False when none was to be collected. */
export async function markCollected(tx: Tx, { paymentId, amount, courier, by, now }: Collected): Promise<boolean> {
  const row = await tx
    .updateTable('codCollections')
    .set({
      state: 'collected',
      collectedAmount: amount,
      collectedAt: now,
      collectedBy: by,
      courier,
      deliveryCodeSealed: null,
      updatedAt: now,
    })
    .where('paymentId', '=', paymentId)
    .where('state', 'in', cashStatesBefore('collected'))
    .returning('paymentId')
    .executeTakeFirst()
  return row !== undefined
}

/** Notes, once, what became of a refusal. False when nothing was refused, or it was noted before. */
export async function markRefusal(
  tx: Tx,
  { paymentId, what, now }: { paymentId: string; what: 'goodsBackAt' | 'forgivenAt'; now: Date },
): Promise<boolean> {
  const row = await tx
    .updateTable('codCollections')
    .set({ [what]: now, updatedAt: now })
    .where('paymentId', '=', paymentId)
    .where('state', '=', 'refused')
    .where(what, 'is', null)
    .returning('paymentId')
    .executeTakeFirst()
  return row !== undefined
}

/** Nobody took the goods at the door. False when no cash was to be collected. */
export async function markRefused(tx: Tx, refused: { paymentId: string; reason: string; now: Date }): Promise<boolean> {
  const row = await tx
    .updateTable('codCollections')
    .set({
      state: 'refused',
      refusedAt: refused.now,
      refusalReason: refused.reason,
      deliveryCodeSealed: null,
      updatedAt: refused.now,
    })
    .where('paymentId', '=', refused.paymentId)
    .where('state', 'in', cashStatesBefore('refused'))
    .returning('paymentId')
    .executeTakeFirst()
  return row !== undefined
}
