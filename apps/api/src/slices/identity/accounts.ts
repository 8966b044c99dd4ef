import type { Locale } from '@dhow/contracts/primitives.ts'
import type { AppContext } from '../../context.ts'
import type { Sealer } from '../../platform/crypto/sealing.ts'
import type { DbOrTx } from '../../platform/db/database.ts'
import { newId } from '../../platform/ids.ts'
import { insertAccount, listStaffNames } from './accounts.sql.ts'
import type { AccountKind, AccountRow } from './accounts.sql.ts'

/** Who an account belongs to, opened. */
export interface Person {
  name: string | null
  phone: string | null
  email: string | null
}

/** NFKC and lower case: how two ways of writing one address are the same. Dots and plus signs stay as typed. */
export const comparableEmail = (email: string): string => email.normalize('NFKC').trim().toLowerCase()

export const emailIndexOf = (sealer: Sealer, email: string): Buffer =>
  sealer.blindIndex('accounts.email', comparableEmail(email))

export const phoneIndexOf = (sealer: Sealer, e164: string): Buffer => sealer.blindIndex('accounts.phone', e164)

type SealedAccount = Pick<AccountRow, 'id' | 'dataKey' | 'nameSealed' | 'phoneSealed' | 'emailSealed'>

/** Opens what is sealed. Purposes name the column and the row, so that no value opens as another's. */
export function openPerson(sealer: Sealer, account: SealedAccount): Person {
  const { id, dataKey } = account
  if (!dataKey) throw new Error(`account ${id} has been erased`)
  const open = (column: string, sealed: Buffer | null): string | null =>
    sealed && String(sealer.openJson(dataKey, `accounts.${column}.${id}`, sealed))
  return {
    name: open('name', account.nameSealed),
    phone: open('phone', account.phoneSealed),
    email: open('email', account.emailSealed),
  }
}

/** Columns that hold these facts, sealed under the account's key and indexed; what is not named is not touched. */
export function sealPerson(
  sealer: Sealer,
  account: { id: string; dataKey: Buffer },
  person: Partial<Record<keyof Person, string>>,
): Partial<Pick<AccountRow, 'nameSealed' | 'phoneSealed' | 'phoneIndex' | 'emailSealed' | 'emailIndex'>> {
  const seal = (column: string, value: string): Buffer =>
    sealer.sealJson(account.dataKey, `accounts.${column}.${account.id}`, value)
  return {
    ...(person.name === undefined ? {} : { nameSealed: seal('name', person.name) }),
    ...(person.phone === undefined
      ? {}
      : { phoneSealed: seal('phone', person.phone), phoneIndex: phoneIndexOf(sealer, person.phone) }),
    ...(person.email === undefined
      ? {}
      : { emailSealed: seal('email', person.email), emailIndex: emailIndexOf(sealer, person.email) }),
  }
}

export interface NewPerson {
  kind: AccountKind
  status: 'active' | 'invited'
  locale: Locale
  name?: string
  /** E.164. What is given here counts as verified: by a code, by a link, or not yet for somebody `invited`. */
  phone?: string
  email?: string
}

/** Makes an account, or returns undefined when its phone or e-mail has one of that kind already. */
export async function createAccount(
  ctx: Pick<AppContext, 'sealer' | 'clock'>,
  tx: DbOrTx,
  person: NewPerson,
): Promise<AccountRow | undefined> {
  const { kind, status, locale, name, phone, email } = person
  const now = ctx.clock.now()
  const id = newId()
  const dataKey = ctx.sealer.newDataKey()
  const facts = {
    ...(name === undefined ? {} : { name }),
    ...(phone === undefined ? {} : { phone }),
    ...(email === undefined ? {} : { email }),
  }
  const account = {
    id,
    kind,
    status,
    dataKey,
    nameSealed: null,
    phoneSealed: null,
    phoneIndex: null,
    emailSealed: null,
    emailIndex: null,
    phoneVerifiedAt: phone === undefined ? null : now,
    emailVerifiedAt: email === undefined || status === 'invited' ? null : now,
    locale,
    createdAt: now,
    ...sealPerson(ctx.sealer, { id, dataKey }, facts),
  }
  if (!(await insertAccount(tx, account))) return undefined
  return { ...account, failureCount: 0, lastFailureAt: null, lastSignInAt: null }
}

/** What staff members are called, by account id; their e-mail address while they have no name yet. */
export async function findStaffNames(
  ctx: Pick<AppContext, 'sealer' | 'db'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await listStaffNames(ctx.db, ids)
  return new Map(
    rows.map((row) => {
      const { name, email } = openPerson(ctx.sealer, row)
      return [row.id, name ?? email ?? '']
    }),
  )
}
