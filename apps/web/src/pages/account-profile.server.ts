import { getMe, updateMe } from '@dhow/contracts/account.ts'
import { formatMobile } from '@dhow/contracts/phone.ts'
import { definePage, loaded, privately } from '../framework/page.ts'
import type { Action } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { accountHead } from '../server/account-head.ts'
import { parseForm } from '../server/forms.ts'
import { savedOf } from '../server/saved.ts'
import { Page } from './account-profile.page.tsx'
import type { AccountProfileData } from './account-profile.page.tsx'

const save: Action = async (ctx, form) => {
  const parsed = parseForm(updateMe.body.required(), form)
  if (!parsed.ok) return parsed.refused
  await ctx.session.call(updateMe, { body: parsed.value })
  return { kind: 'redirect', to: ctx.paths.accountPart('profile', { saved: 'profile' }) }
}

export const accountProfilePage = definePage<AccountProfileData>({
  name: 'account-profile',
  route: routes.accountProfile,
  Page,
  async load(ctx) {
    const { name, phone, email, locale } = await ctx.session.call(getMe, {})
    const saved = savedOf(ctx.query, ['profile', 'phone', 'email-sent'])
    return loaded({ name: name ?? '', phone: phone && formatMobile(phone), email, locale, saved })
  },
  head: accountHead('account.profile.title', (paths) => paths.accountPart('profile')),
  cache: privately,
  class: 'identity',
  actions: { save },
})
