import type { Locale } from '@dhow/i18n/locales.ts'
import { expect, test } from 'vitest'
import { faultsOfPage } from './accessible.ts'
import { startBackOffice } from './back-office.ts'
import { visit } from './browser.ts'
import type { Visitor } from './browser.ts'
import { pressOn, typeInto } from './keyboard.ts'
import { hire, signInAs } from './staff.ts'

const office = await startBackOffice()
const owners = {
  en: await hire(office, { email: 'noura@dhow.example', name: 'Noura', role: 'owner' }),
  ar: await hire(office, { email: 'salma@dhow.example', name: 'سلمى', role: 'owner', locale: 'ar' }),
}
await office.db.query(
  `insert into security_alerts (id, rule, subject, severity, evidence, actions, state, first_seen_at, last_seen_at, count)
   values (gen_random_uuid(), 'TR-1', 'network 203.0.113.0/24', 'warning', '{"failures": 60}', '{}', 'open', now(), now(), 3)`,
)

const refusals = ['status of 401', 'status of 403', 'status of 422', 'status of 400', 'status of 503', 'status of 404']

/** Until the page shows its data: nothing waits any more. */
async function untilLoaded({ page }: Visitor): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor()
  await expect.poll(() => page.locator('[aria-busy="true"]').count()).toBe(0)
}

async function idOf(table: 'roles' | 'accounts'): Promise<string> {
  const code = table === 'roles' ? "where code = 'support'" : ''
  const { rows } = await office.db.query(`select id from ${table} ${code} order by created_at limit 1`)
  return String(rows[0]?.id)
}

const locales = ['en', 'ar'] as const satisfies readonly Locale[]

test.each(locales)('axe finds nothing on any page, and nothing sticks out on a phone (%s)', (locale) =>
  visit(office, { locale, expected: refusals }, async (visitor) => {
    const { page, context, t } = visitor
    const faults: string[] = []
    const look = async (name: string): Promise<void> => void faults.push(...(await faultsOfPage(visitor, name)))
    await page.goto('/sign-in')
    await page.getByRole('button', { name: t('admin.signIn.submit'), exact: true }).click()
    await page.getByText(t('admin.fields.required')).first().waitFor()
    await look('sign-in with faults')
    await signInAs(office, context, owners[locale])
    const paths = [
      '/',
      '/staff',
      '/staff?q=zzz',
      '/staff?invite=1',
      `/staff/${await idOf('accounts')}`,
      '/roles',
      '/roles/new',
      `/roles/${await idOf('roles')}`,
      '/approvals',
      '/sessions',
      '/sessions?of=customer',
      '/audit',
      '/alerts',
      '/account',
      '/nothing-here',
    ]
    for (const path of paths) {
      await page.goto(path)
      await untilLoaded(visitor)
      await look(path)
    }
    expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual(
      locale === 'ar' ? ['ar', 'rtl'] : ['en', 'ltr'],
    )
    expect(faults).toEqual([])
  }),
)

test('the command bar goes anywhere and does things by the keyboard alone, in either language', () =>
  visit(office, { expected: refusals }, async (visitor) => {
    const { page, context, t } = visitor
    await signInAs(office, context, owners.en)
    await page.goto('/')
    await untilLoaded(visitor)
    await page.keyboard.press('Control+K')
    await page.getByRole('searchbox').waitFor()
    await page.keyboard.type('سجل')
    await page.getByRole('menuitem', { name: t('admin.audit.title') }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: t('admin.audit.title') }).waitFor()
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('page-title')
    await pressOn(page, page.getByRole('searchbox'), 'Enter')
    await typeInto(page, page.getByRole('searchbox'), 'staff.')
    await page
      .getByRole('row', { name: /auth\./ })
      .first()
      .waitFor({ state: 'detached' })
    await page.keyboard.press('Control+K')
    await page.keyboard.type('zzz')
    await page.getByText(t('admin.command.empty')).waitFor()
    await page.keyboard.press('Escape') // what was typed goes first
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }))

test('the other language is there at once, stays on the account, and turns the page round', () =>
  visit(office, { expected: refusals }, async (visitor) => {
    const { page, context } = visitor
    await signInAs(office, context, owners.en)
    await page.goto('/staff')
    await page.getByRole('button', { name: 'العربية' }).click()
    await page.getByRole('heading', { level: 1, name: 'الموظفون' }).waitFor()
    expect(await page.evaluate(() => document.documentElement.dir)).toBe('rtl')
    const untilInArabic = async (count: number) => {
      await expect
        .poll(async () => (await office.db.query("select locale from accounts where locale = 'ar'")).rowCount)
        .toBe(count)
    }
    await untilInArabic(2)
    await page.evaluate(() => localStorage.clear())
    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'الموظفون' }).waitFor()
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('heading', { level: 1, name: 'Staff' }).waitFor()
    await untilInArabic(1) // a browser closed before that would leave the account in Arabic
  }))

test('without the API a page says so and tries again, and the frame stays', () =>
  visit(office, { expected: refusals }, async (visitor) => {
    const { page, context, t } = visitor
    await signInAs(office, context, owners.en)
    await page.goto('/')
    await untilLoaded(visitor)
    await office.withoutApi(async () => {
      await page.getByRole('link', { name: t('admin.roles.title') }).click()
      await page.getByText(t('admin.problems.service/unavailable')).waitFor()
    })
    await page.getByRole('button', { name: t('admin.states.retry') }).click()
    await page.getByRole('row', { name: /Support/ }).waitFor()
  }))
