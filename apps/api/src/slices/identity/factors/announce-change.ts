import type { AppContext } from '../../../context.ts'
import type { CustomerActor, StaffActor } from '../../../platform/auth/actor.ts'
import type { ClientFacts } from '../../../platform/auth/client.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { recordAudit } from '../../audit/audit.ts'
import type { AccountRow } from '../accounts.sql.ts'
import { openPerson } from '../accounts.ts'
import { sendMessage } from '../messages.ts'
import { tellOfChange } from '../tell-of-change.ts'
import { revokeSessions } from '../tokens/sessions.ts'
import type { FactorSnapshot } from './factor-snapshot.ts'

/** What happened to a factor; mails have words for each. */
export type FactorChange =
  | 'totp-added'
  | 'totp-replaced'
  | 'totp-removed'
  | 'passkey-added'
  | 'passkey-removed'
  | 'recovery-codes-renewed'

export interface ChangedFactor {
  account: AccountRow
  actor: CustomerActor | StaffActor
  client: ClientFacts
  change: FactorChange
  before: FactorSnapshot
}

/**
 * A customer's notice can take the change back for 72 hours. A staff member's cannot: whoever reads their mail must not be
 * able to take a second factor off (ADR 10); it says whom to call.
 */
async function tellOwner(ctx: AppContext, tx: Tx, { account, change, before }: ChangedFactor): Promise<void> {
  const details = { change }
  if (account.kind === 'customer')
    return tellOfChange(ctx, tx, { account, before: { change: 'second-factor', before }, details })
  const { name, email } = openPerson(ctx.sealer, account)
  if (email === null) return
  const { id: accountId, locale } = account
  const content = { to: email, name, details }
  await sendMessage(ctx, tx, { accountId, kind: 'second-factor-changed', channel: 'email', locale, content })
}

/** What follows a change of factors (SE-6): its owner is told, every other session ends, the audit log has it. The last step. */
export async function announceFactorChange(ctx: AppContext, tx: Tx, changed: ChangedFactor): Promise<void> {
  const { account, actor, client, change } = changed
  await tellOwner(ctx, tx, changed)
  await revokeSessions(ctx, tx, {
    accountId: account.id,
    reason: 'second-factor-changed',
    exceptSessionId: actor.sessionId,
    by: actor,
    client,
  })
  await recordAudit(ctx, tx, {
    action: change.endsWith('removed') ? 'auth.factor-removed' : 'auth.factor-added',
    result: 'ok',
    actor,
    client,
    object: { type: 'account', id: account.id },
    details: { change },
  })
}
