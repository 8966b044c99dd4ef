import type { AppContext } from '../../../context.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import { recordAudit } from '../../audit/audit.ts'
import { openPerson } from '../accounts.ts'
import { lockAccount, updateAccount } from '../accounts.sql.ts'
import { sendMessage } from '../messages.ts'
import { announceAccountChange, revokeSessions } from '../tokens/sessions.ts'
import { listInactiveStaff } from './inactive-staff.sql.ts'

const INACTIVE_DAYS = 90
const AT_ONCE = 200
const reason = 'inactive for 90 days'

async function disable(ctx: AppContext, accountId: string, before: Date): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const account = await lockAccount(tx, accountId)
    // Somebody who has come back in this moment stays.
    if (account?.status !== 'active' || (account.lastSignInAt ?? account.createdAt) >= before) return
    const now = ctx.clock.now()
    await updateAccount(tx, accountId, { status: 'disabled', disabledAt: now, disabledReason: reason }, now)
    await announceAccountChange(ctx, tx, accountId)
    await revokeSessions(ctx, tx, { accountId, reason: 'disabled', by: 'system' })
    const { name, email } = openPerson(ctx.sealer, account)
    const said = { accountId, kind: 'account-disabled', channel: 'email', locale: account.locale } as const
    if (email !== null) await sendMessage(ctx, tx, { ...said, content: { to: email, name, details: {} } })
    const object = { type: 'staff', id: accountId }
    await recordAudit(ctx, tx, { action: 'staff.disabled', result: 'ok', actor: 'system', object, reason })
  })
}

/** PCI DSS 8.2.6 (ST-6): who has not signed in for 90 days is shut out until somebody lets them back in. */
export async function disableInactiveStaff(ctx: AppContext): Promise<void> {
  const before = new Date(ctx.clock.now().getTime() - INACTIVE_DAYS * 86_400_000)
  for (const id of await listInactiveStaff(ctx.db, { before, limit: AT_ONCE })) await disable(ctx, id, before)
}
