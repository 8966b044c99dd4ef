import { getStaffSelf, staffLogin } from '@dhow/contracts/staff-auth.ts'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../../test/app.ts'
import { codeOf } from '../../../../test/problems.ts'
import { enrolByTotp, staffBrowser, staffPassword } from '../../../../test/staff-browser.ts'

test('ST-6: who has not signed in for 90 days is shut out and told; the shop keeps an owner', async () => {
  const app = await startTestApp()
  const { clock, db, worker } = app
  const gone = await enrolByTotp(app, { role: 'packer' })
  const owner = await enrolByTotp(app, { role: 'owner' })
  const statuses = async () => {
    const rows = await db.selectFrom('accounts').select(['id', 'status']).where('kind', '=', 'staff').execute()
    return Object.fromEntries(rows.map(({ id, status }) => [id, status]))
  }
  clock.advance({ days: 89 })
  const here = await enrolByTotp(app, { role: 'packer' })
  await worker.runTask('identity.disable-inactive-staff')
  expect(Object.values(await statuses())).toEqual(['active', 'active', 'active'])

  clock.advance({ days: 2 })
  await worker.runTask('identity.disable-inactive-staff')
  await worker.runTask('identity.disable-inactive-staff')
  expect(await statuses()).toEqual({
    [gone.accountId]: 'disabled',
    [owner.accountId]: 'active', // there is no other
    [here.accountId]: 'active',
  })
  const login = { body: { email: gone.email, password: staffPassword } }
  expect(await codeOf(staffBrowser(app).call(staffLogin, login))).toBe('auth/invalid-credentials')
  expect(await codeOf(gone.browser.call(getStaffSelf, {}))).toBe('auth/required')
  const told = await db
    .selectFrom('accountMessages')
    .select('accountId')
    .where('kind', '=', 'account-disabled')
    .execute()
  expect(told).toEqual([{ accountId: gone.accountId }])

  const second = await enrolByTotp(app, { role: 'owner' })
  await worker.runTask('identity.disable-inactive-staff')
  expect(await statuses()).toMatchObject({ [owner.accountId]: 'disabled', [second.accountId]: 'active' })
})
