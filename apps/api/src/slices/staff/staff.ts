export { disableByConsole, grantByConsole, inviteByConsole, resetByConsole } from './console.ts'
export { ensureDemoStaff } from './demo-staff.ts'
export { viewMembers } from './member-view.ts'
import { registryOf } from './decide-approval.ts'
import type { ApprovalRegistry } from './decide-approval.ts'
import { grantRolesAction } from './grant-roles.ts'
import { resetFactorsAction } from './reset-factors.ts'

/** Everything that takes two people. Issue 4 adds refunds: a slice declares its actions, the list is put together here. */
export const staffApprovals: ApprovalRegistry = registryOf([grantRolesAction, resetFactorsAction])
