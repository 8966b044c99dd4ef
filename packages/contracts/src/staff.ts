import { z } from 'zod'
import { SessionView } from './account-security.ts'
import { Email } from './auth.ts'
import { defineEndpoint } from './endpoint.ts'
import { Permission, RoleLimits } from './permissions.ts'
import { Id, Instant, Locale, typedText } from './primitives.ts'

const tag = 'Staff and roles'
const base = { tag, auth: 'staff', rateLimit: 'staff' } as const
const reads = { ...base, permission: 'staff.read' } as const
const writes = { ...base, permission: 'staff.write', isFresh: true } as const

export const RoleView = z
  .strictObject({
    id: Id,
    /** Of the ready roles; null for the merchant's own. */
    code: z.string().nullable(),
    nameEn: z.string(),
    nameAr: z.string(),
    permissions: z.array(Permission),
    limits: RoleLimits,
    memberCount: z.int(),
    /** The owner's role is as it is. */
    isEditable: z.boolean(),
    /** Granting it takes a second person. */
    needsApproval: z.boolean(),
  })
  .meta({ id: 'Role' })
export type RoleView = z.infer<typeof RoleView>

export const StaffMember = z
  .strictObject({
    id: Id,
    name: z.string().nullable(),
    email: z.string(),
    status: z.enum(['invited', 'active', 'disabled']),
    roles: z.array(z.strictObject({ id: Id, nameEn: z.string(), nameAr: z.string() })),
    secondFactors: z.array(z.enum(['totp', 'passkey'])),
    lastSignInAt: Instant.nullable(),
    createdAt: Instant,
    sessionCount: z.int(),
    inviteExpiresAt: Instant.nullable(),
  })
  .meta({ id: 'StaffMember' })
export type StaffMember = z.infer<typeof StaffMember>

export const ApprovalView = z
  .strictObject({
    id: Id,
    action: z.string(),
    subject: z.record(z.string(), z.unknown()),
    reason: z.string(),
    state: z.enum(['pending', 'approved', 'rejected', 'withdrawn', 'expired']),
    requestedBy: z.strictObject({ id: Id, name: z.string() }),
    requestedAt: Instant,
    expiresAt: Instant,
    decidedBy: z.strictObject({ id: Id, name: z.string() }).nullable(),
    decidedAt: Instant.nullable(),
    /** True for the one who asked. */
    isOwn: z.boolean(),
  })
  .meta({ id: 'Approval' })
export type ApprovalView = z.infer<typeof ApprovalView>

/** Done at once, or waiting for somebody else. */
export const StaffChange = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('done'), member: StaffMember }),
    z.strictObject({ kind: z.literal('approval-requested'), member: StaffMember, approval: ApprovalView }),
  ])
  .meta({ id: 'StaffChange' })
export type StaffChange = z.infer<typeof StaffChange>

const staffParams = z.strictObject({ staffId: Id })
const roleIds = z.array(Id).min(1).max(20)
const reason = typedText({ min: 3, max: 200 })

export const listStaff = defineEndpoint({
  ...reads,
  id: 'listStaff',
  method: 'GET',
  path: '/admin/staff',
  status: 200,
  summary: 'Everybody who may work here',
  response: z.strictObject({ items: z.array(StaffMember) }),
  problems: [],
})

export const getStaffMember = defineEndpoint({
  ...reads,
  id: 'getStaffMember',
  method: 'GET',
  path: '/admin/staff/{staffId}',
  status: 200,
  summary: 'One staff member',
  params: staffParams,
  response: StaffMember,
  problems: ['staff/not-found'],
})

export const inviteStaff = defineEndpoint({
  ...writes,
  id: 'inviteStaff',
  method: 'POST',
  path: '/admin/staff',
  status: 201,
  idempotency: 'optional',
  summary: 'Invite somebody: a link good once, for 24 hours, goes to their address',
  description: 'Roles that take two people are granted when somebody else approved.',
  body: z.strictObject({ email: Email, roleIds, locale: Locale.optional(), reason: reason.optional() }),
  response: StaffChange,
  problems: ['staff/already-invited', 'staff/role-not-found'],
})

export const resendInvite = defineEndpoint({
  ...writes,
  id: 'resendInvite',
  method: 'POST',
  path: '/admin/staff/{staffId}/invite',
  status: 200,
  summary: 'Send a new link; the old one stops working',
  params: staffParams,
  response: StaffMember,
  problems: ['staff/not-found', 'staff/already-invited'],
})

export const setStaffRoles = defineEndpoint({
  ...writes,
  id: 'setStaffRoles',
  method: 'PUT',
  path: '/admin/staff/{staffId}/roles',
  status: 200,
  summary: 'Change somebody’s roles; their sessions end, and they sign in to the new rights',
  params: staffParams,
  body: z.strictObject({ roleIds, reason }),
  response: StaffChange,
  problems: ['staff/not-found', 'staff/role-not-found', 'staff/last-owner'],
})

export const disableStaff = defineEndpoint({
  ...writes,
  id: 'disableStaff',
  method: 'POST',
  path: '/admin/staff/{staffId}/disable',
  status: 200,
  summary: 'Shut somebody out at once',
  params: staffParams,
  body: z.strictObject({ reason }),
  response: StaffMember,
  problems: ['staff/not-found', 'staff/last-owner'],
})

export const enableStaff = defineEndpoint({
  ...writes,
  id: 'enableStaff',
  method: 'POST',
  path: '/admin/staff/{staffId}/enable',
  status: 200,
  summary: 'Let somebody back in',
  params: staffParams,
  body: z.strictObject({ reason }),
  response: StaffMember,
  problems: ['staff/not-found'],
})

export const resetStaffFactors = defineEndpoint({
  ...writes,
  id: 'resetStaffFactors',
  method: 'POST',
  path: '/admin/staff/{staffId}/reset-factors',
  status: 200,
  summary: 'For somebody who lost every second factor: two people and 24 hours later they are invited anew',
  params: staffParams,
  body: z.strictObject({ reason }),
  response: StaffChange,
  problems: ['staff/not-found'],
})

// --- Roles

const roleParams = z.strictObject({ roleId: Id })
const roleBody = z.strictObject({
  nameEn: typedText({ min: 1, max: 60 }),
  nameAr: typedText({ min: 1, max: 60 }),
  permissions: z.array(Permission).max(100),
  limits: RoleLimits,
})
const changesRoles = { ...base, permission: 'roles.write', isFresh: true } as const

export const listRoles = defineEndpoint({
  ...reads,
  id: 'listRoles',
  method: 'GET',
  path: '/admin/roles',
  status: 200,
  summary: 'Roles, and what each permits',
  response: z.strictObject({ items: z.array(RoleView) }),
  problems: [],
})

export const createRole = defineEndpoint({
  ...changesRoles,
  id: 'createRole',
  method: 'POST',
  path: '/admin/roles',
  status: 201,
  idempotency: 'optional',
  summary: 'Make a role',
  body: roleBody,
  response: RoleView,
  problems: [],
})

export const replaceRole = defineEndpoint({
  ...changesRoles,
  id: 'replaceRole',
  method: 'PUT',
  path: '/admin/roles/{roleId}',
  status: 200,
  summary:
    'Change what a role permits, for everybody who has it; power over others is not added to a role somebody has',
  params: roleParams,
  body: roleBody,
  response: RoleView,
  problems: ['staff/role-not-found', 'staff/role-protected', 'staff/role-in-use'],
})

export const deleteRole = defineEndpoint({
  ...changesRoles,
  id: 'deleteRole',
  method: 'DELETE',
  path: '/admin/roles/{roleId}',
  status: 204,
  summary: 'Delete a role nobody has',
  params: roleParams,
  problems: ['staff/role-not-found', 'staff/role-protected', 'staff/role-in-use'],
})

// --- Approvals

const approvalParams = z.strictObject({ approvalId: Id })

export const listApprovals = defineEndpoint({
  ...base,
  permission: 'self',
  id: 'listApprovals',
  method: 'GET',
  path: '/admin/approvals',
  status: 200,
  summary:
    'What waits for a second person, and what was decided lately: one’s own, and with `approvals.decide` everybody’s',
  response: z.strictObject({ items: z.array(ApprovalView) }),
  problems: [],
})

export const approve = defineEndpoint({
  ...base,
  permission: 'approvals.decide',
  isFresh: true,
  id: 'approve',
  method: 'POST',
  path: '/admin/approvals/{approvalId}/approve',
  status: 200,
  summary: 'Agree to what somebody else asked for; it is done at once',
  params: approvalParams,
  response: ApprovalView,
  problems: ['approvals/not-found', 'approvals/not-pending', 'approvals/own-request'],
})

export const reject = defineEndpoint({
  ...base,
  permission: 'approvals.decide',
  id: 'reject',
  method: 'POST',
  path: '/admin/approvals/{approvalId}/reject',
  status: 200,
  summary: 'Refuse what somebody asked for',
  params: approvalParams,
  response: ApprovalView,
  problems: ['approvals/not-found', 'approvals/not-pending'],
})

export const withdraw = defineEndpoint({
  ...base,
  permission: 'self',
  id: 'withdraw',
  method: 'POST',
  path: '/admin/approvals/{approvalId}/withdraw',
  status: 200,
  summary: 'Take back one’s own request',
  params: approvalParams,
  response: ApprovalView,
  problems: ['approvals/not-found', 'approvals/not-pending'],
})

// --- Sessions of others

export const AnySession = SessionView.omit({ isCurrent: true })
  .extend({
    account: z.strictObject({ id: Id, kind: z.enum(['customer', 'staff']), label: z.string() }),
  })
  .meta({ id: 'AnySession' })
export type AnySession = z.infer<typeof AnySession>

export const listAnySessions = defineEndpoint({
  ...base,
  permission: 'sessions.read',
  id: 'listAnySessions',
  method: 'GET',
  path: '/admin/sessions',
  status: 200,
  summary: 'Live sessions of staff, or of the customer with exactly this phone or e-mail',
  query: z.strictObject({
    kind: z.enum(['staff', 'customer']).default('staff'),
    phoneOrEmail: typedText({ max: 254 }).optional(),
    staffId: Id.optional(),
  }),
  response: z.strictObject({ items: z.array(AnySession) }),
  problems: [],
})

export const revokeAnySession = defineEndpoint({
  ...base,
  permission: 'sessions.revoke',
  id: 'revokeAnySession',
  method: 'DELETE',
  path: '/admin/sessions/{sessionId}',
  status: 204,
  summary: 'End somebody’s session',
  params: z.strictObject({ sessionId: Id }),
  problems: ['auth/session-not-found'],
})
