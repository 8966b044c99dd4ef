import * as contract from '@dhow/contracts/staff.ts'
import { mount } from '../../platform/http/mount.ts'
import type { Api } from '../../platform/http/mount.ts'
import { endSession, viewSessions } from './any-sessions.ts'
import { addRole, changeRole, removeRole } from './change-role.ts'
import { approveRequest, rejectRequest, viewApprovals, withdrawRequest } from './decide-approval.ts'
import type { ApprovalRegistry } from './decide-approval.ts'
import { setRoles } from './grant-roles.ts'
import { inviteAgain, inviteMember } from './invite.ts'
import { viewMember, viewMembers, viewRoles } from './member-view.ts'
import { disableMember, enableMember } from './member-status.ts'
import { requestReset } from './reset-factors.ts'

function mountMembers(api: Api): void {
  const { ctx } = api
  mount(api, contract.listStaff, async () => ({ items: await viewMembers(ctx) }))
  mount(api, contract.getStaffMember, ({ params }) => viewMember(ctx, ctx.db, params.staffId))
  mount(api, contract.inviteStaff, ({ body, locale, actor, client }) =>
    inviteMember(ctx, { locale, reason: 'invited', ...body, by: { actor, client } }),
  )
  mount(api, contract.resendInvite, ({ params, actor, client }) =>
    inviteAgain(ctx, { ...params, by: { actor, client } }),
  )
  mount(api, contract.setStaffRoles, ({ params, body, actor, client }) =>
    setRoles(ctx, { ...params, ...body, by: { actor, client } }),
  )
  mount(api, contract.disableStaff, ({ params, body, actor, client }) =>
    disableMember(ctx, { ...params, ...body, by: { actor, client } }),
  )
  mount(api, contract.enableStaff, ({ params, body, actor, client }) =>
    enableMember(ctx, { ...params, ...body, by: { actor, client } }),
  )
  mount(api, contract.resetStaffFactors, ({ params, body, actor, client }) =>
    requestReset(ctx, { ...params, ...body, by: { actor, client } }),
  )
}

function mountRoles(api: Api): void {
  const { ctx } = api
  mount(api, contract.listRoles, async () => ({ items: await viewRoles(ctx) }))
  mount(api, contract.createRole, ({ body, actor, client }) => addRole(ctx, { content: body, by: { actor, client } }))
  mount(api, contract.replaceRole, ({ params, body, actor, client }) =>
    changeRole(ctx, { ...params, content: body, by: { actor, client } }),
  )
  mount(api, contract.deleteRole, async ({ params, actor, client }) => {
    await removeRole(ctx, { ...params, by: { actor, client } })
    return undefined
  })
}

function mountApprovals(api: Api, actions: ApprovalRegistry): void {
  const { ctx } = api
  mount(api, contract.listApprovals, async ({ actor }) => ({ items: await viewApprovals(ctx, actions, actor) }))
  mount(api, contract.approve, ({ params, actor, client }) =>
    approveRequest(ctx, actions, { ...params, actor, client }),
  )
  mount(api, contract.reject, ({ params, actor, client }) => rejectRequest(ctx, actions, { ...params, actor, client }))
  mount(api, contract.withdraw, ({ params, actor, client }) =>
    withdrawRequest(ctx, actions, { ...params, actor, client }),
  )
}

/** Staff, roles, what takes two people (`actions`: of every slice that has such things), and the sessions of others. */
export function mountStaff(api: Api, actions: ApprovalRegistry): void {
  const { ctx } = api
  mountMembers(api)
  mountRoles(api)
  mountApprovals(api, actions)
  mount(api, contract.listAnySessions, async ({ query, actor, client }) => ({
    items: await viewSessions(ctx, { query, by: { actor, client } }),
  }))
  mount(api, contract.revokeAnySession, async ({ params, actor, client }) => {
    await endSession(ctx, { ...params, by: { actor, client } })
    return undefined
  })
}
