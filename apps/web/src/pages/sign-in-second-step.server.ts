import { beginPasskeySignIn, giveSecondFactor, OneTimeCode, RecoveryCode } from '@dhow/contracts/auth.ts'
import { z } from 'zod'
import { definePage, goTo, loaded, privately } from '../framework/page.ts'
import type { Action, ActionResult, PageContext } from '../framework/page.ts'
import type { FormValues } from '../framework/form.ts'
import { routes } from '../paths.ts'
import { parseForm, refusedBy } from '../server/forms.ts'
import { parsePasskey } from '../server/passkey-form.ts'
import { signInStateAt } from '../server/sign-in-state.ts'
import { letIn } from '../server/sign-in.ts'
import { tellWrongCode } from '../server/wrong-code.ts'
import { Page } from './sign-in-second-step.page.tsx'
import type { SignInSecondData } from './sign-in-second-step.page.tsx'

const AppForm = z.object({ code: OneTimeCode })
const RecoveryForm = z.object({ recovery: RecoveryCode })

type State = NonNullable<ReturnType<typeof secondStep>>

const secondStep = (ctx: PageContext) => signInStateAt(ctx.cookies, 'second-step')

const atSecondStep =
  (act: (ctx: PageContext, state: State, form: FormValues) => Promise<ActionResult>): Action =>
  async (ctx, form) => {
    const state = secondStep(ctx)
    return state ? act(ctx, state, form) : { kind: 'redirect', to: ctx.paths.signIn() }
  }

const app = atSecondStep(async (ctx, { challengeId, next }, form) => {
  const parsed = parseForm(AppForm, form)
  if (!parsed.ok) return parsed.refused
  const body = { challengeId, proof: { method: 'totp', code: parsed.value.code } } as const
  return tellWrongCode(form, 'code', async () =>
    letIn(ctx, (await ctx.api.call(giveSecondFactor, { body })).tokens, next),
  )
})

const recovery = atSecondStep(async (ctx, { challengeId, next }, form) => {
  const parsed = parseForm(RecoveryForm, form)
  if (!parsed.ok) return parsed.refused
  const body = { challengeId, proof: { method: 'recovery-code', code: parsed.value.recovery } } as const
  return tellWrongCode(form, 'recovery', async () =>
    letIn(ctx, (await ctx.api.call(giveSecondFactor, { body })).tokens, next),
  )
})

const passkeyOptions = atSecondStep(async (ctx, { challengeId }) => ({
  kind: 'done',
  data: await ctx.api.call(beginPasskeySignIn, { body: { challengeId } }),
  to: ctx.paths.signInStep('second-step'),
}))

const passkey = atSecondStep(async (ctx, { challengeId, next }, form) => {
  const given = parsePasskey(form)
  if (!given) return refusedBy(form, 'auth/passkey-invalid', 400)
  const body = { challengeId, proof: { method: 'passkey', ...given } } as const
  return letIn(ctx, (await ctx.api.call(giveSecondFactor, { body })).tokens, next)
})

export const signInSecondPage = definePage<SignInSecondData>({
  name: 'sign-in-second-step',
  route: routes.signInSecond,
  Page,
  async load(ctx) {
    const state = secondStep(ctx)
    return state ? loaded({ methods: state.methods }) : goTo(ctx.paths.signIn())
  },
  head: (_data, { t }) => ({
    title: t('signIn.second.title'),
    path: (paths) => paths.signInStep('second-step'),
    isIndexable: false,
  }),
  cache: privately,
  class: 'identity',
  actions: { app, recovery, passkey, 'passkey-options': passkeyOptions },
})
