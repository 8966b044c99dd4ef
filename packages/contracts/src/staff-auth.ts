import { z } from 'zod'
import { PasskeyName, PasskeyView, RecoveryCodes, SessionView, TotpEnrolment } from './account-security.ts'
import {
  Email,
  FactorKind,
  FactorProof,
  NewPassword,
  OneTimeCode,
  PasskeyCeremony,
  Secret,
  TypedPassword,
} from './auth.ts'
import { WebAuthnResponse } from './auth.ts'
import { defineEndpoint } from './endpoint.ts'
import { Permission, RoleLimits } from './permissions.ts'
import { Id, Instant, Locale, typedText } from './primitives.ts'

const tag = 'Staff: signing in'
const open = { tag, auth: 'public', rateLimit: 'staff-sign-in' } as const
const enrolling = { tag, auth: 'staff-enrolling', rateLimit: 'staff-sign-in' } as const
const self = { tag, auth: 'staff', permission: 'self', rateLimit: 'staff' } as const

export const StaffSelf = z
  .strictObject({
    id: Id,
    name: z.string(),
    email: z.string(),
    locale: Locale,
    roles: z.array(z.strictObject({ id: Id, nameEn: z.string(), nameAr: z.string() })),
    permissions: z.array(Permission),
    limits: RoleLimits,
    hasTotp: z.boolean(),
    passkeyCount: z.int(),
    hasPassword: z.boolean(),
    recoveryCodesLeft: z.int(),
    session: z.strictObject({ id: Id, secondFactorAt: Instant, expiresAt: Instant }),
  })
  .meta({ id: 'StaffSelf' })
export type StaffSelf = z.infer<typeof StaffSelf>

/**
 * Staff tokens are in `HttpOnly` cookies only. `csrfToken` is sent back as `X-CSRF-Token` with every request that changes something.
 */
export const StaffSignedIn = z
  .strictObject({ kind: z.literal('signed-in'), csrfToken: z.string(), expiresAt: Instant })
  .meta({ id: 'StaffSignedIn' })
export type StaffSignedIn = z.infer<typeof StaffSignedIn>

/** The first factor was right and there is no second one yet: nothing else works until one is enrolled. */
export const StaffMustEnrol = z
  .strictObject({ kind: z.literal('enrol'), csrfToken: z.string(), expiresAt: Instant })
  .meta({ id: 'StaffMustEnrol' })

export const StaffSecondFactorNeeded = z
  .strictObject({ kind: z.literal('second-factor'), challengeId: Id, methods: z.array(FactorKind), expiresAt: Instant })
  .meta({ id: 'StaffSecondFactorNeeded' })

export const StaffSignInResult = z
  .discriminatedUnion('kind', [StaffMustEnrol, StaffSecondFactorNeeded])
  .meta({ id: 'StaffSignInResult' })
export type StaffSignInResult = z.infer<typeof StaffSignInResult>

export const lookUpInvite = defineEndpoint({
  id: 'lookUpInvite',
  method: 'POST',
  path: '/admin/auth/invite/look-up',
  status: 200,
  ...open,
  summary: 'Whom an invitation is for',
  body: z.strictObject({ token: Secret }),
  response: z.strictObject({ email: z.string(), expiresAt: Instant }),
  problems: ['auth/link-invalid'],
})

export const acceptInvite = defineEndpoint({
  id: 'acceptInvite',
  method: 'POST',
  path: '/admin/auth/invite/accept',
  status: 200,
  ...open,
  summary: 'Use an invitation: name and password are set, a second factor comes next',
  body: z.strictObject({
    token: Secret,
    name: typedText({ min: 1, max: 80 }),
    password: NewPassword,
    locale: Locale.optional(),
  }),
  response: StaffMustEnrol,
  problems: ['auth/link-invalid', 'auth/busy'],
})

export const staffLogin = defineEndpoint({
  id: 'staffLogin',
  method: 'POST',
  path: '/admin/auth/login',
  status: 200,
  ...open,
  summary: 'The first step: e-mail and password',
  body: z.strictObject({ email: Email, password: TypedPassword }),
  response: StaffSignInResult,
  problems: ['auth/invalid-credentials', 'auth/busy'],
})

export const beginStaffPasskeySignIn = defineEndpoint({
  id: 'beginStaffPasskeySignIn',
  method: 'POST',
  path: '/admin/auth/passkeys/options',
  status: 200,
  ...open,
  summary: 'Options for the browser’s passkey dialog: the first step, or with a challenge the second',
  body: z.strictObject({ challengeId: Id.optional() }),
  response: PasskeyCeremony,
  problems: ['auth/challenge-invalid'],
})

export const staffSignInWithPasskey = defineEndpoint({
  id: 'staffSignInWithPasskey',
  method: 'POST',
  path: '/admin/auth/passkeys/verify',
  status: 200,
  ...open,
  summary: 'The first step by passkey; the second is another factor',
  body: z.strictObject({ ceremonyId: Id, response: WebAuthnResponse }),
  response: StaffSignInResult,
  problems: ['auth/challenge-invalid', 'auth/passkey-invalid'],
})

export const giveStaffSecondFactor = defineEndpoint({
  id: 'giveStaffSecondFactor',
  method: 'POST',
  path: '/admin/auth/two-factor',
  status: 200,
  ...open,
  summary: 'The second step',
  body: z.strictObject({ challengeId: Id, proof: FactorProof }),
  response: StaffSignedIn,
  problems: ['auth/challenge-invalid', 'auth/code-invalid', 'auth/passkey-invalid', 'auth/busy'],
})

export const refreshStaffSession = defineEndpoint({
  id: 'refreshStaffSession',
  method: 'POST',
  path: '/admin/auth/refresh',
  status: 200,
  tag,
  auth: 'public',
  rateLimit: 'token-refresh',
  summary: 'New cookies for old ones; the refresh token is read from its cookie only',
  response: StaffSignedIn,
  problems: ['auth/refresh-invalid', 'auth/cross-site'],
})

export const staffLogout = defineEndpoint({
  id: 'staffLogout',
  method: 'POST',
  path: '/admin/auth/logout',
  status: 204,
  tag,
  auth: 'public',
  rateLimit: 'token-refresh',
  summary: 'End the session of the cookies',
  problems: ['auth/cross-site'],
})

// --- Enrolling a second factor

export const beginStaffTotpEnrolment = defineEndpoint({
  id: 'beginStaffTotpEnrolment',
  method: 'POST',
  path: '/admin/auth/enrol/totp',
  status: 201,
  ...enrolling,
  summary: 'A secret for an authenticator app',
  response: TotpEnrolment,
  problems: [],
})

/** Enrolling ends in a whole session, and in codes that are shown once. */
export const StaffEnrolled = z
  .strictObject({ signedIn: StaffSignedIn, recoveryCodes: z.array(z.string()) })
  .meta({ id: 'StaffEnrolled' })

export const finishStaffTotpEnrolment = defineEndpoint({
  id: 'finishStaffTotpEnrolment',
  method: 'POST',
  path: '/admin/auth/enrol/totp/confirm',
  status: 200,
  ...enrolling,
  summary: 'The first code of the app',
  body: z.strictObject({ code: OneTimeCode }),
  response: StaffEnrolled,
  problems: ['auth/code-invalid', 'auth/factor-not-found'],
})

export const beginStaffPasskeyEnrolment = defineEndpoint({
  id: 'beginStaffPasskeyEnrolment',
  method: 'POST',
  path: '/admin/auth/enrol/passkey/options',
  status: 200,
  ...enrolling,
  summary: 'Options for making a passkey as the second factor',
  response: PasskeyCeremony,
  problems: [],
})

export const finishStaffPasskeyEnrolment = defineEndpoint({
  id: 'finishStaffPasskeyEnrolment',
  method: 'POST',
  path: '/admin/auth/enrol/passkey',
  status: 200,
  ...enrolling,
  summary: 'Keep the passkey the browser made',
  body: z.strictObject({ ceremonyId: Id, response: WebAuthnResponse, name: PasskeyName }),
  response: StaffEnrolled,
  problems: ['auth/challenge-invalid', 'auth/passkey-invalid'],
})

// --- One's own account

export const getStaffSelf = defineEndpoint({
  id: 'getStaffSelf',
  method: 'GET',
  path: '/admin/me',
  status: 200,
  ...self,
  summary: 'Who is signed in, and what they may do',
  response: StaffSelf,
  problems: [],
})

export const updateStaffSelf = defineEndpoint({
  id: 'updateStaffSelf',
  method: 'PATCH',
  path: '/admin/me',
  status: 200,
  ...self,
  summary: 'Change name or language',
  body: z.strictObject({ name: typedText({ min: 1, max: 80 }).optional(), locale: Locale.optional() }),
  response: StaffSelf,
  problems: [],
})

export const beginStepUp = defineEndpoint({
  id: 'beginStepUp',
  method: 'POST',
  path: '/admin/auth/step-up/passkey-options',
  status: 200,
  ...self,
  summary: 'Options for the browser’s passkey dialog, to step up with',
  response: PasskeyCeremony,
  problems: ['auth/factor-not-found'],
})

export const stepUp = defineEndpoint({
  id: 'stepUp',
  method: 'POST',
  path: '/admin/auth/step-up',
  status: 200,
  ...self,
  rateLimit: 'staff-sign-in',
  summary: 'The second factor again: the session is replaced, and dangerous actions are open for five minutes',
  body: z.strictObject({ proof: FactorProof }),
  response: StaffSignedIn,
  problems: ['auth/code-invalid', 'auth/passkey-invalid', 'auth/challenge-invalid', 'auth/busy'],
})

export const changeStaffPassword = defineEndpoint({
  id: 'changeStaffPassword',
  method: 'PUT',
  path: '/admin/me/password',
  status: 204,
  ...self,
  isFresh: true,
  summary: 'Change the password; other sessions end',
  body: z.strictObject({ currentPassword: TypedPassword, newPassword: NewPassword }),
  problems: ['auth/invalid-credentials', 'auth/busy'],
})

export const listOwnStaffSessions = defineEndpoint({
  id: 'listOwnStaffSessions',
  method: 'GET',
  path: '/admin/me/sessions',
  status: 200,
  ...self,
  summary: 'Where this account is signed in',
  response: z.strictObject({ items: z.array(SessionView) }),
  problems: [],
})

export const revokeOwnStaffSession = defineEndpoint({
  id: 'revokeOwnStaffSession',
  method: 'DELETE',
  path: '/admin/me/sessions/{sessionId}',
  status: 204,
  ...self,
  summary: 'Sign one device out',
  params: z.strictObject({ sessionId: Id }),
  problems: ['auth/session-not-found'],
})

export const listOwnStaffPasskeys = defineEndpoint({
  id: 'listOwnStaffPasskeys',
  method: 'GET',
  path: '/admin/me/passkeys',
  status: 200,
  ...self,
  summary: 'One’s passkeys',
  response: z.strictObject({ items: z.array(PasskeyView) }),
  problems: [],
})

export const beginOwnStaffPasskey = defineEndpoint({
  id: 'beginOwnStaffPasskey',
  method: 'POST',
  path: '/admin/me/passkeys/options',
  status: 200,
  ...self,
  isFresh: true,
  summary: 'Options for making a passkey',
  response: PasskeyCeremony,
  problems: [],
})

export const addOwnStaffPasskey = defineEndpoint({
  id: 'addOwnStaffPasskey',
  method: 'POST',
  path: '/admin/me/passkeys',
  status: 201,
  ...self,
  isFresh: true,
  summary: 'Keep the passkey the browser made',
  body: z.strictObject({ ceremonyId: Id, response: WebAuthnResponse, name: PasskeyName }),
  response: PasskeyView,
  problems: ['auth/challenge-invalid', 'auth/passkey-invalid'],
})

export const removeOwnStaffPasskey = defineEndpoint({
  id: 'removeOwnStaffPasskey',
  method: 'DELETE',
  path: '/admin/me/passkeys/{passkeyId}',
  status: 204,
  ...self,
  isFresh: true,
  summary: 'Forget a passkey; a second factor must remain',
  params: z.strictObject({ passkeyId: Id }),
  problems: ['auth/factor-not-found', 'auth/last-factor'],
})

export const replaceOwnStaffTotp = defineEndpoint({
  id: 'replaceOwnStaffTotp',
  method: 'POST',
  path: '/admin/me/totp',
  status: 201,
  ...self,
  isFresh: true,
  summary: 'A new secret for an authenticator app; the old one works until a code of the new was given',
  response: TotpEnrolment,
  problems: [],
})

export const confirmOwnStaffTotp = defineEndpoint({
  id: 'confirmOwnStaffTotp',
  method: 'POST',
  path: '/admin/me/totp/confirm',
  status: 204,
  ...self,
  isFresh: true,
  summary: 'The first code of the new secret',
  body: z.strictObject({ code: OneTimeCode }),
  problems: ['auth/code-invalid', 'auth/factor-not-found'],
})

export const renewOwnStaffRecoveryCodes = defineEndpoint({
  id: 'renewOwnStaffRecoveryCodes',
  method: 'POST',
  path: '/admin/me/recovery-codes',
  status: 200,
  ...self,
  isFresh: true,
  summary: 'Ten new recovery codes; the old ones stop working',
  response: RecoveryCodes,
  problems: [],
})
