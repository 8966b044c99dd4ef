import { expect, test } from 'vitest'
import { totpCode } from '../../scripts/launcher/demo-staff.ts'
import { button, field, heading, refusals } from './admin-steps.ts'
import { startBackOffice } from './back-office.ts'
import { visit } from './browser.ts'
import type { Visitor } from './browser.ts'
import { hire, nextCode, signInAs } from './staff.ts'

const office = await startBackOffice()
const noura = await hire(office, { email: 'noura@dhow.example', name: 'Noura Al Falasi', role: 'owner' })
const omar = await hire(office, { email: 'omar@dhow.example', name: 'Omar Haddad', role: 'owner' })

/** A key in the browser itself, that says yes to whoever asks. */
async function addAuthenticator({ page, context }: Visitor): Promise<void> {
  const session = await context.newCDPSession(page)
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

async function signIn(visitor: Visitor, { email, password }: { email: string; password: string }): Promise<void> {
  const { page, t } = visitor
  await field(page, t('admin.fields.email')).fill(email)
  await page.getByLabel(t('admin.fields.password'), { exact: true }).fill(password)
  await button(page, t('admin.signIn.submit')).click()
  await heading(visitor, t('admin.factor.title')).waitFor()
}

test('an invitation becomes a password, an authenticator app and ten codes, and then the back office', () =>
  visit(office, { expected: [...refusals, 'status of 400'] }, async (visitor) => {
    const { page, t } = visitor
    const link = await office.staffCommand('invite', 'first@dhow.example')
    await page.goto(link)
    await page.getByText('first@dhow.example').waitFor()
    expect(new URL(page.url()).search).toBe('')
    await field(page, t('admin.fields.name')).fill('Fatima')
    await page.getByLabel(t('admin.fields.newPassword')).fill('too short')
    await page.getByLabel(t('admin.fields.passwordAgain')).fill('too short')
    await button(page, t('admin.invite.submit')).click()
    await page.getByText(t('admin.fields.password-too-short')).waitFor()
    await page.getByLabel(t('admin.fields.newPassword')).fill('a dhow under a full moon')
    await page.getByLabel(t('admin.fields.passwordAgain')).fill('a dhow under a full moon')
    await button(page, t('admin.invite.submit')).click()
    await heading(visitor, t('admin.enrol.title')).waitFor()
    await page.getByRole('button', { name: t('admin.enrol.totp') }).click()
    const secret = (await page.locator('code').innerText()).replaceAll(' ', '')
    await field(page, t('admin.enrol.firstCode')).fill(totpCode(secret, Date.now()))
    await button(page, t('admin.enrol.confirmCode')).click()
    await heading(visitor, t('admin.recovery.title')).waitFor()
    expect(
      await page
        .getByRole('list', { name: t('admin.recovery.title') })
        .getByRole('listitem')
        .count(),
    ).toBe(10)
    expect(await button(page, t('admin.recovery.goOn')).isDisabled()).toBe(true)
    await page.getByLabel(t('admin.recovery.kept')).check()
    await button(page, t('admin.recovery.goOn')).click()
    await heading(visitor, t('admin.home.welcome', { name: 'Fatima' })).waitFor()
    await page.goto(link)
    await page.getByText(t('admin.problems.auth/link-invalid')).waitFor()
  }))

test('signing in takes a second factor, leads back to the place that was asked for, and out again', () =>
  visit(office, { expected: [...refusals, 'status of 400'] }, async (visitor) => {
    const { page, t } = visitor
    await page.goto('/staff?status=active')
    await heading(visitor, t('admin.signIn.title')).waitFor()
    await signIn(visitor, noura)
    await field(page, t('admin.factor.totpLabel')).fill('000000')
    await button(page, t('admin.factor.confirm')).click()
    await page.getByText(t('admin.problems.auth/code-invalid')).waitFor()
    await field(page, t('admin.factor.totpLabel')).fill(nextCode(noura.totpSecret))
    await button(page, t('admin.factor.confirm')).click()
    await heading(visitor, t('admin.staff.title')).waitFor()
    expect(page.url()).toBe(`${office.url}/staff?status=active`)
    expect(await page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)])).toEqual([
      'dhow-admin-locale',
    ])
    await page.getByRole('button', { name: t('admin.frame.accountMenu', { name: 'Noura Al Falasi' }) }).click()
    await page.getByRole('menuitem', { name: t('admin.frame.signOut') }).click()
    await heading(visitor, t('admin.signIn.title')).waitFor()
    await page.goto('/')
    await heading(visitor, t('admin.signIn.title')).waitFor()
  }))

test('a passkey that was added is a second factor the next time', () =>
  visit(office, { expected: refusals }, async (visitor) => {
    const { page, context, t } = visitor
    await addAuthenticator(visitor)
    await signInAs(office, context, omar)
    await page.goto('/account')
    await button(page, t('admin.passkeys.add')).click()
    await field(page, t('admin.passkeys.name')).fill('Office laptop')
    await button(page, t('admin.passkeys.make')).click()
    await page.getByRole('status').getByText(t('admin.passkeys.added')).waitFor()
    await context.clearCookies()
    await page.goto('/sign-in')
    await signIn(visitor, omar)
    await button(page, t('admin.factor.usePasskey')).click()
    await heading(visitor, t('admin.home.welcome', { name: 'Omar Haddad' })).waitFor()
  }))

test('an access token that is over is renewed unseen, by two tabs at once too', () =>
  visit(office, { expected: refusals }, async (visitor) => {
    const { page, context, t } = visitor
    await signInAs(office, context, await hire(office, { email: 'maha@dhow.example', name: 'Maha', role: 'auditor' }))
    const tabs = [page, await context.newPage()]
    await context.clearCookies({ name: 'dhow_staff' })
    await Promise.all(tabs.map((tab) => tab.goto('/roles')))
    await Promise.all(tabs.map((tab) => tab.getByRole('row', { name: /Support/ }).waitFor()))
    await context.clearCookies({ name: 'dhow_staff' })
    await page.getByRole('link', { name: t('admin.audit.title') }).click()
    await button(page, t('admin.audit.verify')).click()
    await page.getByRole('dialog').getByText(t('admin.audit.intact')).waitFor()
    await tabs[1]?.getByRole('link', { name: t('admin.staff.title') }).click()
    await tabs[1]?.getByRole('row', { name: /maha@/ }).waitFor()
  }))

test('a session that is ended elsewhere is over at the next step, and begins again where it was', () =>
  visit(office, { expected: refusals }, async (visitor) => {
    const { page, context, t } = visitor
    const ravi = await hire(office, { email: 'ravi@dhow.example', name: 'Ravi', role: 'auditor' })
    await signInAs(office, context, ravi)
    await page.goto('/roles')
    await page.getByRole('row', { name: /Support/ }).waitFor()
    await office.staffCommand('disable', 'ravi@dhow.example')
    await page.getByRole('link', { name: t('admin.sessions.title') }).click()
    await heading(visitor, t('admin.signIn.title')).waitFor()
    await page.getByText(t('admin.signIn.ended')).waitFor()
    expect(new URL(page.url()).searchParams.get('next')).toBe('/sessions')
  }))
