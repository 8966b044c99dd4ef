/** What other slices, the application and its commands may use of the staff. */
export { disableByConsole, grantByConsole, inviteByConsole, resetByConsole } from './console.ts'
export { ensureDemoStaff } from './demo-staff.ts'
export { viewMembers } from './member-view.ts'
export { findStaffNames } from '../identity/identity.ts'
export type { Acting } from './acting.ts'
export { defineApprovalAction } from './approval-actions.ts'
export { registryOf } from './decide-approval.ts'
export { askSecondPerson, findAsked } from './ask-second-person.ts'
export { limitOf, lockGiving, mayGiveAlone } from './give-alone.ts'
import { grantRolesAction } from './grant-roles.ts'
import { resetFactorsAction } from './reset-factors.ts'

/** What of the staff's own takes two people; the application puts the list of all slices together. */
export const staffActions = [grantRolesAction, resetFactorsAction]
