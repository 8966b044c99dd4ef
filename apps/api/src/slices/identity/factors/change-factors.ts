import type { RecoveryCodes, TotpEnrolment } from '@dhow/contracts/account-security.ts'
import type { AppContext } from '../../../context.ts'
import type { CustomerActor, StaffActor } from '../../../platform/auth/actor.ts'
import type { ClientFacts } from '../../../platform/auth/client.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { findAccount, lockAccount } from '../accounts.sql.ts'
import type { AccountRow } from '../accounts.sql.ts'
import { announceFactorChange } from './announce-change.ts'
import type { FactorChange } from './announce-change.ts'
import { snapshotFactors } from './factor-snapshot.ts'
import { findFactors } from './factors.sql.ts'
import type { Factors } from './factors.sql.ts'
import { putRecoveryCodes } from './recovery-codes.sql.ts'
import { makeRecoveryCodes } from './recovery-codes.ts'
import { deleteTotp } from './totp.sql.ts'
import { beginSeed, confirmSeed, requireFirstCode } from './totp.ts'

/** Somebody who changes their own factors. */
export interface Owner {
  actor: CustomerActor | StaffActor
  client: ClientFacts
}

/** The owner's account. Throws `auth/required` when it is gone. */
export async function accountOf(ctx: AppContext, { actor }: Owner): Promise<AccountRow> {
  const account = await findAccount(ctx.db, { id: actor.accountId })
  if (!account) throw new Problem('auth/required')
  return account
}

export type Change = (tx: Tx, account: AccountRow, factors: Factors) => Promise<FactorChange>

/** One change after the other: locks the account, does it, tells everybody. `change` gives what it was, or throws. */
export async function changeFactorsIn(
  ctx: AppContext,
  tx: Tx,
  { actor, client, change }: Owner & { change: Change },
): Promise<void> {
  const account = await lockAccount(tx, actor.accountId)
  if (account?.status !== 'active') throw new Problem('auth/required')
  const before = await snapshotFactors(tx, account.id)
  const done = await change(tx, account, await findFactors(tx, account.id))
  await announceFactorChange(ctx, tx, { account, actor, client, change: done, before })
}

export const changeFactors = (ctx: AppContext, owner: Owner, change: Change): Promise<void> =>
  inTransaction(ctx.db, (tx) => changeFactorsIn(ctx, tx, { ...owner, change }))

export function beginTotp(ctx: AppContext, { actor }: Owner): Promise<TotpEnrolment> {
  return inTransaction(ctx.db, async (tx) => {
    const account = await lockAccount(tx, actor.accountId)
    if (!account) throw new Problem('auth/required')
    return beginSeed(ctx, tx, account)
  })
}

/** Turns the app on, with ten recovery codes for the day it is lost. */
export async function confirmTotp(ctx: AppContext, owner: Owner, code: string): Promise<RecoveryCodes> {
  await requireFirstCode(ctx, { account: await accountOf(ctx, owner), code })
  const { codes, rows } = await makeRecoveryCodes(ctx, owner.actor.accountId)
  await changeFactors(ctx, owner, async (tx, account, { hasTotp }) => {
    await confirmSeed(ctx, tx, { account, code })
    await putRecoveryCodes(tx, account.id, rows)
    return hasTotp ? 'totp-replaced' : 'totp-added'
  })
  return { codes }
}

/** The app of a staff member: their recovery codes stay as they are. */
export const replaceTotp = (ctx: AppContext, owner: Owner, code: string): Promise<void> =>
  changeFactors(ctx, owner, async (tx, account, { hasTotp }) => {
    await confirmSeed(ctx, tx, { account, code })
    return hasTotp ? 'totp-replaced' : 'totp-added'
  })

export const removeTotp = (ctx: AppContext, owner: Owner): Promise<void> =>
  changeFactors(ctx, owner, async (tx, account, { hasTotp }) => {
    if (!hasTotp) throw new Problem('auth/factor-not-found')
    await deleteTotp(tx, account.id)
    await putRecoveryCodes(tx, account.id, [])
    return 'totp-removed'
  })

/** Codes stand in for the other second factors; who has none needs no codes. Throws `auth/factor-not-found`. */
export async function renewRecoveryCodes(ctx: AppContext, owner: Owner): Promise<RecoveryCodes> {
  const { codes, rows } = await makeRecoveryCodes(ctx, owner.actor.accountId)
  await changeFactors(ctx, owner, async (tx, account, { hasTotp }) => {
    if (account.kind === 'customer' && !hasTotp) throw new Problem('auth/factor-not-found')
    await putRecoveryCodes(tx, account.id, rows)
    return 'recovery-codes-renewed'
  })
  return { codes }
}
