import type { CustomerView } from '@dhow/contracts/account.ts'
import type { Locale } from '@dhow/contracts/primitives.ts'
import type { AppContext } from '../../context.ts'
import { asCustomer, databaseOf } from '../../platform/db/as-customer.ts'
import type { DbOrTx } from '../../platform/db/database.ts'
import { Problem } from '../../platform/http/problem.ts'
import { openPerson, sealPerson } from './accounts.ts'
import { findKey, findProfile, lockKey, updateProfile } from './profile.sql.ts'
import type { ProfileRow } from './profile.sql.ts'

/** The job that gives a customer the orders placed as a guest: enqueue it with `{ accountId }` where a phone or e-mail is verified. */
export const claimOrdersTask = 'customers.claim-orders'

export interface Profile extends CustomerView {
  /** Wraps what else is kept for this customer; never leaves the server. */
  dataKey: Buffer
}

/** Throws `auth/required` when the account was erased since its token was made. */
function requireKept<Row extends Pick<ProfileRow, 'status' | 'dataKey'>>(
  row: Row | undefined,
): Row & { dataKey: Buffer } {
  if (!row?.dataKey || row.status === 'erased') throw new Problem('auth/required')
  return { ...row, dataKey: row.dataKey }
}

const readProfile = async (db: DbOrTx, accountId: string) => requireKept(await findProfile(db, accountId))

/** The key a customer's things are sealed under. */
export const keyOfCustomer = async (db: DbOrTx, accountId: string): Promise<Buffer> =>
  requireKept(await findKey(db, accountId)).dataKey

/** {@link keyOfCustomer}, and one change at a time of what they keep. */
export const lockCustomer = async (db: DbOrTx, accountId: string): Promise<Buffer> =>
  requireKept(await lockKey(db, accountId)).dataKey

function toCustomerView(ctx: AppContext, row: ProfileRow): CustomerView {
  return {
    id: row.id,
    ...openPerson(ctx.sealer, row),
    locale: row.locale,
    createdAt: row.createdAt.toISOString(),
    hasPassword: row.hasPassword,
    hasTotp: row.hasTotp,
    passkeyCount: row.passkeyCount,
    recoveryCodesLeft: row.recoveryCodesLeft,
  }
}

/** A customer as they see themselves, with the key their other things are sealed under. */
export async function readCustomer(ctx: AppContext, accountId: string): Promise<Profile> {
  const row = await readProfile(databaseOf(ctx.db, accountId), accountId)
  return { ...toCustomerView(ctx, row), dataKey: row.dataKey }
}

/** A customer as they see themselves. */
export const viewCustomer = async (ctx: AppContext, accountId: string): Promise<CustomerView> =>
  toCustomerView(ctx, await readProfile(databaseOf(ctx.db, accountId), accountId))

/** Changes what a customer may change of themselves without proving anything again; what is not named stays. */
export async function changeCustomer(
  ctx: AppContext,
  accountId: string,
  change: { name?: string | undefined; locale?: Locale | undefined },
): Promise<CustomerView> {
  const { name, locale } = change
  const row = await asCustomer(ctx.db, accountId, async (db) => {
    const { dataKey } = await readProfile(db, accountId)
    const { nameSealed } = sealPerson(ctx.sealer, { id: accountId, dataKey }, name === undefined ? {} : { name })
    const change = { ...(nameSealed ? { nameSealed } : {}), ...(locale ? { locale } : {}) }
    await updateProfile(db, accountId, { ...change, now: ctx.clock.now() })
    return readProfile(db, accountId)
  })
  return toCustomerView(ctx, row)
}
