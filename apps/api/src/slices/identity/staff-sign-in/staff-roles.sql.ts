import type { DbOrTx } from '../../../platform/db/database.ts'

export interface RoleName {
  id: string
  nameEn: string
  nameAr: string
}

/** Which roles somebody has. A view of the slice `staff`. */
export const listRoleNames = (db: DbOrTx, accountId: string): Promise<RoleName[]> =>
  db
    .selectFrom('staffRoleNames')
    .select(['id', 'nameEn', 'nameAr'])
    .where('accountId', '=', accountId)
    .orderBy('nameEn')
    .orderBy('id')
    .execute()
