import { login, TypedPassword } from '@dhow/contracts/auth.ts'
import { z } from 'zod'
import { definePage, goTo, loaded, privately } from '../framework/page.ts'
import type { Action } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { parseForm } from '../server/forms.ts'
import { signInStateAt } from '../server/sign-in-state.ts'
import { goOnFrom } from '../server/sign-in.ts'
import { Page } from './sign-in-password.page.tsx'
import type { SignInPasswordData } from './sign-in-password.page.tsx'

const PasswordForm = z.object({ password: TypedPassword })

const signIn: Action = async (ctx, form) => {
  const state = signInStateAt(ctx.cookies, 'password')
  if (!state) return { kind: 'redirect', to: ctx.paths.signIn() }
  const parsed = parseForm(PasswordForm, form)
  if (!parsed.ok) return parsed.refused
  const body = { email: state.email, password: parsed.value.password }
  return goOnFrom(ctx, await ctx.api.call(login, { body }), state.next)
}

export const signInPasswordPage = definePage<SignInPasswordData>({
  name: 'sign-in-password',
  route: routes.signInPassword,
  Page,
  async load(ctx) {
    const state = signInStateAt(ctx.cookies, 'password')
    return state ? loaded({ email: state.email, next: state.next }) : goTo(ctx.paths.signIn())
  },
  head: (_data, { t }) => ({
    title: t('signIn.password.title'),
    path: (paths) => paths.signInStep('password'),
    isIndexable: false,
  }),
  cache: privately,
  class: 'identity',
  actions: { 'sign-in': signIn },
})
