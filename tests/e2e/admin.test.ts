import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { totpCode } from '../../scripts/launcher/demo-staff.ts'
import { startBackOffice } from './back-office.ts'
import { visit } from './browser.ts'
import type { Visitor } from './browser.ts'
import { invitationLink } from './invitations.ts'
import { hire, nextCode, signInAs } from './staff.ts'

const office = await startBackOffice()
const noura = await hire(office, { email: 'noura@dhow.example', name: 'Noura Al Falasi', role: 'owner' })
const omar = await hire(office, { email: 'omar@dhow.example', name: 'Omar Haddad', role: 'owner' })

/** What the browser grumbles about where a request is meant to be refused: nobody signed in yet, a proof asked for. */
const refusals = ['status of 401', 'status of 403']

const heading = ({ page }: Visitor, name: string) => page.getByRole('heading', { level: 1, name })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })

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

test('inviting asks for the second factor again when it was long ago, and an owner takes a second person', async () => {
  const [asking, deciding] = await Promise.all([
    hire(office, { email: 'asking@dhow.example', name: 'Aisha', role: 'owner' }),
    hire(office, { email: 'deciding@dhow.example', name: 'Dana', role: 'owner' }),
  ])
  await office.db.query("update sessions set second_factor_at = second_factor_at - interval '10 minutes'")
  const invited = 'yousef@dhow.example'
  await visit(office, { expected: refusals }, async (visitor) => {
    const { page, context, t } = visitor
    await signInAs(office, context, asking)
    await page.goto('/staff')
    await button(page, t('admin.staff.invite.action')).click()
    await button(page, t('admin.staff.invite.submit')).click()
    await page.getByText(t('admin.fields.choose-one')).waitFor()
    await field(page, t('admin.fields.email')).fill(invited)
    await page.getByLabel('Owner').check()
    await page.getByLabel(t('admin.fields.reason')).fill('Opens the second branch')
    await button(page, t('admin.staff.invite.submit')).click()
    await page.getByRole('dialog', { name: t('admin.stepUp.title') }).waitFor()
    await button(page, t('admin.factor.use.recovery-code')).click()
    await field(page, t('admin.factor.recoveryLabel')).fill(asking.recoveryCodes[0] ?? '')
    await button(page, t('admin.factor.confirm')).click()
    await page
      .getByRole('status')
      .getByText(t('admin.staff.invite.asked', { email: invited }))
      .waitFor()
    await page.goto('/approvals')
    await page.getByText(t('admin.approvals.own')).waitFor()
    expect(await button(page, t('admin.approvals.approve')).count()).toBe(0)
  })
  await visit(office, { expected: refusals }, async (visitor) => {
    const { page, context, t } = visitor
    await signInAs(office, context, deciding)
    await page.goto('/')
    await page
      .getByRole('main')
      .getByRole('link', { name: t('admin.approvals.title') })
      .click()
    const wish = t('admin.approvals.action.staff.grant-roles', { name: invited, roles: 'Owner' })
    await page.getByRole('article', { name: wish }).getByText('Opens the second branch').waitFor()
    await button(page, t('admin.approvals.approve')).click()
    const confirm = page.getByRole('alertdialog')
    await confirm.getByRole('button', { name: t('admin.approvals.approve') }).click()
    await page.getByRole('dialog', { name: t('admin.stepUp.title') }).waitFor()
    await button(page, t('admin.factor.use.recovery-code')).click()
    await field(page, t('admin.factor.recoveryLabel')).fill(deciding.recoveryCodes[0] ?? '')
    await button(page, t('admin.factor.confirm')).click()
    await page.getByRole('status').getByText(t('admin.approvals.approved')).waitFor()
    await page.goto('/staff?q=yousef')
    await page.getByRole('row', { name: /yousef@dhow\.example Owner/ }).waitFor()
  })
  expect(await invitationLink(office, invited)).toContain('/invite?token=')
})

test('what is ticked in a role is what its people see, at once', () =>
  visit(office, { expected: refusals }, async (support) => {
    const salma = await hire(office, { email: 'salma@dhow.example', name: 'Salma', role: 'support' })
    const { page, t } = support
    await signInAs(office, support.context, salma)
    await page.goto('/')
    await heading(support, t('admin.home.welcome', { name: 'Salma' })).waitFor()
    const auditLink = page.getByRole('navigation').getByRole('link', { name: t('admin.audit.title') })
    expect(await auditLink.count()).toBe(0)
    await page.goto('/audit')
    await page.getByText('audit.read').waitFor()
    await visit(office, { expected: refusals }, async (visitor) => {
      await signInAs(
        office,
        visitor.context,
        await hire(office, { email: 'lina@dhow.example', name: 'Lina', role: 'owner' }),
      )
      await visitor.page.goto('/roles')
      await visitor.page.getByRole('link', { name: 'Support' }).click()
      await visitor.page.getByLabel(t('admin.permission.audit.read')).check()
      await visitor.page.getByLabel(t('admin.roles.refundUpTo')).fill('not much')
      await button(visitor.page, t('admin.roles.save')).click()
      await visitor.page.getByText(t('admin.fields.invalid-amount')).waitFor()
      await visitor.page.getByLabel(t('admin.roles.refundUpTo')).fill('750')
      await button(visitor.page, t('admin.roles.save')).click()
      await visitor.page
        .getByRole('status')
        .getByText(t('admin.roles.saved', { name: 'Support' }))
        .waitFor()
    })
    await page.getByRole('link', { name: t('admin.approvals.title') }).click()
    await auditLink.click()
    await page.getByRole('row', { name: /role\.changed Lina/ }).waitFor()
  }))

test('the audit log finds what happened by its filters, shows it whole, and proves that nothing was changed', () =>
  visit(office, { expected: refusals }, async (visitor) => {
    const { page, context, t } = visitor
    const auditor = await hire(office, { email: 'auditor@dhow.example', name: 'Huda', role: 'auditor' })
    await signInAs(office, context, auditor)
    await page.goto('/audit')
    await page.getByLabel(t('admin.audit.about')).selectOption({ label: t('admin.audit.family.staff.') })
    await page
      .getByRole('row', { name: /staff\.invited/ })
      .first()
      .waitFor()
    await page
      .getByRole('row', { name: /auth\./ })
      .first()
      .waitFor({ state: 'detached' })
    expect(page.url()).toContain('action=staff.')
    await page
      .getByRole('row', { name: /staff\.invited/ })
      .getByRole('link')
      .first()
      .click()
    const drawer = page.getByRole('dialog', { name: 'staff.invited' })
    await drawer.getByText(t('admin.audit.hash')).waitFor()
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'detached' })
    await page.getByRole('searchbox').fill('nothing.of-the-kind')
    await page.getByText(t('admin.audit.noMatchWords')).waitFor()
    await button(page, t('admin.audit.verify')).click()
    await page.getByRole('dialog').getByText(t('admin.audit.intact')).waitFor()
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
