import * as contract from '@dhow/contracts/staff.ts'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import { countBy } from '../../../test/count-by.ts'
import { codeOf } from '../../../test/problems.ts'
import { readyRoleId } from '../../../test/staff.ts'

const reason = 'leaving'

test('the last owner can neither be disabled nor lose the role', async () => {
  const { given } = await startTestApp()
  const owner = await given.staff()
  await given.staff({ roles: ['owner'], status: 'invited' }) // has not come yet: owns nothing
  const params = { staffId: owner.accountId }
  expect(await codeOf(owner.call(contract.disableStaff, { params, body: { reason } }))).toBe('staff/last-owner')
  const roles = { params, body: { roleIds: [readyRoleId('packer')], reason } }
  expect(await codeOf(owner.call(contract.setStaffRoles, roles))).toBe('staff/last-owner')
})

test('of owners who all shut out the next at the same moment, one is left', async () => {
  const { given, db } = await startTestApp()
  const owners = await given.many(6, () => given.staff())
  const answers = await Promise.all(
    owners.map((owner, index) => {
      const next = owners[(index + 1) % owners.length]
      return codeOf(owner.call(contract.disableStaff, { params: { staffId: next?.accountId ?? '' }, body: { reason } }))
    }),
  )
  const statuses = await db.selectFrom('accounts').select('status').where('kind', '=', 'staff').execute()
  const left = countBy(statuses, (row) => row.status)
  expect(left['active']).toBeGreaterThanOrEqual(1)
  expect(countBy(answers, (code) => code)['none']).toBe(left['disabled'])
})

test('of two owners who take the role from one another at once, one keeps it', async () => {
  const { given, db } = await startTestApp()
  const [one, other] = await given.many(2, () => given.staff())
  if (!one || !other) throw new Error('two owners')
  const body = { roleIds: [readyRoleId('packer')], reason }
  await Promise.all([
    codeOf(one.call(contract.setStaffRoles, { params: { staffId: other.accountId }, body })),
    codeOf(other.call(contract.setStaffRoles, { params: { staffId: one.accountId }, body })),
  ])
  const owners = await db
    .selectFrom('staffRoles')
    .select('accountId')
    .where('roleId', '=', readyRoleId('owner'))
    .execute()
  expect(owners).toHaveLength(1)
})
