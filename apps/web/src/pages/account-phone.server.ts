import { getMe } from '@dhow/contracts/account.ts'
import { changePhone, confirmPhone } from '@dhow/contracts/account-security.ts'
import { OneTimeCode } from '@dhow/contracts/auth.ts'
import { unbrokenMobile } from '../server/address-fields.ts'
import { z } from 'zod'
import { definePage, loaded, privately } from '../framework/page.ts'
import type { Action } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { accountHead } from '../server/account-head.ts'
import { parseForm } from '../server/forms.ts'
import { askToConfirm } from '../server/fresh.ts'
import { forgetSignIn, rememberSignIn, signInStateAt } from '../server/sign-in-state.ts'
import { tellWrongCode } from '../server/wrong-code.ts'
import { Page } from './account-phone.page.tsx'
import type { AccountPhoneData } from './account-phone.page.tsx'

const CodeForm = z.object({ code: OneTimeCode })

const send: Action = async (ctx, form) => {
  const parsed = parseForm(changePhone.body, form)
  if (!parsed.ok) return parsed.refused
  const { challengeId, expiresAt } = await ctx.session.call(changePhone, { body: parsed.value })
  rememberSignIn(ctx.cookies, {
    step: 'change-phone',
    next: null,
    challengeId,
    expiresAt,
    phone: parsed.value.phone,
  })
  return { kind: 'redirect', to: `${ctx.paths.accountPart('profile/phone')}?step=code` }
}

const verify: Action = async (ctx, form) => {
  const state = signInStateAt(ctx.cookies, 'change-phone')
  if (!state) return { kind: 'redirect', to: ctx.paths.accountPart('profile/phone') }
  const parsed = parseForm(CodeForm, form)
  if (!parsed.ok) return parsed.refused
  return tellWrongCode(form, 'code', async () => {
    await ctx.session.call(confirmPhone, { body: { challengeId: state.challengeId, code: parsed.value.code } })
    forgetSignIn(ctx.cookies)
    return { kind: 'redirect', to: ctx.paths.accountPart('profile', { saved: 'phone' }) }
  })
}

export const accountPhonePage = definePage<AccountPhoneData>({
  name: 'account-phone',
  route: routes.accountPhone,
  Page,
  async load(ctx) {
    const state = ctx.query.get('step') === 'code' ? signInStateAt(ctx.cookies, 'change-phone') : undefined
    const me = await ctx.session.call(getMe, {})
    const confirm = state ? undefined : await askToConfirm(ctx, ctx.paths.accountPart('profile/phone'))
    return (
      confirm ??
      loaded({ current: me.phone && unbrokenMobile(me.phone), sentTo: state ? unbrokenMobile(state.phone) : null })
    )
  },
  head: accountHead('account.phone.title', (paths) => paths.accountPart('profile/phone')),
  cache: privately,
  class: 'identity',
  actions: { send, verify },
})
