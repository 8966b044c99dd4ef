import { forgetPassword } from '@dhow/contracts/auth.ts'
import { definePage, loaded, privately } from '../framework/page.ts'
import type { Action } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { parseForm } from '../server/forms.ts'
import { identifierTyped, rememberSignIn } from '../server/sign-in-state.ts'
import { Page } from './sign-in-forgot.page.tsx'
import type { SignInForgotData } from './sign-in-forgot.page.tsx'

const forget: Action = async (ctx, form) => {
  const parsed = parseForm(forgetPassword.body, form)
  if (!parsed.ok) return parsed.refused
  await ctx.api.call(forgetPassword, { body: parsed.value })
  rememberSignIn(ctx.cookies, { step: 'mail-sent', purpose: 'reset', email: parsed.value.email, next: null })
  return { kind: 'redirect', to: ctx.paths.signInStep('mail-sent') }
}

export const signInForgotPage = definePage<SignInForgotData>({
  name: 'sign-in-forgot',
  route: routes.signInForgot,
  Page,
  async load(ctx) {
    const typed = identifierTyped(ctx.cookies)
    return loaded({ email: typed.includes('@') ? typed : '' })
  },
  head: (_data, { t }) => ({
    title: t('signIn.forgot.title'),
    path: (paths) => paths.signInStep('forgot-password'),
    isIndexable: false,
  }),
  cache: privately,
  class: 'identity',
  actions: { forget },
})
