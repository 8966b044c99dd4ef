import { emirateCodes } from '@dhow/contracts/address.ts'
import { deliveryMethods } from '@dhow/contracts/cart.ts'
import { money } from '@dhow/money/money.ts'
import { sql } from 'kysely'
import type { DbOrTx } from '../../platform/db/database.ts'
import type { DeliveryRate } from './delivery.ts'

/** Rates in force at an instant: a dozen rows. */
export async function listDeliveryRates(db: DbOrTx, now: Date): Promise<DeliveryRate[]> {
  const rows = await db
    .selectFrom('deliveryRates')
    .select(['method', 'emirate', 'priceAmount', 'freeOverAmount', 'minDays', 'maxDays', 'cutoffMinute'])
    .where('validFrom', '<=', now)
    .where((eb) => eb.or([eb('validTo', 'is', null), eb('validTo', '>', now)]))
    .orderBy(sql`method, emirate`)
    .execute()
  return rows.flatMap((row) => {
    const method = deliveryMethods.find((known) => known === row.method)
    const emirate = emirateCodes.find((known) => known === row.emirate)
    if (!method || !emirate) return []
    const freeOver = row.freeOverAmount === null ? null : money(row.freeOverAmount)
    const { minDays, maxDays, cutoffMinute } = row
    return [{ method, emirate, price: money(row.priceAmount), freeOver, minDays, maxDays, cutoffMinute }]
  })
}
