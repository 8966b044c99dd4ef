import type { AppContext } from '../../../context.ts'
import type { Audience } from '../../../platform/auth/actor.ts'
import { anonymous } from '../../../platform/auth/actor.ts'
import type { ClientFacts } from '../../../platform/auth/client.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import { recordAudit } from '../../audit/audit.ts'
import { tellSecurity } from './tell-security.ts'
import { findPasskey, notePasskeyUse } from './passkeys.sql.ts'
import type { PasskeyRow } from './passkeys.sql.ts'
import type { TakenCeremony } from './ceremonies.ts'
import type { Proven } from './proven.ts'
import { readAssertion, userHandleOf, verifyAssertion } from './webauthn.ts'

export interface PasskeyProof extends Proven {
  passkeyId: string
  accountId: string
}

/** A counter that went back means that the passkey's secret is in two places: refused, and somebody hears of it. */
async function tellOfClone(
  ctx: AppContext,
  { passkey, client, counter }: { passkey: PasskeyRow; client: ClientFacts; counter: number },
): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const evidence = { account: passkey.accountId, passkey: passkey.id }
    await tellSecurity(ctx, tx, { rule: 'passkey-counter', evidence })
    await recordAudit(ctx, tx, {
      action: 'security.alert',
      result: 'refused',
      actor: anonymous,
      client,
      object: { type: 'passkey', id: passkey.id },
      reason: 'passkey-counter',
      details: { account: passkey.accountId, known: passkey.counter, given: counter },
    })
  })
}

/** Whose it is must be said by the passkey itself where nobody is known yet, and never be another. */
function isOwnersHandle(passkey: PasskeyRow, handle: string | undefined, isKnown: boolean): boolean {
  if (handle === undefined || handle === '') return isKnown
  return handle === userHandleOf(passkey.accountId)
}

/**
 * What a passkey proves, or undefined: unknown, another's, the one that was the first step, not verified, for another site, or
 * with a counter that went back. It is right only if `use` then says so.
 */
export async function checkPasskey(
  ctx: AppContext,
  ceremony: TakenCeremony,
  given: { response: unknown; audience: Audience; client: ClientFacts; exceptPasskeyId?: string | null },
): Promise<PasskeyProof | undefined> {
  const response = readAssertion(given.response)
  const passkey = response && (await findPasskey(ctx.db, Buffer.from(response.id, 'base64url')))
  if (!response || !passkey || passkey.id === given.exceptPasskeyId) return undefined
  const isKnown = ceremony.accountId !== null
  if (isKnown && passkey.accountId !== ceremony.accountId) return undefined
  if (!isOwnersHandle(passkey, response.response.userHandle, isKnown)) return undefined
  const { challenge } = ceremony
  const seen = await verifyAssertion(ctx, { audience: given.audience, challenge }, { response, passkey })
  if (!seen) return undefined
  const { counter, isBackedUp } = seen
  if ((counter > 0 || passkey.counter > 0) && counter <= passkey.counter) {
    await tellOfClone(ctx, { passkey, client: given.client, counter })
    return undefined
  }
  return {
    amr: 'hwk',
    passkeyId: passkey.id,
    accountId: passkey.accountId,
    use: (tx) => notePasskeyUse(tx, { id: passkey.id, counter, isBackedUp, now: ctx.clock.now() }),
  }
}
