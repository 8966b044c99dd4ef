import { definePage, goTo, loaded, privately } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { signInStateAt } from '../server/sign-in-state.ts'
import { Page } from './sign-in-mail-sent.page.tsx'
import type { SignInMailSentData } from './sign-in-mail-sent.page.tsx'

export const signInMailSentPage = definePage<SignInMailSentData>({
  name: 'sign-in-mail-sent',
  route: routes.signInMailSent,
  Page,
  async load(ctx) {
    const state = signInStateAt(ctx.cookies, 'mail-sent')
    return state ? loaded({ purpose: state.purpose, email: state.email }) : goTo(ctx.paths.signIn())
  },
  head: (_data, { t }) => ({
    title: t('signIn.mail.title'),
    path: (paths) => paths.signInStep('mail-sent'),
    isIndexable: false,
  }),
  cache: privately,
  class: 'identity',
})
