import { FactorKind } from '@dhow/contracts/auth.ts'
import { z } from 'zod'
import type { Cookies } from '../framework/page.ts'
import { localPath } from './local-path.ts'

const stateCookie = 'dhow_sign_in'
const quarterOfAnHour = 15 * 60

const Next = z
  .string()
  .nullable()
  .transform((path) => localPath(path) ?? null)
const Instant = z.iso.datetime()

/** How far somebody has come with signing in, or with showing who they are. It travels in an HttpOnly cookie, not in addresses: it holds a phone number or an e-mail. */
const SignInState = z.discriminatedUnion('step', [
  z.strictObject({
    step: z.literal('code'),
    next: Next,
    challengeId: z.uuid(),
    phone: z.string().max(20),
    resendAt: Instant,
    expiresAt: Instant,
  }),
  z.strictObject({ step: z.literal('password'), next: Next, email: z.string().max(254) }),
  z.strictObject({
    step: z.literal('second-step'),
    next: Next,
    challengeId: z.uuid(),
    methods: z.array(FactorKind),
    expiresAt: Instant,
  }),
  z.strictObject({
    step: z.literal('change-phone'),
    next: Next,
    challengeId: z.uuid(),
    phone: z.string().max(20),
    expiresAt: Instant,
  }),
  z.strictObject({ step: z.literal('confirm'), next: Next, challengeId: z.uuid(), expiresAt: Instant }),
  z.strictObject({
    step: z.literal('mail-sent'),
    next: Next,
    email: z.string().max(254),
    purpose: z.enum(['register', 'reset']),
  }),
])
export type SignInState = z.infer<typeof SignInState>
type Step = SignInState['step']

function read(cookies: Cookies): SignInState | undefined {
  try {
    const parsed = SignInState.safeParse(
      JSON.parse(Buffer.from(cookies.get(stateCookie) ?? '', 'base64url').toString()),
    )
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}

const isAt =
  <S extends Step>(step: S) =>
  (state: SignInState | undefined): state is Extract<SignInState, { step: S }> =>
    state?.step === step

/** The state if it is at this step; undefined when it is not, or is too old. */
export function signInStateAt<S extends Step>(
  cookies: Cookies,
  step: S,
): Extract<SignInState, { step: S }> | undefined {
  const state = read(cookies)
  return isAt(step)(state) ? state : undefined
}

/** What was typed before, to be kept when somebody goes back a step. */
export function identifierTyped(cookies: Cookies): string {
  const state = read(cookies)
  if (state?.step === 'code') return state.phone
  return state && 'email' in state ? state.email : ''
}

export function rememberSignIn(cookies: Cookies, state: SignInState): void {
  const text = Buffer.from(JSON.stringify(state)).toString('base64url')
  cookies.set(stateCookie, text, { maxAgeSeconds: quarterOfAnHour })
}

export const forgetSignIn = (cookies: Cookies): void => cookies.clear(stateCookie)
