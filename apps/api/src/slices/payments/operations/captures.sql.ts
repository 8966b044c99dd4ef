import { sql } from 'kysely'
import type { DbOrTx, Tx } from '../../../platform/db/database.ts'
import type { Shipment } from '../../../providers/payments/port.ts'
import { captureStatesBefore } from './capture-state.ts'

export interface CaptureRow {
  id: string
  paymentId: string
  amount: number
  isFinal: boolean
  state: 'requested' | 'succeeded' | 'failed'
  providerRef: string | null
  shipment: Shipment | null
  requestedBy: string | null
  failureReason: string | null
  tryCount: number
  createdAt: Date
}

const columns = [
  'id',
  'paymentId',
  'amount',
  'isFinal',
  'state',
  'providerRef',
  'shipment',
  'requestedBy',
  'failureReason',
  'tryCount',
  'createdAt',
] as const

export interface NewCapture {
  id: string
  paymentId: string
  amount: number
  isFinal: boolean
  shipment: Shipment | null
  /** Null when nobody asked: the money is taken as soon as it is held. */
  requestedBy: string | null
  now: Date
  nextTryAt: Date
}

/** Writes down that money is to be taken. False when another capture of the payment has not ended: one at a time, by a unique index. */
export async function insertCapture(tx: Tx, capture: NewCapture): Promise<boolean> {
  const { now, shipment, ...rest } = capture
  const row = await tx
    .insertInto('captures')
    .values({
      ...rest,
      state: 'requested',
      shipment: shipment && JSON.stringify(shipment),
      providerRef: null,
      failureReason: null,
      createdAt: now,
      updatedAt: now,
    })
    // Written out: as a parameter of a prepared statement it would not name the partial index.
    .onConflict((conflict) => conflict.column('paymentId').where('state', '=', sql.lit('requested')).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export const findCapture = (db: DbOrTx, id: string): Promise<CaptureRow | undefined> =>
  db.selectFrom('captures').select(columns).where('id', '=', id).$castTo<CaptureRow>().executeTakeFirst()

export const capturesOf = (db: DbOrTx, paymentId: string): Promise<CaptureRow[]> =>
  db
    .selectFrom('captures')
    .select(columns)
    .where('paymentId', '=', paymentId)
    .orderBy('createdAt')
    .orderBy('id')
    .$castTo<CaptureRow>()
    .execute()

/** Guarded end of a capture: false when it has ended already. */
export async function endCapture(
  tx: DbOrTx,
  end: {
    id: string
    state: 'succeeded' | 'failed'
    providerRef: string | null
    failureReason: string | null
    now: Date
  },
): Promise<boolean> {
  const { id, state, providerRef, failureReason, now } = end
  const row = await tx
    .updateTable('captures')
    .set((eb) => ({
      state,
      providerRef: eb.fn.coalesce('providerRef', eb.val(providerRef)),
      failureReason,
      nextTryAt: null,
      updatedAt: now,
    }))
    .where('id', '=', id)
    .where('state', 'in', captureStatesBefore(state))
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
