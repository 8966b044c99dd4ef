import { getMe } from '@dhow/contracts/account.ts'
import { changeEmail } from '@dhow/contracts/account-security.ts'
import { definePage, loaded, privately } from '../framework/page.ts'
import type { Action } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { accountHead } from '../server/account-head.ts'
import { parseForm } from '../server/forms.ts'
import { askToConfirm } from '../server/fresh.ts'
import { Page } from './account-mail.page.tsx'
import type { AccountMailData } from './account-mail.page.tsx'

const send: Action = async (ctx, form) => {
  const parsed = parseForm(changeEmail.body, form)
  if (!parsed.ok) return parsed.refused
  await ctx.session.call(changeEmail, { body: parsed.value })
  return { kind: 'redirect', to: ctx.paths.accountPart('profile', { saved: 'email-sent' }) }
}

export const accountMailPage = definePage<AccountMailData>({
  name: 'account-mail',
  route: routes.accountMail,
  Page,
  async load(ctx) {
    const { email } = await ctx.session.call(getMe, {})
    return (await askToConfirm(ctx, ctx.paths.accountPart('profile/email'))) ?? loaded({ current: email })
  },
  head: accountHead('account.mail.title', (paths) => paths.accountPart('profile/email')),
  cache: privately,
  class: 'identity',
  actions: { send },
})
