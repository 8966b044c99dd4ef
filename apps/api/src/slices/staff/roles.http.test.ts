import type { Permission } from '@dhow/contracts/permissions.ts'
import * as contract from '@dhow/contracts/staff.ts'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import { auditTrail } from '../../../test/audit-trail.ts'
import { codeOf } from '../../../test/problems.ts'
import { readyRoleId } from '../../../test/staff.ts'

const { given, db } = await startTestApp()
const owner = await given.staff()

const roleOf = (...permissions: Permission[]) => ({ nameEn: 'Gift wrap', nameAr: 'تغليف', permissions, limits: {} })

test('a role of the merchant’s own is made, changed and deleted, and the log knows what it permitted', async () => {
  const made = await owner.call(contract.createRole, { body: roleOf('orders.read') })
  expect(made).toMatchObject({ code: null, memberCount: 0, isEditable: true, needsApproval: false })
  const params = { roleId: made.id }
  const body = { ...roleOf('orders.read', 'orders.write'), limits: { refundUpTo: 5_000 } }
  expect(await owner.call(contract.replaceRole, { params, body })).toMatchObject(body)
  expect(await auditTrail(db, 'role.changed', made.id)).toMatchObject([
    {
      actorId: owner.accountId,
      details: {
        permissionsBefore: ['orders.read'],
        permissionsAfter: ['orders.read', 'orders.write'],
        refundUpToBefore: 'none',
        refundUpToAfter: '5000',
      },
    },
  ])
  await owner.call(contract.deleteRole, { params })
  expect(await codeOf(owner.call(contract.deleteRole, { params }))).toBe('staff/role-not-found')
  expect(await auditTrail(db, 'role.created', made.id)).toHaveLength(1)
  expect(await auditTrail(db, 'role.deleted', made.id)).toHaveLength(1)
})

test('the owner’s role can neither be changed nor deleted', async () => {
  const params = { roleId: readyRoleId('owner') }
  const change = owner.call(contract.replaceRole, { params, body: roleOf('orders.read') })
  expect(await codeOf(change)).toBe('staff/role-protected')
  expect(await codeOf(owner.call(contract.deleteRole, { params }))).toBe('staff/role-protected')
})

test('a role somebody has is not deleted', async () => {
  await given.staff({ roles: ['accountant'] })
  const params = { roleId: readyRoleId('accountant') }
  expect(await codeOf(owner.call(contract.deleteRole, { params }))).toBe('staff/role-in-use')
})

test('SE-4: what a role no longer permits, whoever has it may not do with the next request', async () => {
  const reader = await given.staff({ permissions: ['staff.read', 'orders.read'] })
  await reader.call(contract.listStaff, {})
  const { roles } = await reader.call(contract.getStaffMember, { params: { staffId: reader.accountId } })
  const params = { roleId: roles[0]?.id ?? '' }
  await owner.call(contract.replaceRole, { params, body: roleOf('orders.read') })
  expect(await codeOf(reader.call(contract.listStaff, {}))).toBe('auth/forbidden')
})

test('a role somebody has cannot come to hold power over others: that takes two people', async () => {
  const params = { roleId: readyRoleId('support') }
  await given.staff({ roles: ['support'] })
  const body = roleOf('orders.read', 'staff.write')
  expect(await codeOf(owner.call(contract.replaceRole, { params, body }))).toBe('staff/role-in-use')
})

test('nobody makes, changes or deletes a role beyond their own rights', async () => {
  const clerk = await given.staff({ permissions: ['roles.write', 'orders.read'] })
  expect(await codeOf(clerk.call(contract.createRole, { body: roleOf('orders.read', 'orders.refund') }))).toBe(
    'auth/forbidden',
  )
  const limits = { refundUpTo: 1 } // they may refund nothing themselves
  expect(await codeOf(clerk.call(contract.createRole, { body: { ...roleOf('orders.read'), limits } }))).toBe(
    'auth/forbidden',
  )
  const params = { roleId: readyRoleId('catalogue') }
  expect(await codeOf(clerk.call(contract.replaceRole, { params, body: roleOf('orders.read') }))).toBe('auth/forbidden')
  expect(await codeOf(clerk.call(contract.deleteRole, { params }))).toBe('auth/forbidden')
})

test('a role granted while it is being deleted is either there or not granted', async () => {
  const roles = await given.many(6, () => owner.call(contract.createRole, { body: roleOf('orders.read') }))
  const packers = await given.many(6, () => given.staff({ roles: ['packer'] }))
  const answers = await Promise.all(
    roles.map(async (role, index) => {
      const grant = {
        params: { staffId: packers[index]?.accountId ?? '' },
        body: { roleIds: [role.id], reason: 'race' },
      }
      const [granted, deleted] = await Promise.all([
        codeOf(owner.call(contract.setStaffRoles, grant)),
        codeOf(owner.call(contract.deleteRole, { params: { roleId: role.id } })),
      ])
      return `${granted}, ${deleted}`
    }),
  )
  for (const answer of answers) expect(['none, staff/role-in-use', 'staff/role-not-found, none']).toContain(answer)
})
