import { sql } from 'kysely'
import type { DbOrTx } from '../../../platform/db/database.ts'
import type { ProviderName } from '../../../providers/payments/port.ts'

export interface FraudWarningRow {
  provider: ProviderName
  providerRef: string
  paymentId: string
  kind: string
  isActionable: boolean
  warnedAt: Date
}

/** Writes a warning as its provider has it now; true when nobody had heard of it. */
export async function putFraudWarning(db: DbOrTx, { now, ...row }: FraudWarningRow & { now: Date }): Promise<boolean> {
  const written = await db
    .insertInto('fraudWarnings')
    .values({ ...row, updatedAt: now })
    .onConflict((conflict) =>
      conflict.columns(['provider', 'providerRef']).doUpdateSet({ isActionable: row.isActionable, updatedAt: now }),
    )
    .returning(sql<boolean>`xmax = 0`.as('isNew'))
    .executeTakeFirstOrThrow()
  return written.isNew
}

export const fraudWarningsOfOrder = (db: DbOrTx, orderId: string): Promise<FraudWarningRow[]> =>
  db
    .selectFrom('fraudWarnings')
    .innerJoin('payments', 'payments.id', 'fraudWarnings.paymentId')
    .select([
      'fraudWarnings.provider',
      'fraudWarnings.providerRef',
      'fraudWarnings.paymentId',
      'fraudWarnings.kind',
      'fraudWarnings.isActionable',
      'fraudWarnings.warnedAt',
    ])
    .where('payments.orderId', '=', orderId)
    .orderBy('fraudWarnings.warnedAt')
    .$castTo<FraudWarningRow>()
    .execute()
