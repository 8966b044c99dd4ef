import * as contract from '@dhow/contracts/staff.ts'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import type { TestApp } from '../../../test/app.ts'
import { auditTrail } from '../../../test/audit-trail.ts'
import { codeOf } from '../../../test/problems.ts'
import type { GivenStaff } from '../../../test/staff.ts'
import { findFactors } from '../identity/factors/factors.sql.ts'
import { newTotpSecret, provisionStaff } from '../identity/identity.ts'
import { resetFactorsTask } from './reset-factors.ts'

const reason = 'lost the phone, seen in person'

/** A packer with password and authenticator app, whose reset one owner asked for and another agreed to. */
async function givenAgreedReset(): Promise<{ app: TestApp; packer: GivenStaff; approvalId: string }> {
  const app = await startTestApp()
  const [one, other] = await app.given.many(2, () => app.given.staff())
  const packer = await app.given.staff({ roles: ['packer'] })
  const secrets = { password: 'four words that nobody knows', totpSecret: newTotpSecret() }
  await provisionStaff(app.ctx, { ...packer, ...secrets }, async () => undefined)
  if (!one || !other) throw new Error('two owners')
  app.clock.advance({ seconds: 1 })
  const call = { params: { staffId: packer.accountId }, body: { reason } }
  const asked = await one.call(contract.resetStaffFactors, call)
  if (asked.kind !== 'approval-requested') throw new Error('done alone')
  const params = { approvalId: asked.approval.id }
  expect(await codeOf(one.call(contract.approve, { params }))).toBe('approvals/own-request')
  await other.call(contract.approve, { params })
  return { app, packer, approvalId: asked.approval.id }
}

test('ST-2: two people agree, and 24 hours later every factor is gone and an invitation sent', async () => {
  const { app, packer } = await givenAgreedReset()
  const { db, clock, worker } = app
  clock.advance({ hours: 23, minutes: 59 })
  expect((await worker.runJobs({ mayFail: true })).map((run) => run.task)).not.toContain(resetFactorsTask)
  expect((await findFactors(db, packer.accountId)).hasTotp).toBe(true)
  clock.advance({ minutes: 1 })
  expect((await worker.runJobs({ mayFail: true })).map((run) => run.task)).toContain(resetFactorsTask)
  expect(await findFactors(db, packer.accountId)).toEqual({
    hasPassword: false,
    hasTotp: false,
    passkeyCount: 0,
    recoveryCodesLeft: 0,
  })
  const owner = await app.given.staff()
  const member = await owner.call(contract.getStaffMember, { params: { staffId: packer.accountId } })
  expect(member).toMatchObject({ status: 'invited', sessionCount: 0, secondFactors: [], roles: [{ nameEn: 'Packer' }] })
  expect(member.inviteExpiresAt).not.toBeNull()
  expect(await auditTrail(db, 'staff.factors-reset', packer.accountId)).toMatchObject([
    { result: 'ok', actorKind: 'system', reason },
  ])
})

test('ST-2: whoever gives a second factor meanwhile has not lost it, and keeps everything', async () => {
  const { app, packer, approvalId } = await givenAgreedReset()
  const { db, clock, worker } = app
  clock.advance({ hours: 2 })
  await db.updateTable('sessions').set({ secondFactorAt: clock.now() }).where('id', '=', packer.sessionId).execute()
  clock.advance({ hours: 22 })
  await worker.runTask(resetFactorsTask, { approvalId })
  expect(await findFactors(db, packer.accountId)).toMatchObject({ hasPassword: true, hasTotp: true })
  expect(await auditTrail(db, 'staff.factors-reset', packer.accountId)).toMatchObject([{ result: 'refused' }])
})

test('ST-2: whoever’s factors are to go hears of it a day before', async () => {
  const { app, packer } = await givenAgreedReset()
  await app.worker.runJobs({ mayFail: true })
  const [told] = app.sandbox.control.inbox(packer.email)
  expect(told?.subject).toBe('Your way into the back office will be reset')
})

test('ST-2: the job done twice sends one invitation', async () => {
  const { app, packer, approvalId } = await givenAgreedReset()
  app.clock.advance({ hours: 24 })
  await app.worker.runTask(resetFactorsTask, { approvalId })
  await app.worker.runTask(resetFactorsTask, { approvalId })
  const sent = await app.db
    .selectFrom('accountMessages')
    .select('id')
    .where('accountId', '=', packer.accountId)
    .where('kind', '=', 'staff-invite')
    .execute()
  expect(sent).toHaveLength(1)
})

test('somebody who has not come yet, or is shut out, has nothing to reset', async () => {
  const { given } = await startTestApp()
  const owner = await given.staff()
  for (const status of ['invited', 'disabled'] as const) {
    const { accountId } = await given.staff({ roles: ['packer'], status })
    const call = { params: { staffId: accountId }, body: { reason } }
    expect(await codeOf(owner.call(contract.resetStaffFactors, call))).toBe('staff/not-found')
  }
})
