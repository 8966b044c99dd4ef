import { expect, test } from 'vitest'
import { button, field, heading, refusals } from './admin-steps.ts'
import { startBackOffice } from './back-office.ts'
import { visit } from './browser.ts'
import { invitationLink } from './invitations.ts'
import { hire, signInAs } from './staff.ts'

const office = await startBackOffice()

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
