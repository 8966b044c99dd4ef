import type { PasskeyView, RecoveryCodes, TotpEnrolment } from '@dhow/contracts/account.ts'
import type { AppContext } from '../../../context.ts'
import type { CustomerActor, StaffActor } from '../../../platform/auth/actor.ts'
import type { ClientFacts } from '../../../platform/auth/client.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { newId } from '../../../platform/ids.ts'
import { lockAccount } from '../accounts.sql.ts'
import type { AccountRow } from '../accounts.sql.ts'
import { announceFactorChange } from './announce-change.ts'
import type { FactorChange } from './announce-change.ts'
import { takeCeremony } from './ceremonies.ts'
import { snapshotFactors } from './factor-snapshot.ts'
import { findFactors } from './factors.sql.ts'
import type { Factors } from './factors.sql.ts'
import { deletePasskey, insertPasskey, listPasskeysOf } from './passkeys.sql.ts'
import type { PasskeyRow } from './passkeys.sql.ts'
import { putRecoveryCodes } from './recovery-codes.sql.ts'
import { makeRecoveryCodes } from './recovery-codes.ts'
import { deleteTotp } from './totp.sql.ts'
import { beginSeed, confirmSeed } from './totp.ts'
import { readRegistration } from './webauthn.ts'

/** Somebody who changes their own factors. */
export interface Owner {
  actor: CustomerActor | StaffActor
  client: ClientFacts
}

/** One change after the other: locks the account, does it, tells everybody. `change` gives what it was, or throws. */
export function changeFactors(
  ctx: AppContext,
  { actor, client }: Owner,
  change: (tx: Tx, account: AccountRow, factors: Factors) => Promise<FactorChange>,
): Promise<void> {
  return inTransaction(ctx.db, async (tx) => {
    const account = await lockAccount(tx, actor.accountId)
    if (account?.status !== 'active') throw new Problem('auth/required')
    const before = await snapshotFactors(tx, account.id)
    const done = await change(tx, account, await findFactors(tx, account.id))
    await announceFactorChange(ctx, tx, { account, actor, client, change: done, before })
  })
}

export function beginTotp(ctx: AppContext, { actor }: Owner): Promise<TotpEnrolment> {
  return inTransaction(ctx.db, async (tx) => {
    const account = await lockAccount(tx, actor.accountId)
    if (!account) throw new Problem('auth/required')
    return beginSeed(ctx, tx, account)
  })
}

/** The first code of an app. Throws `auth/code-invalid`, or `auth/factor-not-found` when no secret waits for one. */
export async function confirmTotpIn(ctx: AppContext, tx: Tx, account: AccountRow, code: string): Promise<void> {
  const outcome = await confirmSeed(ctx, tx, account, code)
  if (outcome === 'wrong-code') throw new Problem('auth/code-invalid')
  if (outcome === 'nothing-pending') throw new Problem('auth/factor-not-found')
}

/** Turns the app on, with ten recovery codes for the day it is lost. */
export async function confirmTotp(ctx: AppContext, owner: Owner, code: string): Promise<RecoveryCodes> {
  const { codes, rows } = await makeRecoveryCodes(ctx, owner.actor.accountId)
  await changeFactors(ctx, owner, async (tx, account, { hasTotp }) => {
    await confirmTotpIn(ctx, tx, account, code)
    await putRecoveryCodes(tx, account.id, rows)
    return hasTotp ? 'totp-replaced' : 'totp-added'
  })
  return { codes }
}

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

export const viewPasskey = ({ id, name, createdAt, lastUsedAt, isBackedUp }: PasskeyRow): PasskeyView => ({
  id,
  name,
  createdAt: createdAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
  isBackedUp,
})

export const listPasskeys = async (ctx: AppContext, accountId: string): Promise<{ items: PasskeyView[] }> => ({
  items: (await listPasskeysOf(ctx.db, accountId)).map(viewPasskey),
})

export interface NewPasskey {
  ceremonyId: string
  response: unknown
  name: string
}

/** What the browser made, checked, not yet kept. Throws `auth/challenge-invalid`, `auth/passkey-invalid`. */
export async function readNewPasskey(ctx: AppContext, { actor }: Owner, made: NewPasskey): Promise<PasskeyRow> {
  const { accountId, sessionId } = actor
  const audience = actor.kind === 'staff' ? 'admin-api' : 'shop-api'
  const { ceremonyId, name, response } = made
  const ceremony = await takeCeremony(ctx, ctx.db, {
    ceremonyId,
    purpose: 'passkey-enrol',
    audience,
    accountId,
    sessionId,
  })
  const credential = await readRegistration(ctx, { audience, challenge: ceremony.challenge }, response)
  if (!credential) throw new Problem('auth/passkey-invalid')
  return { id: newId(), accountId, ...credential, name, createdAt: ctx.clock.now(), lastUsedAt: null }
}

export async function keepPasskey(tx: Tx, passkey: PasskeyRow): Promise<void> {
  if (!(await insertPasskey(tx, passkey))) throw new Problem('auth/passkey-invalid')
}

export async function addPasskey(ctx: AppContext, owner: Owner, made: NewPasskey): Promise<PasskeyView> {
  const passkey = await readNewPasskey(ctx, owner, made)
  await changeFactors(ctx, owner, async (tx) => {
    await keepPasskey(tx, passkey)
    return 'passkey-added'
  })
  return viewPasskey(passkey)
}

/** Whether somebody can still get in: customers by phone, by password, or by another passkey; staff need a second factor. */
function mayLosePasskey(account: AccountRow, { hasPassword, hasTotp, passkeyCount }: Factors): boolean {
  if (account.kind === 'staff') return hasTotp || passkeyCount > 1
  return account.phoneVerifiedAt !== null || (hasPassword && account.emailVerifiedAt !== null) || passkeyCount > 1
}

/** Throws `auth/factor-not-found`, also for another's, and `auth/last-factor`. */
export const removePasskey = (ctx: AppContext, owner: Owner, passkeyId: string): Promise<void> =>
  changeFactors(ctx, owner, async (tx, account, factors) => {
    if (!(await deletePasskey(tx, { id: passkeyId, accountId: account.id }))) throw new Problem('auth/factor-not-found')
    if (!mayLosePasskey(account, factors)) throw new Problem('auth/last-factor')
    return 'passkey-removed'
  })
