import { getMe } from '@dhow/contracts/account.ts'
import { setPassword } from '@dhow/contracts/account-security.ts'
import { definePage, goTo, loaded, privately } from '../framework/page.ts'
import type { Action } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { accountHead } from '../server/account-head.ts'
import { parseForm } from '../server/forms.ts'
import { askToConfirm } from '../server/fresh.ts'
import { Page } from './account-password.page.tsx'
import type { AccountPasswordData } from './account-password.page.tsx'

const save: Action = async (ctx, form) => {
  const parsed = parseForm(setPassword.body, form)
  if (!parsed.ok) return parsed.refused
  await ctx.session.call(setPassword, { body: parsed.value })
  return { kind: 'redirect', to: ctx.paths.accountPart('security', { saved: 'password' }) }
}

export const accountPasswordPage = definePage<AccountPasswordData>({
  name: 'account-password',
  route: routes.accountPassword,
  Page,
  async load(ctx) {
    const { email, hasPassword } = await ctx.session.call(getMe, {})
    if (!email) return goTo(ctx.paths.accountPart('profile/email'))
    return (await askToConfirm(ctx, ctx.paths.accountPart('security/password'))) ?? loaded({ email, hasPassword })
  },
  head: accountHead('account.password.title', (paths) => paths.accountPart('security/password')),
  cache: privately,
  class: 'identity',
  actions: { save },
})
