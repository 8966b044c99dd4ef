import { getStaffSelf, giveStaffSecondFactor, staffLogin, stepUp } from '@dhow/contracts/staff-auth.ts'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../../test/app.ts'
import { codeOf } from '../../../../test/problems.ts'
import { beginByPassword, enrolByTotp, staffBrowser, staffPassword, totpCode } from '../../../../test/staff-browser.ts'

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

test('ST-6: after ten wrong tries of any factor a staff account is locked for half an hour, also for a device that is known', async () => {
  const app = await startTestApp()
  const { clock } = app
  const { email, secret, browser } = await enrolByTotp(app)
  const headers = { 'device-id': 'AAAAAAAAAAAAAAAAAAAAAA' }
  const known = await beginByPassword(app, { email }, headers)
  const right = { method: 'totp', code: totpCode(secret, clock) } as const
  const body = { challengeId: known.challengeId, proof: right }
  await known.browser.call(giveStaffSecondFactor, { body, headers })
  const wrongPassword = { email, password: 'not the password at all' }
  for (let tries = 0; tries < 6; tries += 1) {
    clock.advance({ seconds: 60 })
    await codeOf(staffBrowser(app).call(staffLogin, { body: wrongPassword, headers }))
  }
  for (let tries = 0; tries < 4; tries += 1) {
    clock.advance({ seconds: 60 })
    await browser.refresh()
    await codeOf(browser.call(stepUp, { body: { proof: { method: 'totp', code: '000000' } }, headers }))
  }
  const login = () => codeOf(staffBrowser(app).call(staffLogin, { body: { email, password: staffPassword }, headers }))
  clock.advance({ minutes: 29 })
  expect(await login()).toBe('auth/invalid-credentials')
  await browser.refresh()
  const proof = { method: 'totp', code: totpCode(secret, clock) } as const
  expect(await codeOf(browser.call(stepUp, { body: { proof }, headers }))).toBe('auth/code-invalid')
  clock.advance({ minutes: 1, seconds: 1 })
  expect(await login()).toBe('none')
})
