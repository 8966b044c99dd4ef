import type { PasskeyView } from '@dhow/contracts/account-security.ts'
import type { AppContext } from '../../../context.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { newId } from '../../../platform/ids.ts'
import type { AccountRow } from '../accounts.sql.ts'
import { takeCeremony } from './ceremonies.ts'
import { changeFactors } from './change-factors.ts'
import type { Owner } from './change-factors.ts'
import type { Factors } from './factors.sql.ts'
import { deletePasskey, insertPasskey, listPasskeysOf } from './passkeys.sql.ts'
import type { PasskeyRow } from './passkeys.sql.ts'
import { readRegistration } from './webauthn.ts'

const viewPasskey = ({ id, name, createdAt, lastUsedAt, isBackedUp }: PasskeyRow): PasskeyView => ({
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

/** More than anybody has devices; dialogs list them all. */
const MAX_PASSKEYS = 20

/** Throws `auth/passkey-invalid` when it is somebody's already, or one too many. */
export async function keepPasskey(tx: Tx, passkey: PasskeyRow, { passkeyCount }: Factors): Promise<void> {
  if (passkeyCount >= MAX_PASSKEYS || !(await insertPasskey(tx, passkey))) throw new Problem('auth/passkey-invalid')
}

export async function addPasskey(ctx: AppContext, owner: Owner, made: NewPasskey): Promise<PasskeyView> {
  const passkey = await readNewPasskey(ctx, owner, made)
  await changeFactors(ctx, owner, async (tx, _account, factors) => {
    await keepPasskey(tx, passkey, factors)
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
