import { register } from '@dhow/contracts/auth.ts'
import { z } from 'zod'
import { isTrapped } from '../features/sign-in/honeypot.ts'
import { definePage, loaded, privately } from '../framework/page.ts'
import type { Action } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { parseForm } from '../server/forms.ts'
import { localPath } from '../server/local-path.ts'
import { identifierTyped, rememberSignIn } from '../server/sign-in-state.ts'
import { Page } from './sign-up.page.tsx'
import type { SignUpData } from './sign-up.page.tsx'

const { name, email, password } = register.body.shape
const SignUpForm = z.object({ name, email, password, next: z.string().optional() })

const signUp: Action = async (ctx, form) => {
  const parsed = parseForm(SignUpForm, form)
  if (!parsed.ok) return parsed.refused
  const { next, ...person } = parsed.value
  if (!isTrapped(form)) await ctx.api.call(register, { body: { ...person, locale: ctx.locale } })
  const state = { step: 'mail-sent', purpose: 'register', email: person.email, next: localPath(next) ?? null } as const
  rememberSignIn(ctx.cookies, state)
  return { kind: 'redirect', to: ctx.paths.signInStep('mail-sent') }
}

export const signUpPage = definePage<SignUpData>({
  name: 'sign-up',
  route: routes.signUp,
  Page,
  async load(ctx) {
    const typed = identifierTyped(ctx.cookies)
    return loaded({ next: localPath(ctx.query.get('next')) ?? null, email: typed.includes('@') ? typed : '' })
  },
  head: (data, { t }) => ({
    title: t('signIn.up.title'),
    path: (paths) => paths.signUp(data.next ?? undefined),
    isIndexable: false,
  }),
  cache: privately,
  class: 'identity',
  actions: { 'sign-up': signUp },
})
