import { z } from 'zod'
import { CustomerView, mine } from './account.ts'
import { FactorProof, NewPassword, OneTimeCode, OtpChallenge, PasskeyCeremony, Tokens, TypedPassword } from './auth.ts'
import { Email, WebAuthnResponse } from './auth.ts'
import { defineEndpoint } from './endpoint.ts'
import { PhoneToVerify } from './phone.ts'
import { Id, Instant, typedText } from './primitives.ts'

/** How a customer proves again that it is them, before what could lock them out or cost them. */
export const ConfirmProof = z
  .discriminatedUnion('method', [
    z.strictObject({ method: z.literal('password'), password: TypedPassword }),
    z.strictObject({ method: z.literal('code'), challengeId: Id, code: OneTimeCode }),
    ...FactorProof.options,
  ])
  .meta({ id: 'ConfirmProof' })
export type ConfirmProof = z.infer<typeof ConfirmProof>

export const confirmIdentity = defineEndpoint({
  id: 'confirmIdentity',
  method: 'POST',
  path: '/me/confirm',
  status: 200,
  ...mine,
  rateLimit: 'sign-in',
  summary: 'Prove again who is asking; the session is replaced, so take the new tokens',
  description:
    'An account with a second factor takes that; one without takes its password, a code to its phone, or a passkey.',
  body: ConfirmProof,
  response: Tokens,
  problems: [
    'auth/invalid-credentials',
    'auth/code-invalid',
    'auth/challenge-invalid',
    'auth/passkey-invalid',
    'auth/busy',
  ],
})

export const requestConfirmationCode = defineEndpoint({
  id: 'requestConfirmationCode',
  method: 'POST',
  path: '/me/confirm/code',
  status: 202,
  ...mine,
  rateLimit: 'one-time-code',
  summary: 'Send a code to the account’s own phone',
  response: OtpChallenge,
  problems: ['auth/codes-unavailable', 'auth/factor-not-found'],
})

export const beginPasskeyConfirmation = defineEndpoint({
  id: 'beginPasskeyConfirmation',
  method: 'POST',
  path: '/me/confirm/passkey-options',
  status: 200,
  ...mine,
  summary: 'Options for the browser’s passkey dialog, to confirm with',
  response: PasskeyCeremony,
  problems: ['auth/factor-not-found'],
})

export const changePhone = defineEndpoint({
  id: 'changePhone',
  method: 'POST',
  path: '/me/phone',
  status: 202,
  ...mine,
  isFresh: true,
  rateLimit: 'one-time-code',
  summary: 'Send a code to a new number',
  body: z.strictObject({ phone: PhoneToVerify }),
  response: OtpChallenge,
  problems: ['auth/phone-not-accepted', 'auth/codes-unavailable'],
})

export const confirmPhone = defineEndpoint({
  id: 'confirmPhone',
  method: 'POST',
  path: '/me/phone/confirm',
  status: 200,
  ...mine,
  rateLimit: 'sign-in',
  summary: 'The new number’s code: it becomes the account’s, the old one is told, other sessions end',
  body: z.strictObject({ challengeId: Id, code: OneTimeCode }),
  response: CustomerView,
  problems: ['auth/code-invalid', 'auth/challenge-invalid', 'account/contact-taken'],
})

export const changeEmail = defineEndpoint({
  id: 'changeEmail',
  method: 'POST',
  path: '/me/email',
  status: 202,
  ...mine,
  isFresh: true,
  summary: 'Mail a link to a new address; it becomes the account’s when the link is used',
  body: z.strictObject({ email: Email }),
  problems: [],
})

export const setPassword = defineEndpoint({
  id: 'setPassword',
  method: 'PUT',
  path: '/me/password',
  status: 204,
  ...mine,
  isFresh: true,
  rateLimit: 'sign-in',
  summary: 'Set or change the password; other sessions end, the account’s address is told',
  body: z.strictObject({ currentPassword: TypedPassword.optional(), newPassword: NewPassword }),
  problems: ['auth/invalid-credentials', 'auth/busy'],
})

// --- Sessions

export const SessionView = z
  .strictObject({
    id: Id,
    isCurrent: z.boolean(),
    /** Browser and system, such as `Chrome on Android`. */
    client: z.string(),
    country: z.string().nullable(),
    city: z.string().nullable(),
    amr: z.array(z.string()),
    createdAt: Instant,
    lastSeenAt: Instant,
    expiresAt: Instant,
  })
  .meta({ id: 'Session' })
export type SessionView = z.infer<typeof SessionView>

const sessionList = z.strictObject({ items: z.array(SessionView) })

export const listSessions = defineEndpoint({
  id: 'listSessions',
  method: 'GET',
  path: '/auth/sessions',
  status: 200,
  ...mine,
  summary: 'Where this account is signed in',
  response: sessionList,
  problems: [],
})

export const revokeSession = defineEndpoint({
  id: 'revokeSession',
  method: 'DELETE',
  path: '/auth/sessions/{sessionId}',
  status: 204,
  ...mine,
  isFresh: true,
  summary: 'Sign one device out',
  params: z.strictObject({ sessionId: Id }),
  problems: ['auth/session-not-found'],
})

export const revokeOtherSessions = defineEndpoint({
  id: 'revokeOtherSessions',
  method: 'DELETE',
  path: '/auth/sessions',
  status: 204,
  ...mine,
  isFresh: true,
  summary: 'Sign every other device out',
  problems: [],
})

// --- Ways to sign in

export const PasskeyView = z
  .strictObject({
    id: Id,
    name: z.string(),
    createdAt: Instant,
    lastUsedAt: Instant.nullable(),
    isBackedUp: z.boolean(),
  })
  .meta({ id: 'Passkey' })
export type PasskeyView = z.infer<typeof PasskeyView>

export const PasskeyName = typedText({ min: 1, max: 60 })

export const listPasskeys = defineEndpoint({
  id: 'listPasskeys',
  method: 'GET',
  path: '/me/passkeys',
  status: 200,
  ...mine,
  summary: 'The account’s passkeys',
  response: z.strictObject({ items: z.array(PasskeyView) }),
  problems: [],
})

export const beginPasskey = defineEndpoint({
  id: 'beginPasskey',
  method: 'POST',
  path: '/me/passkeys/options',
  status: 200,
  ...mine,
  isFresh: true,
  summary: 'Options for making a passkey',
  response: PasskeyCeremony,
  problems: [],
})

export const addPasskey = defineEndpoint({
  id: 'addPasskey',
  method: 'POST',
  path: '/me/passkeys',
  status: 201,
  ...mine,
  isFresh: true,
  summary: 'Keep the passkey the browser made',
  body: z.strictObject({ ceremonyId: Id, response: WebAuthnResponse, name: PasskeyName }),
  response: PasskeyView,
  problems: ['auth/challenge-invalid', 'auth/passkey-invalid'],
})

export const removePasskey = defineEndpoint({
  id: 'removePasskey',
  method: 'DELETE',
  path: '/me/passkeys/{passkeyId}',
  status: 204,
  ...mine,
  isFresh: true,
  summary: 'Forget a passkey',
  params: z.strictObject({ passkeyId: Id }),
  problems: ['auth/factor-not-found', 'auth/last-factor'],
})

/** Shown once, to be put into an authenticator app. */
export const TotpEnrolment = z
  .strictObject({ secret: z.string(), uri: z.string().meta({ description: 'otpauth://, for a QR code' }) })
  .meta({ id: 'TotpEnrolment' })
export type TotpEnrolment = z.infer<typeof TotpEnrolment>

/** Shown once: ten codes, each good once. */
export const RecoveryCodes = z.strictObject({ codes: z.array(z.string()) }).meta({ id: 'RecoveryCodes' })
export type RecoveryCodes = z.infer<typeof RecoveryCodes>

export const beginTotp = defineEndpoint({
  id: 'beginTotp',
  method: 'POST',
  path: '/me/totp',
  status: 201,
  ...mine,
  isFresh: true,
  summary: 'A secret for an authenticator app; it counts once a code of it was given',
  response: TotpEnrolment,
  problems: [],
})

export const confirmTotp = defineEndpoint({
  id: 'confirmTotp',
  method: 'POST',
  path: '/me/totp/confirm',
  status: 200,
  ...mine,
  isFresh: true,
  rateLimit: 'sign-in',
  summary: 'The first code of the app: signing in asks for one from now on',
  body: z.strictObject({ code: OneTimeCode }),
  response: RecoveryCodes,
  problems: ['auth/code-invalid', 'auth/factor-not-found'],
})

export const removeTotp = defineEndpoint({
  id: 'removeTotp',
  method: 'DELETE',
  path: '/me/totp',
  status: 204,
  ...mine,
  isFresh: true,
  summary: 'Stop asking for the app’s codes; recovery codes go too',
  problems: ['auth/factor-not-found'],
})

export const renewRecoveryCodes = defineEndpoint({
  id: 'renewRecoveryCodes',
  method: 'POST',
  path: '/me/recovery-codes',
  status: 200,
  ...mine,
  isFresh: true,
  summary: 'Ten new recovery codes; the old ones stop working',
  response: RecoveryCodes,
  problems: ['auth/factor-not-found'],
})
