import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { PhoneToVerify } from './phone.ts'
import { Id, Instant, Locale, typedText } from './primitives.ts'

const tag = 'Signing in'

/** 22 characters of base64url the client made once and keeps; it identifies the device, and permits nothing. */
export const DeviceId = z.string().regex(/^[A-Za-z0-9_-]{22}$/, 'invalid')

/** An opaque secret in base64url: refresh tokens and one-time links. */
export const Secret = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'invalid')

export const Email = z
  .string({ error: 'required' })
  .max(1000, 'invalid-email')
  .transform((typed) => typed.normalize('NFKC').trim())
  .pipe(z.string().min(1, 'required').max(254, 'invalid-email').pipe(z.email('invalid-email')))

export const minPasswordLength = 15
export const maxPasswordLength = 128

const codePoints = (text: string): number => Array.from(text).length

/** Any characters, spaces and Arabic included; normalised once (NFC), counted in code points, never cut. */
export const NewPassword = z
  .string({ error: 'required' })
  .max(1000, 'password-too-long')
  .transform((typed) => typed.normalize('NFC'))
  .refine((password) => codePoints(password) >= minPasswordLength, 'password-too-short')
  .refine((password) => codePoints(password) <= maxPasswordLength, 'password-too-long')

/** A password as typed at sign-in: only bounded, so that a wrong one is wrong and not invalid. */
export const TypedPassword = z.string({ error: 'required' }).min(1, 'required').max(1000, 'password-too-long')

/** Six digits, also Arabic-Indic, also with a space in the middle. */
export const OneTimeCode = typedText({ min: 1, max: 20 }).transform((typed, context) => {
  const digits = typed.replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 0xf)).replace(/[\s-]/g, '')
  if (/^\d{6}$/.test(digits)) return digits
  context.issues.push({ code: 'custom', message: 'invalid-code', input: typed })
  return z.NEVER
})

export const RecoveryCode = typedText({ min: 1, max: 40 })

/** What the browser's WebAuthn API answered, as `@simplewebauthn/browser` prints it. The server reads it member by member. */
export const WebAuthnResponse = z
  .looseObject({ id: z.string().max(2000), rawId: z.string().max(2000), type: z.literal('public-key') })
  .meta({ id: 'WebAuthnResponse' })

/** Options for the browser's WebAuthn API, as `@simplewebauthn/browser` takes them. */
export const WebAuthnOptions = z.looseObject({ challenge: z.string() }).meta({ id: 'WebAuthnOptions' })

/** A P-256 public key the device keeps the other half of (RFC 7517). */
export const DeviceKey = z
  .strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string().length(43), y: z.string().length(43) })
  .meta({ id: 'DeviceKey' })

export const factorKinds = ['totp', 'passkey', 'recovery-code'] as const
export const FactorKind = z.enum(factorKinds)
export type FactorKind = z.infer<typeof FactorKind>

export const Tokens = z
  .strictObject({
    accessToken: z.string(),
    accessExpiresAt: Instant,
    refreshToken: Secret,
    refreshExpiresAt: Instant,
    sessionId: Id,
  })
  .meta({ id: 'Tokens' })
export type Tokens = z.infer<typeof Tokens>

export const SignedIn = z
  .strictObject({ kind: z.literal('signed-in'), tokens: Tokens, isNewCustomer: z.boolean() })
  .meta({ id: 'SignedIn' })
export type SignedIn = z.infer<typeof SignedIn>

export const SecondFactorNeeded = z
  .strictObject({
    kind: z.literal('second-factor'),
    challengeId: Id,
    methods: z.array(FactorKind),
    expiresAt: Instant,
  })
  .meta({ id: 'SecondFactorNeeded' })

export const SignInResult = z.discriminatedUnion('kind', [SignedIn, SecondFactorNeeded]).meta({ id: 'SignInResult' })
export type SignInResult = z.infer<typeof SignInResult>

export const OtpChallenge = z
  .strictObject({
    challengeId: Id,
    expiresAt: Instant,
    /** Before that another message is refused. */
    resendAt: Instant,
    codeLength: z.int(),
  })
  .meta({ id: 'OtpChallenge' })
export type OtpChallenge = z.infer<typeof OtpChallenge>

/** A second factor, given: six digits of an app, a recovery code, or a passkey ceremony. */
export const FactorProof = z
  .discriminatedUnion('method', [
    z.strictObject({ method: z.literal('totp'), code: OneTimeCode }),
    z.strictObject({ method: z.literal('recovery-code'), code: RecoveryCode }),
    z.strictObject({ method: z.literal('passkey'), ceremonyId: Id, response: WebAuthnResponse }),
  ])
  .meta({ id: 'FactorProof' })
export type FactorProof = z.infer<typeof FactorProof>

export const PasskeyCeremony = z
  .strictObject({ ceremonyId: Id, options: WebAuthnOptions, expiresAt: Instant })
  .meta({ id: 'PasskeyCeremony' })

const signIn = { tag, auth: 'public', rateLimit: 'sign-in' } as const
const deviceKey = DeviceKey.optional()

export const getProofOfWork = defineEndpoint({
  id: 'getProofOfWork',
  method: 'GET',
  path: '/auth/proof-of-work',
  status: 200,
  ...signIn,
  summary: 'A puzzle whose solution another code is given for',
  response: z.looseObject({}).meta({ id: 'ProofOfWork' }),
  problems: [],
})

export const requestCode = defineEndpoint({
  id: 'requestCode',
  method: 'POST',
  path: '/auth/otp',
  status: 202,
  tag,
  auth: 'public',
  rateLimit: 'one-time-code',
  summary: 'Send a one-time code by SMS to sign in or up; the answer is the same whether the number is known',
  description:
    'The first message of an address needs nothing; after it `auth/proof-required` asks for the solution of a `getProofOfWork` puzzle. ' +
    'Asking again for the same number and device before the challenge expires sends again and answers with the same challenge.',
  body: z.strictObject({
    phone: PhoneToVerify,
    proofOfWork: z.string().max(4000).optional(),
    locale: Locale.optional(),
  }),
  response: OtpChallenge,
  problems: ['auth/phone-not-accepted', 'auth/proof-required', 'auth/codes-unavailable'],
})

export const verifyCode = defineEndpoint({
  id: 'verifyCode',
  method: 'POST',
  path: '/auth/otp/verify',
  status: 200,
  ...signIn,
  summary: 'Sign in with the code that was sent',
  body: z.strictObject({ challengeId: Id, code: OneTimeCode, deviceKey }),
  response: SignInResult,
  problems: ['auth/code-invalid', 'auth/challenge-invalid', 'auth/codes-unavailable'],
})

export const register = defineEndpoint({
  id: 'register',
  method: 'POST',
  path: '/auth/register',
  status: 202,
  ...signIn,
  summary: 'Sign up with e-mail and password; the account begins when the link that is mailed is used',
  description: 'Answers the same for an address that has an account: its owner gets a mail that says so.',
  body: z.strictObject({
    email: Email,
    password: NewPassword,
    name: typedText({ min: 1, max: 80 }),
    locale: Locale.optional(),
  }),
  problems: ['auth/busy'],
})

export const confirmRegistration = defineEndpoint({
  id: 'confirmRegistration',
  method: 'POST',
  path: '/auth/register/confirm',
  status: 200,
  ...signIn,
  summary: 'Use the link of the registration mail: the address is verified, the account begins',
  body: z.strictObject({ token: Secret, deviceKey }),
  response: SignInResult,
  problems: ['auth/link-invalid'],
})

export const login = defineEndpoint({
  id: 'login',
  method: 'POST',
  path: '/auth/login',
  status: 200,
  ...signIn,
  summary: 'Sign in with e-mail and password',
  description: 'Unknown, wrong, locked and disabled answer the same, in the same time.',
  body: z.strictObject({ email: Email, password: TypedPassword, deviceKey }),
  response: SignInResult,
  problems: ['auth/invalid-credentials', 'auth/busy'],
})

export const giveSecondFactor = defineEndpoint({
  id: 'giveSecondFactor',
  method: 'POST',
  path: '/auth/two-factor',
  status: 200,
  ...signIn,
  summary: 'The second step of signing in, where the account has one',
  body: z.strictObject({ challengeId: Id, proof: FactorProof, deviceKey }),
  response: SignedIn,
  problems: ['auth/challenge-invalid', 'auth/code-invalid', 'auth/passkey-invalid', 'auth/busy'],
})

export const beginPasskeySignIn = defineEndpoint({
  id: 'beginPasskeySignIn',
  method: 'POST',
  path: '/auth/passkeys/options',
  status: 200,
  ...signIn,
  summary: 'Options for the browser’s passkey dialog; with a challenge, for its second step',
  body: z.strictObject({ challengeId: Id.optional() }),
  response: PasskeyCeremony,
  problems: ['auth/challenge-invalid'],
})

export const signInWithPasskey = defineEndpoint({
  id: 'signInWithPasskey',
  method: 'POST',
  path: '/auth/passkeys/verify',
  status: 200,
  ...signIn,
  summary: 'Sign in with a passkey',
  body: z.strictObject({ ceremonyId: Id, response: WebAuthnResponse, deviceKey }),
  response: SignedIn,
  problems: ['auth/challenge-invalid', 'auth/passkey-invalid'],
})

export const forgetPassword = defineEndpoint({
  id: 'forgetPassword',
  method: 'POST',
  path: '/auth/password/forgot',
  status: 202,
  ...signIn,
  summary: 'Mail a link to set a new password, if the address has an account',
  body: z.strictObject({ email: Email }),
  problems: [],
})

export const resetPassword = defineEndpoint({
  id: 'resetPassword',
  method: 'POST',
  path: '/auth/password/reset',
  status: 204,
  ...signIn,
  summary: 'Set a new password by the mailed link; every session ends, a second factor stays',
  body: z.strictObject({ token: Secret, password: NewPassword }),
  problems: ['auth/link-invalid', 'auth/busy'],
})

export const confirmEmail = defineEndpoint({
  id: 'confirmEmail',
  method: 'POST',
  path: '/auth/email/confirm',
  status: 204,
  ...signIn,
  summary: 'Use the link of the mail to a new address: it becomes the account’s',
  body: z.strictObject({ token: Secret }),
  problems: ['auth/link-invalid', 'account/contact-taken'],
})

export const undoChange = defineEndpoint({
  id: 'undoChange',
  method: 'POST',
  path: '/auth/undo',
  status: 204,
  ...signIn,
  summary: 'Take back a change of phone, e-mail, password or second factor by the link in its notice, within 72 hours',
  description: 'What was before is restored and every session ends.',
  body: z.strictObject({ token: Secret }),
  problems: ['auth/link-invalid'],
})

export const refreshTokens = defineEndpoint({
  id: 'refreshTokens',
  method: 'POST',
  path: '/auth/refresh',
  status: 200,
  tag,
  auth: 'public',
  rateLimit: 'token-refresh',
  summary: 'Exchange a refresh token for new tokens; each works once',
  description:
    'A used token ends its whole session, unless the same request (same `X-Request-Id`) is repeated within ten seconds: then the ' +
    'answer is the same. A session begun with a device key needs a `DPoP` proof (RFC 9449) by that key.',
  body: z.strictObject({ refreshToken: Secret }),
  response: Tokens,
  problems: ['auth/refresh-invalid'],
})

export const logout = defineEndpoint({
  id: 'logout',
  method: 'POST',
  path: '/auth/logout',
  status: 204,
  tag,
  auth: 'public',
  rateLimit: 'token-refresh',
  summary: 'End the session of this refresh token; an unknown one is no error',
  body: z.strictObject({ refreshToken: Secret }),
  problems: [],
})
