import * as contract from '@dhow/contracts/staff.ts'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import { auditTrail } from '../../../test/audit-trail.ts'
import { countBy } from '../../../test/count-by.ts'
import { codeOf } from '../../../test/problems.ts'
import { readyRoleId } from '../../../test/staff.ts'
import type { GivenStaff } from '../../../test/staff.ts'

const app = await startTestApp()
const { given, db, clock } = app
const reason = 'she runs the second shop'

/** `asker` wants the roles for `member`, and it waits. */
async function ask(asker: GivenStaff, member: GivenStaff, code: 'owner' | 'manager' = 'manager'): Promise<string> {
  const body = { roleIds: [readyRoleId(code)], reason }
  const answer = await asker.call(contract.setStaffRoles, { params: { staffId: member.accountId }, body })
  if (answer.kind !== 'approval-requested') throw new Error('granted at once')
  return answer.approval.id
}

const rolesOf = async (asker: GivenStaff, member: GivenStaff): Promise<string[]> => {
  const { roles } = await asker.call(contract.getStaffMember, { params: { staffId: member.accountId } })
  return roles.map((role) => role.nameEn)
}

test('ST-4: granting manager waits for another person, and is done when they agree', async () => {
  const [one, other] = await given.many(2, () => given.staff())
  const packer = await given.staff({ roles: ['packer'] })
  if (!one || !other) throw new Error('two owners')
  const approvalId = await ask(one, packer)
  expect(await rolesOf(one, packer)).toEqual(['Packer'])
  const params = { approvalId }
  const decided = await other.call(contract.approve, { params })
  expect(decided).toMatchObject({
    state: 'approved',
    reason,
    isOwn: false,
    requestedBy: { id: one.accountId },
    decidedBy: { id: other.accountId, name: other.name },
    subject: { staffId: packer.accountId, name: packer.name, roles: [{ nameEn: 'Manager' }] },
  })
  expect(await rolesOf(one, packer)).toEqual(['Manager'])
  expect(await auditTrail(db, 'approval.requested', approvalId)).toHaveLength(1)
  expect(await auditTrail(db, 'approval.approved', approvalId)).toMatchObject([{ actorId: other.accountId }])
  const [change] = await auditTrail(db, 'staff.roles-changed', packer.accountId)
  expect(change).toMatchObject({ actorId: other.accountId, reason, details: { rolesAfter: ['manager'] } })
})

test('ST-4: whoever asks cannot agree, and the database would not have it either', async () => {
  const owner = await given.staff()
  const packer = await given.staff({ roles: ['packer'] })
  const approvalId = await ask(owner, packer)
  expect(await codeOf(owner.call(contract.approve, { params: { approvalId } }))).toBe('approvals/own-request')
  const byHand = db
    .updateTable('approvals')
    .set({ state: 'approved', decidedBy: owner.accountId, decidedAt: clock.now() })
    .where('id', '=', approvalId)
    .execute()
  await expect(byHand).rejects.toThrow('approvals_two_people_check')
})

test('ST-4: a request is over after half an hour', async () => {
  const shop = await startTestApp()
  const [one, other] = await shop.given.many(2, () => shop.given.staff())
  const packer = await shop.given.staff({ roles: ['packer'] })
  if (!one || !other) throw new Error('two owners')
  const approvalId = await ask(one, packer)
  shop.clock.advance({ minutes: 29, seconds: 59 })
  const third = await shop.given.staff()
  expect((await third.call(contract.listApprovals, {})).items).toMatchObject([{ id: approvalId, state: 'pending' }])
  shop.clock.advance({ seconds: 1 })
  expect((await third.call(contract.listApprovals, {})).items).toMatchObject([{ id: approvalId, state: 'expired' }])
  expect(await codeOf(third.call(contract.approve, { params: { approvalId } }))).toBe('approvals/not-pending')
  expect(await codeOf(third.call(contract.reject, { params: { approvalId } }))).toBe('approvals/not-pending')
})

test('ST-4: of many who agree and refuse at the same moment, one decides', async () => {
  const owners = await given.many(5, () => given.staff())
  const [asker, ...others] = owners
  const packer = await given.staff({ roles: ['packer'] })
  if (!asker) throw new Error('five owners')
  const approvalId = await ask(asker, packer)
  const params = { approvalId }
  const answers = await Promise.all([
    ...others.map((owner, index) => codeOf(owner.call(index % 2 ? contract.reject : contract.approve, { params }))),
    codeOf(asker.call(contract.withdraw, { params })),
  ])
  expect(countBy(answers, (code) => code)).toEqual({ none: 1, 'approvals/not-pending': 4 })
})

test('ST-4: agreeing takes a second factor of the last five minutes', async () => {
  const owner = await given.staff()
  const tired = await given.staff({ secondFactorAt: new Date(clock.now().getTime() - 301_000) })
  const approvalId = await ask(owner, await given.staff({ roles: ['packer'] }))
  expect(await codeOf(tired.call(contract.approve, { params: { approvalId } }))).toBe('auth/step-up-required')
})

test('ST-4: whoever could not have asked for it cannot agree to it', async () => {
  const owner = await given.staff()
  const packer = await given.staff({ roles: ['packer'] })
  const params = { approvalId: await ask(owner, packer, 'owner') }
  const decider = await given.staff({ permissions: ['approvals.decide'] }) // not staff.write
  expect(await codeOf(decider.call(contract.approve, { params }))).toBe('auth/forbidden')
  const manager = await given.staff({ roles: ['manager'] }) // may not do what an owner may
  expect(await codeOf(manager.call(contract.approve, { params }))).toBe('auth/forbidden')
  expect(await rolesOf(owner, packer)).toEqual(['Packer'])
})

test('ST-4: nobody agrees to what is done for themselves', async () => {
  const owner = await given.staff()
  const all = await owner.call(contract.listRoles, {})
  const permissions = all.items.find((role) => role.code === 'manager')?.permissions ?? []
  const deputy = await given.staff({ permissions: [...permissions, 'roles.write', 'settings.write'] })
  await db.updateTable('roles').set({ limits: '{"refundUpTo":null}' }).where('nameEn', 'like', 'Role %').execute()
  const params = { approvalId: await ask(owner, deputy, 'manager') }
  expect(await codeOf(deputy.call(contract.approve, { params }))).toBe('approvals/own-request')
})

test('ST-4: roles that make a power over others take two people, whatever they are called', async () => {
  const owner = await given.staff()
  const body = { nameEn: 'Helper', nameAr: 'مساعد', permissions: ['staff.write'] as const, limits: {} }
  const role = await owner.call(contract.createRole, { body: { ...body, permissions: [...body.permissions] } })
  expect(role.needsApproval).toBe(true)
  const invite = { email: 'helper@dhow.example', roleIds: [role.id, readyRoleId('packer')] }
  const answer = await owner.call(contract.inviteStaff, { body: invite })
  expect(answer).toMatchObject({ kind: 'approval-requested', member: { roles: [{ nameEn: 'Packer' }] } })
})

test('ST-4: everybody who may decide is told, but not the one who asks', async () => {
  const shop = await startTestApp()
  const [asker, decider] = await shop.given.many(2, () => shop.given.staff())
  await shop.given.staff({ permissions: ['approvals.decide'] })
  await shop.given.staff({ roles: ['manager'], status: 'disabled' })
  if (!asker) throw new Error('two owners')
  await ask(asker, await shop.given.staff({ roles: ['packer'] }))
  const told = await shop.db
    .selectFrom('accountMessages')
    .select('accountId')
    .where('kind', '=', 'approval-requested')
    .execute()
  expect(told).toEqual([{ accountId: decider?.accountId }])
})

test('ST-4: what was asked for cannot be changed, not even by hand', async () => {
  const owner = await given.staff()
  const id = await ask(owner, await given.staff({ roles: ['packer'] }))
  const change = db.updateTable('approvals').set({ subject: '{}' }).where('id', '=', id).execute()
  await expect(change).rejects.toThrow('what was asked for cannot change')
  const revive = db
    .updateTable('approvals')
    .set({ state: 'withdrawn', decidedBy: owner.accountId, decidedAt: clock.now() })
  await revive.where('id', '=', id).execute()
  const back = db.updateTable('approvals').set({ state: 'pending', decidedBy: null, decidedAt: null })
  await expect(back.where('id', '=', id).execute()).rejects.toThrow('has been decided')
})

test('one’s own requests can be taken back, others’ are as good as not there', async () => {
  const manager = await given.staff({ roles: ['manager'] })
  const packer = await given.staff({ roles: ['packer'] })
  const params = { approvalId: await ask(manager, packer) }
  expect(await codeOf(packer.call(contract.withdraw, { params }))).toBe('approvals/not-found')
  const owner = await given.staff()
  expect(await codeOf(owner.call(contract.withdraw, { params }))).toBe('approvals/not-found')
  expect((await packer.call(contract.listApprovals, {})).items).toEqual([])
  expect(await manager.call(contract.withdraw, { params })).toMatchObject({ state: 'withdrawn', isOwn: true })
  const unknown = { approvalId: '01930000-0000-7000-8000-00000000dead' }
  expect(await codeOf(owner.call(contract.approve, { params: unknown }))).toBe('approvals/not-found')
})

test('a refused request changes nothing', async () => {
  const [one, other] = await given.many(2, () => given.staff())
  const packer = await given.staff({ roles: ['packer'] })
  if (!one || !other) throw new Error('two owners')
  const approvalId = await ask(one, packer)
  expect(await other.call(contract.reject, { params: { approvalId } })).toMatchObject({ state: 'rejected' })
  expect(await rolesOf(one, packer)).toEqual(['Packer'])
  expect(await auditTrail(db, 'approval.rejected', approvalId)).toHaveLength(1)
})

test('agreeing to a grant for somebody disabled meanwhile does nothing', async () => {
  const [one, other] = await given.many(2, () => given.staff())
  const packer = await given.staff({ roles: ['packer'] })
  if (!one || !other) throw new Error('two owners')
  const approvalId = await ask(one, packer)
  await one.call(contract.disableStaff, { params: { staffId: packer.accountId }, body: { reason } })
  expect(await codeOf(other.call(contract.approve, { params: { approvalId } }))).toBe('staff/not-found')
  const row = await db.selectFrom('approvals').select('state').where('id', '=', approvalId).executeTakeFirst()
  expect(row?.state).toBe('pending')
})
