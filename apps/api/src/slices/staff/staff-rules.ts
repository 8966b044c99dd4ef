import { rolesOfTwoPeople } from '@dhow/contracts/permissions.ts'
import type { Permission, RoleLimits } from '@dhow/contracts/permissions.ts'
import type { StaffActor } from '../../platform/auth/actor.ts'

/** What somebody may do: a staff member, or a role. */
export interface Rights {
  permissions: Iterable<string>
  limits: RoleLimits
}

/** Whoever has one of these decides what others may do, so nobody hands them out alone, whatever the role is called. */
const powerOverOthers: readonly Permission[] = ['staff.write', 'roles.write', 'approvals.decide', 'settings.write']

/** Roles nobody grants alone (ST-4): owner and manager, and any other that could make more of its kind. */
export const needsTwoPeople = (role: { code: string | null; permissions: readonly string[] }): boolean =>
  (role.code !== null && rolesOfTwoPeople.includes(role.code)) || powersOf(role.permissions).length > 0

/** Those of the permissions that give power over other staff. */
export const powersOf = (permissions: readonly string[]): readonly string[] =>
  powerOverOthers.filter((power) => permissions.includes(power))

export const isOwnerRole = (role: { code: string | null }): boolean => role.code === 'owner'

/** A limit nobody set permits nothing, null has no end. */
function reachesAsFar(mine: number | null | undefined, theirs: number | null | undefined): boolean {
  if (theirs === undefined || mine === null) return true
  return mine !== undefined && theirs !== null && mine >= theirs
}

/**
 * Nobody gives what they do not have, and nobody acts on somebody who may do more than they: whatever is changed must lie within
 * one's own rights. The owner's role has them all, and the console of the server is above roles.
 */
export function covers(actor: Pick<StaffActor, 'permissions' | 'limits'> | 'system', rights: Rights): boolean {
  if (actor === 'system') return true
  return (
    [...rights.permissions].every((permission) => actor.permissions.has(permission)) &&
    reachesAsFar(actor.limits.refundUpTo, rights.limits.refundUpTo)
  )
}

/** What is in one list and not in the other, both ways, by id. */
export function differenceOf<T extends { id: string }>(
  before: readonly T[],
  after: readonly T[],
): { added: T[]; removed: T[] } {
  const ids = (items: readonly T[]): Set<string> => new Set(items.map((item) => item.id))
  const [had, has] = [ids(before), ids(after)]
  return { added: after.filter((item) => !had.has(item.id)), removed: before.filter((item) => !has.has(item.id)) }
}
