import type { StaffMember } from '@dhow/contracts/staff.ts'
import type { AppContext } from '../../context.ts'
import { inTransaction } from '../../platform/db/database.ts'
import type { Tx } from '../../platform/db/database.ts'
import { recordAudit } from '../audit/audit.ts'
import { announceAccountChange, endLinks, revokeSessions, sendMessage, updateAccount } from '../identity/identity.ts'
import type { AccountRow } from '../identity/identity.ts'
import type { Acting } from './acting.ts'
import { withdrawAll } from './approvals.sql.ts'
import { lockMember, requireCover, requireOtherOwner, rightsForLog } from './change-roles.ts'
import { openMember, viewMember } from './member-view.ts'
import { findMembers } from './members.sql.ts'
import { rolesOf } from './roles.sql.ts'

export interface StatusChange {
  staffId: string
  reason: string
  by: Acting
}

/**
 * Shuts somebody out: their sessions, invitations and open requests end with the commit. Roles stay, so that letting them back
 * in by mistake gives nobody more than they had. Throws `staff/not-found`, `staff/last-owner`; done twice it changes nothing.
 */
export function disableMember(ctx: AppContext, { staffId, reason, by }: StatusChange): Promise<StaffMember> {
  return inTransaction(ctx.db, async (tx) => {
    const account = await lockMember(tx, staffId)
    const roles = await rolesOf(tx, [staffId])
    requireCover(by, roles)
    if (account.status === 'disabled') return viewMember(ctx, tx, staffId)
    await requireOtherOwner(tx, account, roles)
    const now = ctx.clock.now()
    await updateAccount(tx, staffId, { status: 'disabled', disabledAt: now, disabledReason: reason }, now)
    await announceAccountChange(ctx, tx, staffId)
    await revokeSessions(ctx, tx, { accountId: staffId, reason: 'disabled', by: by.actor, client: by.client })
    await endLinks(tx, { accountId: staffId, purpose: 'staff-invite' }, now)
    const withdrawn = await withdrawAll(tx, staffId, now)
    await tellOfDisabling(ctx, tx, account)
    await recordAudit(ctx, tx, {
      action: 'staff.disabled',
      result: 'ok',
      ...by,
      object: { type: 'staff', id: staffId },
      reason,
      details: { ...rightsForLog(roles), withdrawnRequests: withdrawn.length },
    })
    return viewMember(ctx, tx, staffId)
  })
}

async function tellOfDisabling(ctx: AppContext, tx: Tx, account: AccountRow): Promise<void> {
  const { name, email } = openMember(ctx, account)
  await sendMessage(ctx, tx, {
    accountId: account.id,
    kind: 'account-disabled',
    channel: 'email',
    locale: account.locale,
    content: { to: email, name, details: {} },
  })
}

/** Lets somebody back in, to what they had; who has no second factor must be invited again. Throws `staff/not-found`. */
export function enableMember(ctx: AppContext, { staffId, reason, by }: StatusChange): Promise<StaffMember> {
  return inTransaction(ctx.db, async (tx) => {
    const account = await lockMember(tx, staffId)
    const roles = await rolesOf(tx, [staffId])
    requireCover(by, roles)
    if (account.status !== 'disabled') return viewMember(ctx, tx, staffId)
    const [member] = await findMembers(tx, [staffId])
    const status = member?.hasTotp || member?.hasPasskey ? 'active' : 'invited'
    const back = { status, disabledAt: null, disabledReason: null } as const
    await updateAccount(tx, staffId, back, ctx.clock.now())
    await recordAudit(ctx, tx, {
      action: 'staff.enabled',
      result: 'ok',
      ...by,
      object: { type: 'staff', id: staffId },
      reason,
      details: rightsForLog(roles),
    })
    return viewMember(ctx, tx, staffId)
  })
}
