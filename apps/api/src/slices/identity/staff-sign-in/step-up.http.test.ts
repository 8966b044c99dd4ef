import * as contract from '@dhow/contracts/staff-auth.ts'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../../test/app.ts'
import { countBy } from '../../../../test/count-by.ts'
import { codeOf } from '../../../../test/problems.ts'
import { enrolByTotp, totpCode } from '../../../../test/staff-browser.ts'
import type { EnrolledStaff } from '../../../../test/staff-browser.ts'

const app = await startTestApp()
const { clock } = app

/** An endpoint that asks for a second factor that is fresh. */
const dangerous = ({ browser }: EnrolledStaff) => codeOf(browser.call(contract.renewOwnStaffRecoveryCodes, {}))

const stepUp = ({ browser, secret }: EnrolledStaff) => {
  const proof = { method: 'totp', code: totpCode(secret, clock) } as const
  return browser.call(contract.stepUp, { body: { proof } })
}

test('ST-3: with a second factor six minutes old a dangerous action is refused, and works after stepping up', async () => {
  const staff = await enrolByTotp(app)
  expect(await dangerous(staff)).toBe('none')
  clock.advance({ minutes: 6 })
  await staff.browser.refresh()
  expect(await dangerous(staff)).toBe('auth/step-up-required')
  expect(await stepUp(staff)).toMatchObject({ kind: 'signed-in' })
  expect(await dangerous(staff)).toBe('none')
  const self = await staff.browser.call(contract.getStaffSelf, {})
  expect(self.session.secondFactorAt).toBe(clock.now().toISOString())
})

test('SE-4: stepping up gives the session another id, and the old cookies open nothing', async () => {
  const staff = await enrolByTotp(app)
  const stolen = staff.browser.copy()
  const before = await staff.browser.call(contract.getStaffSelf, {})
  await stepUp(staff)
  const after = await staff.browser.call(contract.getStaffSelf, {})
  expect(after.session.id).not.toBe(before.session.id)
  expect(await codeOf(stolen.call(contract.getStaffSelf, {}))).toBe('auth/required')
})

test('ST-3: a code steps up once, also when given twice at once', async () => {
  const staff = await enrolByTotp(app)
  const twice = [staff.browser.copy(), staff.browser.copy()].map((browser) => codeOf(stepUp({ ...staff, browser })))
  const answers = countBy(await Promise.all(twice), String)
  expect(answers['none']).toBe(1)
})

test('ST-3: a passkey steps up, in the session its dialog was opened in', async () => {
  const staff = await enrolByTotp(app)
  const { browser } = staff
  expect(await codeOf(browser.call(contract.beginStepUp, {}))).toBe('auth/factor-not-found')
  const making = await browser.call(contract.beginOwnStaffPasskey, {})
  const made = { ceremonyId: making.ceremonyId, response: browser.passkeys.create(making.options), name: 'Key' }
  await browser.call(contract.addOwnStaffPasskey, { body: made })
  const { ceremonyId, options } = await browser.call(contract.beginStepUp, {})
  const before = await browser.call(contract.beginStepUp, {})
  const proof = { method: 'passkey', ceremonyId, response: browser.passkeys.get(options) } as const
  clock.advance({ minutes: 4 })
  expect(await browser.call(contract.stepUp, { body: { proof } })).toMatchObject({ kind: 'signed-in' })
  const stale = {
    method: 'passkey',
    ceremonyId: before.ceremonyId,
    response: browser.passkeys.get(before.options),
  } as const
  expect(await codeOf(browser.call(contract.stepUp, { body: { proof: stale } }))).toBe('auth/challenge-invalid')
  clock.advance({ minutes: 2 })
  await browser.refresh()
  expect(await dangerous(staff)).toBe('none')
})

test('a wrong code does not step up, and the session goes on', async () => {
  const staff = await enrolByTotp(app)
  clock.advance({ minutes: 6 })
  await staff.browser.refresh()
  const wrong = staff.browser.call(contract.stepUp, { body: { proof: { method: 'totp', code: '000000' } } })
  expect(await codeOf(wrong)).toBe('auth/code-invalid')
  expect(await dangerous(staff)).toBe('auth/step-up-required')
  expect(await codeOf(staff.browser.call(contract.getStaffSelf, {}))).toBe('none')
})
