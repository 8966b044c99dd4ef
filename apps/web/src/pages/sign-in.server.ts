import { randomUUID } from 'node:crypto'
import { beginPasskeySignIn, Email, getProofOfWork, requestCode, signInWithPasskey } from '@dhow/contracts/auth.ts'
import { formatMobile, normaliseMobile } from '@dhow/contracts/phone.ts'
import { getMe } from '@dhow/contracts/account.ts'
import { isTrapped } from '../features/sign-in/honeypot.ts'
import type { FormValues } from '../framework/form.ts'
import { definePage, goTo, loaded, privately } from '../framework/page.ts'
import type { Action, ActionResult, PageContext } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { refusedBy, refusedFields } from '../server/forms.ts'
import { localPath } from '../server/local-path.ts'
import { parsePasskey } from '../server/passkey-form.ts'
import { identifierTyped, rememberSignIn } from '../server/sign-in-state.ts'
import { letIn } from '../server/sign-in.ts'
import { Page } from './sign-in.page.tsx'
import type { SignInData } from './sign-in.page.tsx'

const nextOf = (form: FormValues): string | null => localPath(form['next']) ?? null

function goToCode(ctx: PageContext): ActionResult {
  return { kind: 'redirect', to: ctx.paths.signInStep('code') }
}

/** Whoever filled in the field nobody sees is told what everybody is told; nothing is sent. */
function pretend(ctx: PageContext, phone: string, next: string | null): ActionResult {
  const inOneMinute = new Date(Date.now() + 60_000).toISOString()
  const state = {
    step: 'code',
    next,
    challengeId: randomUUID(),
    phone,
    resendAt: inOneMinute,
    expiresAt: inOneMinute,
  } as const
  rememberSignIn(ctx.cookies, state)
  return goToCode(ctx)
}

async function sendCode(ctx: PageContext, phone: string, form: FormValues): Promise<ActionResult> {
  const next = nextOf(form)
  if (isTrapped(form)) return pretend(ctx, phone, next)
  const proofOfWork = form['proofOfWork'] ? { proofOfWork: form['proofOfWork'] } : {}
  const sent = await ctx.api.call(requestCode, { body: { phone, locale: ctx.locale, ...proofOfWork } })
  const { challengeId, resendAt, expiresAt } = sent
  rememberSignIn(ctx.cookies, { step: 'code', next, challengeId, phone, resendAt, expiresAt })
  return goToCode(ctx)
}

/** One field for both: what has an @ is an e-mail, anything else is to be a phone number. */
const identify: Action = async (ctx, form) => {
  const typed = form['identifier'] ?? ''
  const wrong = (code: string) => refusedFields(form, [{ pointer: '/identifier', code }])
  if (typed.trim() === '') return wrong('required')
  if (!typed.includes('@')) {
    const phone = normaliseMobile(typed)
    return phone ? sendCode(ctx, phone, form) : wrong('invalid-phone')
  }
  const email = Email.safeParse(typed)
  if (!email.success) return wrong('invalid-email')
  rememberSignIn(ctx.cookies, { step: 'password', next: nextOf(form), email: email.data })
  return { kind: 'redirect', to: ctx.paths.signInStep('password') }
}

const passkeyOptions: Action = async (ctx) => ({
  kind: 'done',
  data: await ctx.api.call(beginPasskeySignIn, { body: {} }),
  to: ctx.paths.signIn(),
})

const passkey: Action = async (ctx, form) => {
  const body = parsePasskey(form)
  if (!body) return refusedBy(form, 'auth/passkey-invalid', 400)
  const { tokens } = await ctx.api.call(signInWithPasskey, { body })
  return letIn(ctx, tokens, nextOf(form))
}

const puzzle: Action = async (ctx) => ({
  kind: 'done',
  data: await ctx.api.call(getProofOfWork, {}),
  to: ctx.paths.signIn(),
})

export const signInPage = definePage<SignInData>({
  name: 'sign-in',
  route: routes.signIn,
  Page,
  async load(ctx) {
    const next = localPath(ctx.query.get('next')) ?? null
    // Asked of the API, not believed of the cookie: with one that is worth nothing people would go round in circles.
    if (ctx.session.isPresent && !ctx.isPost && (await ctx.session.ask(getMe, {})))
      return goTo(next ?? ctx.paths.account())
    const isReset = ctx.query.get('done') === 'reset'
    return loaded({ next, identifier: formatMobile(identifierTyped(ctx.cookies)), isReset })
  },
  head: (data, { t }) => ({
    title: t('signIn.title'),
    path: (paths) => paths.signIn(data.next ?? undefined),
    isIndexable: false,
  }),
  cache: privately,
  class: 'identity',
  actions: { identify, puzzle, passkey, 'passkey-options': passkeyOptions },
})
