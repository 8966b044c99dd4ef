import { OneTimeCode, requestCode, verifyCode } from '@dhow/contracts/auth.ts'
import { unbrokenMobile } from '../server/address-fields.ts'
import { z } from 'zod'
import { definePage, goTo, loaded, privately } from '../framework/page.ts'
import type { Action } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { parseForm } from '../server/forms.ts'
import { secondsUntil } from '../server/seconds-until.ts'
import { rememberSignIn, signInStateAt } from '../server/sign-in-state.ts'
import { goOnFrom } from '../server/sign-in.ts'
import { tellWrongCode } from '../server/wrong-code.ts'
import { Page } from './sign-in-code.page.tsx'
import type { SignInCodeData } from './sign-in-code.page.tsx'

const CodeForm = z.object({ code: OneTimeCode })

const verify: Action = async (ctx, form) => {
  const state = signInStateAt(ctx.cookies, 'code')
  if (!state) return { kind: 'redirect', to: ctx.paths.signIn() }
  const parsed = parseForm(CodeForm, form)
  if (!parsed.ok) return parsed.refused
  const body = { challengeId: state.challengeId, code: parsed.value.code }
  return tellWrongCode(form, 'code', async () => goOnFrom(ctx, await ctx.api.call(verifyCode, { body }), state.next))
}

const resend: Action = async (ctx, form) => {
  const state = signInStateAt(ctx.cookies, 'code')
  if (!state) return { kind: 'redirect', to: ctx.paths.signIn() }
  const proofOfWork = form['proofOfWork'] ? { proofOfWork: form['proofOfWork'] } : {}
  const body = { phone: state.phone, locale: ctx.locale, ...proofOfWork }
  const { challengeId, resendAt, expiresAt } = await ctx.api.call(requestCode, { body })
  rememberSignIn(ctx.cookies, { ...state, challengeId, resendAt, expiresAt })
  return { kind: 'redirect', to: `${ctx.paths.signInStep('code')}?again=1` }
}

export const signInCodePage = definePage<SignInCodeData>({
  name: 'sign-in-code',
  route: routes.signInCode,
  Page,
  async load(ctx) {
    const state = signInStateAt(ctx.cookies, 'code')
    if (!state) return goTo(ctx.paths.signIn())
    return loaded({
      phone: unbrokenMobile(state.phone),
      next: state.next,
      resendSeconds: secondsUntil(state.resendAt),
      wasSentAgain: ctx.query.get('again') === '1',
    })
  },
  head: (_data, { t }) => ({
    title: t('signIn.code.title'),
    path: (paths) => paths.signInStep('code'),
    isIndexable: false,
  }),
  cache: privately,
  class: 'identity',
  actions: { verify, resend },
})
