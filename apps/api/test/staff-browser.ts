import { createApiClient } from '@dhow/api-client/api-client.ts'
import type { CallInput } from '@dhow/api-client/api-client.ts'
import type { Endpoint, ResponseOf } from '@dhow/contracts/endpoint.ts'
import type { Locale } from '@dhow/contracts/primitives.ts'
import * as contract from '@dhow/contracts/staff-auth.ts'
import { Secret, TOTP } from 'otpauth'
import type { AppContext } from '../src/context.ts'
import { newId } from '../src/platform/ids.ts'
import { createAccount, createLink, linkToken } from '../src/slices/identity/identity.ts'
import { softAuthenticator } from './authenticator.ts'
import type { SoftAuthenticator } from './authenticator.ts'
import type { TestClock } from './clock.ts'
import { readyRoleId } from './staff.ts'
import type { ReadyRoleCode } from './staff.ts'

interface Site {
  ctx: AppContext
  baseUrl: string
  clock: TestClock
}

/** A browser at the back office: keeps its cookies, sends the CSRF token it was given last, and holds passkeys. */
export interface StaffBrowser {
  call<E extends Endpoint>(endpoint: E, input: CallInput<E>): Promise<ResponseOf<E>>
  /** By hand, with the same cookies and token. */
  fetch: typeof fetch
  passkeys: SoftAuthenticator
  /** As the pages do every few minutes: an access token lives for five. */
  refresh(): Promise<void>
  /** Another browser with this one's cookies, as if they had been stolen. */
  copy(): StaffBrowser
}

interface State {
  cookies: Map<string, string>
  csrfToken: string
}

const csrfIn = (answer: unknown): string | undefined => {
  if (typeof answer !== 'object' || answer === null) return undefined
  if ('csrfToken' in answer) return String(answer.csrfToken)
  return 'signedIn' in answer ? csrfIn(answer.signedIn) : undefined
}

function readCookies(state: State, response: Response): void {
  for (const line of response.headers.getSetCookie()) {
    const [pair = ''] = line.split(';')
    const at = pair.indexOf('=')
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)]
    if (value === '') state.cookies.delete(name)
    else state.cookies.set(name, value)
  }
}

export function staffBrowser(
  { ctx, baseUrl, clock }: Site,
  state: State = { cookies: new Map(), csrfToken: '' },
): StaffBrowser {
  const { origin, hostname } = new URL(ctx.config.ADMIN_URL)
  const send: typeof fetch = async (url, init) => {
    const headers = new Headers(init?.headers)
    headers.set('origin', origin)
    if (state.csrfToken) headers.set('x-csrf-token', state.csrfToken)
    if (state.cookies.size > 0)
      headers.set('cookie', [...state.cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    const response = await fetch(url, { ...init, headers })
    readCookies(state, response)
    return response
  }
  const api = createApiClient({ baseUrl, fetch: send })
  const call: StaffBrowser['call'] = async (endpoint, input) => {
    const answer = await api.call(endpoint, input)
    state.csrfToken = csrfIn(answer) ?? state.csrfToken
    return answer
  }
  return {
    call,
    refresh: async () => void (await call(contract.refreshStaffSession, {})),
    fetch: send,
    passkeys: softAuthenticator({ origin, rpId: hostname }),
    copy: () => staffBrowser({ ctx, baseUrl, clock }, { cookies: new Map(state.cookies), csrfToken: state.csrfToken }),
  }
}

/** Six digits of an authenticator app, by the test's clock; `steps` later or earlier. */
export const totpCode = (secret: string, clock: TestClock, steps = 0): string =>
  TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: clock.now().getTime() + steps * 30_000 })

export const staffPassword = 'a dhow leaves at the second tide'

export interface Newcomer {
  accountId: string
  email: string
  token: string
}

let count = 0

/** Somebody who was invited, with the token of their mail. */
export async function inviteStaff(
  { ctx }: Site,
  wish: { locale?: Locale; role?: ReadyRoleCode } = {},
): Promise<Newcomer> {
  const email = `newcomer-${(count += 1)}-${newId()}@dhow.example`
  const { locale = 'en', role = 'owner' } = wish
  const account = await createAccount(ctx, ctx.db, { kind: 'staff', status: 'invited', locale, email })
  if (!account) throw new Error(`${email} is there already`)
  const { id: accountId } = account
  const grant = { accountId, roleId: readyRoleId(role), grantedBy: null, grantedAt: ctx.clock.now() }
  await ctx.db.insertInto('staffRoles').values(grant).execute()
  const linkId = await createLink(ctx, ctx.db, { purpose: 'staff-invite', accountId })
  return { accountId, email, token: linkToken(ctx, linkId) }
}

export interface EnrolledStaff extends Newcomer {
  browser: StaffBrowser
  /** Of their authenticator app. */
  secret: string
  recoveryCodes: string[]
}

/** Accepts the invitation: a session by password alone. */
export async function acceptInvitation(site: Site, newcomer: Newcomer): Promise<StaffBrowser> {
  const browser = staffBrowser(site)
  const body = { token: newcomer.token, name: 'Salama', password: staffPassword }
  await browser.call(contract.acceptInvite, { body })
  return browser
}

/** Comes all the way in: invitation, password, authenticator app. The code's step is past when this returns. */
export async function enrolByTotp(site: Site, wish: { role?: ReadyRoleCode } = {}): Promise<EnrolledStaff> {
  const newcomer = await inviteStaff(site, wish)
  const browser = await acceptInvitation(site, newcomer)
  const { secret } = await browser.call(contract.beginStaffTotpEnrolment, {})
  const code = totpCode(secret, site.clock)
  const { recoveryCodes } = await browser.call(contract.finishStaffTotpEnrolment, { body: { code } })
  site.clock.advance({ seconds: 60 })
  return { ...newcomer, browser, secret, recoveryCodes }
}

/** The first step by password, in a browser of its own; gives the challenge of the second. */
export async function beginByPassword(
  site: Site,
  { email }: { email: string },
  headers: Record<string, string> = {},
): Promise<{ browser: StaffBrowser; challengeId: string; methods: readonly string[] }> {
  const browser = staffBrowser(site)
  const answer = await browser.call(contract.staffLogin, { body: { email, password: staffPassword }, headers })
  if (answer.kind !== 'second-factor') throw new Error('no second factor was asked for')
  return { browser, challengeId: answer.challengeId, methods: answer.methods }
}
