import { getMe } from '@dhow/contracts/account.ts'
import { beginPasskeyConfirmation, confirmIdentity, requestConfirmationCode } from '@dhow/contracts/account-security.ts'
import type { CustomerView } from '@dhow/contracts/account.ts'
import type { ConfirmProof } from '@dhow/contracts/account-security.ts'
import { OneTimeCode, RecoveryCode, TypedPassword } from '@dhow/contracts/auth.ts'
import { unbrokenMobile } from '../server/address-fields.ts'
import { z } from 'zod'
import type { FormValues } from '../framework/form.ts'
import { definePage, loaded, privately } from '../framework/page.ts'
import type { Action, ActionResult, PageContext } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { parseForm, refusedBy } from '../server/forms.ts'
import { localPath } from '../server/local-path.ts'
import { parsePasskey } from '../server/passkey-form.ts'
import { forgetSignIn, rememberSignIn, signInStateAt } from '../server/sign-in-state.ts'
import { tellWrongCode } from '../server/wrong-code.ts'
import { Page } from './account-confirm.page.tsx'
import type { AccountConfirmData } from './account-confirm.page.tsx'

const nextOf = (ctx: PageContext): string => localPath(ctx.query.get('next')) ?? ctx.paths.accountPart('security')

async function prove(ctx: PageContext, proof: z.input<typeof ConfirmProof>): Promise<ActionResult> {
  ctx.session.begin(await ctx.session.call(confirmIdentity, { body: proof }))
  if (signInStateAt(ctx.cookies, 'confirm')) forgetSignIn(ctx.cookies)
  return { kind: 'redirect', to: nextOf(ctx) }
}

/** A form with one field, and the proof it makes. */
const proving =
  <T>(name: string, schema: z.ZodType<T>, proofOf: (typed: T) => z.input<typeof ConfirmProof>): Action =>
  async (ctx, form) => {
    const parsed = parseForm(z.object({ [name]: schema }), form)
    if (!parsed.ok) return parsed.refused
    const typed = schema.parse(form[name])
    return tellWrongCode(form, name, () => prove(ctx, proofOf(typed)))
  }

async function byCode(ctx: PageContext, form: FormValues): Promise<ActionResult> {
  const state = signInStateAt(ctx.cookies, 'confirm')
  if (!state) return { kind: 'redirect', to: ctx.paths.accountConfirm(nextOf(ctx)) }
  const { challengeId } = state
  return proving('code', OneTimeCode, (code) => ({ method: 'code', challengeId, code }))(ctx, form)
}

const send: Action = async (ctx) => {
  const { challengeId, expiresAt } = await ctx.session.call(requestConfirmationCode, {})
  rememberSignIn(ctx.cookies, { step: 'confirm', next: null, challengeId, expiresAt })
  return { kind: 'redirect', to: ctx.paths.accountConfirm(nextOf(ctx)) }
}

const passkeyOptions: Action = async (ctx) => ({
  kind: 'done',
  data: await ctx.session.call(beginPasskeyConfirmation, {}),
  to: ctx.paths.accountConfirm(nextOf(ctx)),
})

const passkey: Action = async (ctx, form) => {
  const given = parsePasskey(form)
  return given ? prove(ctx, { method: 'passkey', ...given }) : refusedBy(form, 'auth/passkey-invalid', 400)
}

/** Whoever has a second factor gives that; others what they have. */
function waysOf(me: CustomerView): AccountConfirmData['ways'] {
  if (me.hasTotp) return ['app', ...(me.passkeyCount > 0 ? (['passkey'] as const) : []), 'recovery']
  const passkeys = me.passkeyCount > 0 ? (['passkey'] as const) : []
  return [...passkeys, ...(me.hasPassword ? (['password'] as const) : []), ...(me.phone ? (['code'] as const) : [])]
}

export const accountConfirmPage = definePage<AccountConfirmData>({
  name: 'account-confirm',
  route: routes.accountConfirm,
  Page,
  async load(ctx) {
    const me = await ctx.session.call(getMe, {})
    const isCodeSent = signInStateAt(ctx.cookies, 'confirm') !== undefined
    const phone = me.phone ? unbrokenMobile(me.phone) : ''
    return loaded({ next: nextOf(ctx), ways: waysOf(me), phone, email: me.email ?? '', isCodeSent })
  },
  head: (data, { t }) => ({
    title: t('account.confirm.title'),
    path: (paths) => paths.accountConfirm(data.next),
    isIndexable: false,
  }),
  cache: privately,
  class: 'identity',
  actions: {
    app: proving('code', OneTimeCode, (code) => ({ method: 'totp', code })),
    recovery: proving('recovery', RecoveryCode, (code) => ({ method: 'recovery-code', code })),
    password: proving('password', TypedPassword, (password) => ({ method: 'password', password })),
    code: byCode,
    send,
    passkey,
    'passkey-options': passkeyOptions,
  },
})
