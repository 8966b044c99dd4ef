import { readyRoles } from '@dhow/contracts/permissions.ts'
import * as contract from '@dhow/contracts/staff.ts'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import { auditTrail } from '../../../test/audit-trail.ts'
import { codeOf } from '../../../test/problems.ts'
import { readyRoleId } from '../../../test/staff.ts'

const app = await startTestApp()
const { given, db } = app
const reason = 'as agreed'
let invited = 0
const nextEmail = (): string => `new-${(invited += 1)}@dhow.example`

test('a shop starts with the ready roles of the contract, in both languages', async () => {
  const owner = await given.staff()
  const { items } = await owner.call(contract.listRoles, {})
  expect(
    items
      .filter((role) => role.code !== null)
      .map(({ code, nameEn, nameAr, permissions, limits }) => ({ code, nameEn, nameAr, permissions, limits })),
  ).toEqual(readyRoles.map((role) => ({ ...role, permissions: [...role.permissions] })))
})

test('an invitation makes a member who may do nothing yet, and mails a link', async () => {
  const owner = await given.staff()
  const email = nextEmail()
  const roleIds = [readyRoleId('packer')]
  const answer = await owner.call(contract.inviteStaff, { body: { email, roleIds, locale: 'ar' } })
  expect(answer).toMatchObject({ kind: 'done', member: { email, name: null, status: 'invited', secondFactors: [] } })
  expect(answer.member.roles.map((role) => role.nameEn)).toEqual(['Packer'])
  expect(Date.parse(answer.member.inviteExpiresAt ?? '')).toBe(app.clock.now().getTime() + 24 * 3_600_000)
  const messages = await db.selectFrom('accountMessages').select(['kind', 'locale', 'linkId']).execute()
  expect(messages).toContainEqual({ kind: 'staff-invite', locale: 'ar', linkId: expect.any(String) })
  const trail = await auditTrail(db, 'staff.invited', answer.member.id)
  expect(trail[0]).toMatchObject({ actorId: owner.accountId, details: { rolesAfter: ['packer'] } })
})

test('whoever is invited or a member already is not invited again', async () => {
  const owner = await given.staff()
  const body = { email: nextEmail(), roleIds: [readyRoleId('packer')] }
  const { member } = await owner.call(contract.inviteStaff, { body })
  const again = owner.call(contract.inviteStaff, { body: { ...body, email: body.email.toUpperCase() } })
  expect(await codeOf(again)).toBe('staff/already-invited')
  const active = { params: { staffId: owner.accountId } }
  expect(await codeOf(owner.call(contract.resendInvite, active))).toBe('staff/already-invited')
  expect((await owner.call(contract.resendInvite, { params: { staffId: member.id } })).status).toBe('invited')
})

test('a new link ends the old one', async () => {
  const owner = await given.staff()
  const body = { email: nextEmail(), roleIds: [readyRoleId('packer')] }
  const { member } = await owner.call(contract.inviteStaff, { body })
  await owner.call(contract.resendInvite, { params: { staffId: member.id } })
  const links = await db
    .selectFrom('oneTimeLinks')
    .select('usedAt')
    .where('accountId', '=', member.id)
    .orderBy('id')
    .execute()
  expect(links.map((link) => link.usedAt === null)).toEqual([false, true])
})

test('unknown roles and members are not found', async () => {
  const owner = await given.staff()
  const nobody = '01930000-0000-7000-8000-00000000dead'
  const invite = owner.call(contract.inviteStaff, { body: { email: nextEmail(), roleIds: [nobody] } })
  expect(await codeOf(invite)).toBe('staff/role-not-found')
  const params = { staffId: nobody }
  expect(await codeOf(owner.call(contract.getStaffMember, { params }))).toBe('staff/not-found')
  expect(await codeOf(owner.call(contract.disableStaff, { params, body: { reason } }))).toBe('staff/not-found')
  expect(await codeOf(owner.call(contract.enableStaff, { params, body: { reason } }))).toBe('staff/not-found')
  expect(await codeOf(owner.call(contract.resendInvite, { params }))).toBe('staff/not-found')
  expect(await codeOf(owner.call(contract.resetStaffFactors, { params, body: { reason } }))).toBe('staff/not-found')
  const roles = { params, body: { roleIds: [readyRoleId('packer')], reason } }
  expect(await codeOf(owner.call(contract.setStaffRoles, roles))).toBe('staff/not-found')
})

test('a customer is no staff member, whatever the id', async () => {
  const owner = await given.staff()
  const { account } = await given.customer()
  const params = { staffId: account.id }
  expect(await codeOf(owner.call(contract.disableStaff, { params, body: { reason } }))).toBe('staff/not-found')
})

test('SE-4: a role change ends the sessions it changed, and the log has the permissions before and after', async () => {
  const owner = await given.staff()
  const packer = await given.staff({ roles: ['packer'] })
  const body = { roleIds: [readyRoleId('support')], reason }
  const answer = await owner.call(contract.setStaffRoles, { params: { staffId: packer.accountId }, body })
  expect(answer).toMatchObject({ kind: 'done', member: { sessionCount: 0 } })
  expect(await codeOf(packer.call(contract.listApprovals, {}))).toBe('auth/required')
  const [event] = await auditTrail(db, 'staff.roles-changed', packer.accountId)
  expect(event).toMatchObject({ actorId: owner.accountId, reason, result: 'ok' })
  expect(event?.details).toMatchObject({
    rolesBefore: ['packer'],
    rolesAfter: ['support'],
    permissionsBefore: ['inventory.read', 'orders.read'],
  })
  expect(event?.details['permissionsAfter']).toContain('orders.refund')
})

test('SE-4: roles that stay as they were end nobody’s session', async () => {
  const owner = await given.staff()
  const packer = await given.staff({ roles: ['packer'] })
  const body = { roleIds: [readyRoleId('packer')], reason }
  await owner.call(contract.setStaffRoles, { params: { staffId: packer.accountId }, body })
  expect(await packer.call(contract.listApprovals, {})).toEqual({ items: [] })
})

test('SE-7: whoever is disabled is out at once, and their open requests are withdrawn', async () => {
  const owner = await given.staff()
  const manager = await given.staff({ roles: ['manager'] })
  const other = await given.staff({ roles: ['packer'] })
  const body = { roleIds: [readyRoleId('manager')], reason }
  const asked = await manager.call(contract.setStaffRoles, { params: { staffId: other.accountId }, body })
  if (asked.kind !== 'approval-requested') throw new Error('granted at once')
  const params = { staffId: manager.accountId }
  const member = await owner.call(contract.disableStaff, { params, body: { reason } })
  expect(member).toMatchObject({ status: 'disabled', sessionCount: 0 })
  expect(await codeOf(manager.call(contract.listStaff, {}))).toBe('auth/required')
  const approve = owner.call(contract.approve, { params: { approvalId: asked.approval.id } })
  expect(await codeOf(approve)).toBe('approvals/not-pending')
  expect(await auditTrail(db, 'staff.disabled', manager.accountId)).toHaveLength(1)
})

test('somebody let back in has the roles they had, and must sign in', async () => {
  const owner = await given.staff()
  const packer = await given.staff({ roles: ['packer'] })
  const call = { params: { staffId: packer.accountId }, body: { reason } }
  await owner.call(contract.disableStaff, call)
  const member = await owner.call(contract.enableStaff, call)
  expect(member.roles.map((role) => role.nameEn)).toEqual(['Packer'])
  expect(await codeOf(packer.call(contract.listApprovals, {}))).toBe('auth/required')
})

test('nobody grants a role that permits more than they may do', async () => {
  const clerk = await given.staff({ permissions: ['staff.read', 'staff.write', 'orders.read'] })
  const invite = (code: 'packer' | 'support') =>
    clerk.call(contract.inviteStaff, { body: { email: nextEmail(), roleIds: [readyRoleId(code)] } })
  expect(await codeOf(invite('support'))).toBe('auth/forbidden')
  expect(await codeOf(invite('packer'))).toBe('auth/forbidden') // inventory.read is not theirs
})

test('nobody acts on somebody who may do more than they', async () => {
  const owner = await given.staff()
  const manager = await given.staff({ roles: ['manager'] })
  const params = { staffId: owner.accountId }
  const body = { reason }
  const roles = { params, body: { roleIds: [readyRoleId('packer')], reason } }
  expect(await codeOf(manager.call(contract.setStaffRoles, roles))).toBe('auth/forbidden')
  expect(await codeOf(manager.call(contract.disableStaff, { params, body }))).toBe('auth/forbidden')
  expect(await codeOf(manager.call(contract.resetStaffFactors, { params, body }))).toBe('auth/forbidden')
})

test('ST-3: changing staff needs a second factor of the last five minutes', async () => {
  const sixMinutesAgo = new Date(app.clock.now().getTime() - 6 * 60_000)
  const owner = await given.staff({ secondFactorAt: sixMinutesAgo })
  const packer = await given.staff({ roles: ['packer'] })
  const disable = owner.call(contract.disableStaff, { params: { staffId: packer.accountId }, body: { reason } })
  expect(await codeOf(disable)).toBe('auth/step-up-required')
  expect((await owner.call(contract.listStaff, {})).items.length).toBeGreaterThan(1)
})
