import type { RoleView, StaffMember } from '@dhow/contracts/staff.ts'
import { Permission } from '@dhow/contracts/permissions.ts'
import type { AppContext } from '../../context.ts'
import { Problem } from '../../platform/http/problem.ts'
import type { DbOrTx } from '../../platform/db/database.ts'
import { openPerson } from '../identity/identity.ts'
import { findMembers, listMembers } from './members.sql.ts'
import type { MemberRow } from './members.sql.ts'
import { listRoles, rolesOf } from './roles.sql.ts'
import type { RoleRow } from './roles.sql.ts'
import { countStaffSessions } from './sessions.sql.ts'
import { isOwnerRole, needsTwoPeople } from './staff-rules.ts'

type Openable = Pick<MemberRow, 'id' | 'dataKey' | 'nameSealed' | 'phoneSealed' | 'emailSealed'>

/** Name and address, opened. Everybody on the staff has an address: they were invited to it. */
export function openMember(ctx: Pick<AppContext, 'sealer'>, member: Openable): { name: string | null; email: string } {
  const { name, email } = openPerson(ctx.sealer, member)
  if (email === null) throw new Error(`staff account ${member.id} has no e-mail address`)
  return { name, email }
}

/** How they are called in lists: by name once they have said it. */
export function labelOf(ctx: Pick<AppContext, 'sealer'>, member: Openable): string {
  const { name, email } = openMember(ctx, member)
  return name ?? email
}

const roleNames = ({ id, nameEn, nameAr }: RoleRow) => ({ id, nameEn, nameAr })

interface Facts {
  roles: readonly RoleRow[]
  sessionCount: number
}

function toMemberView(ctx: AppContext, member: MemberRow, { roles, sessionCount }: Facts): StaffMember {
  const { id, status, lastSignInAt, createdAt, inviteExpiresAt } = member
  const isInviteOpen = status === 'invited' && inviteExpiresAt !== null && inviteExpiresAt > ctx.clock.now()
  return {
    id,
    ...openMember(ctx, member),
    status,
    roles: roles.map(roleNames),
    secondFactors: [
      ...(member.hasTotp ? (['totp'] as const) : []),
      ...(member.hasPasskey ? (['passkey'] as const) : []),
    ],
    lastSignInAt: lastSignInAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    sessionCount,
    inviteExpiresAt: isInviteOpen ? inviteExpiresAt.toISOString() : null,
  }
}

async function present(ctx: AppContext, db: DbOrTx, members: readonly MemberRow[]): Promise<StaffMember[]> {
  const ids = members.map((member) => member.id)
  const rolesByMember = Map.groupBy(await rolesOf(db, ids), (role) => role.accountId)
  const sessionCounts = await countStaffSessions(db, ctx.clock.now())
  return members.map((member) =>
    toMemberView(ctx, member, {
      roles: rolesByMember.get(member.id) ?? [],
      sessionCount: sessionCounts.get(member.id) ?? 0,
    }),
  )
}

export const viewMembers = async (ctx: AppContext): Promise<StaffMember[]> =>
  present(ctx, ctx.db, await listMembers(ctx.db))

/** Throws `staff/not-found`. */
export async function viewMember(ctx: AppContext, db: DbOrTx, staffId: string): Promise<StaffMember> {
  const [view] = await present(ctx, db, await findMembers(db, [staffId]))
  if (!view) throw new Problem('staff/not-found')
  return view
}

/** A permission of an older release that is no more is not shown; it permits nothing either. */
const isPermission = (text: string): text is Permission => Permission.safeParse(text).success

export const toRoleView = (role: RoleRow, memberCount: number): RoleView => ({
  id: role.id,
  code: role.code,
  nameEn: role.nameEn,
  nameAr: role.nameAr,
  permissions: role.permissions.filter(isPermission),
  limits: role.limits,
  memberCount,
  isEditable: !isOwnerRole(role),
  needsApproval: needsTwoPeople(role),
})

export const viewRoles = async (ctx: AppContext): Promise<RoleView[]> =>
  (await listRoles(ctx.db)).map((role) => toRoleView(role, role.memberCount))
