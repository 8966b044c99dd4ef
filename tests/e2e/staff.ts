import { acceptInvite, beginStaffTotpEnrolment, finishStaffTotpEnrolment } from '@dhow/contracts/staff-auth.ts'
import type { Endpoint, ResponseOf } from '@dhow/contracts/endpoint.ts'
import type { BrowserContext } from 'playwright-core'
import { totpCode } from '../../scripts/launcher/demo-staff.ts'
import type { BackOffice } from './back-office.ts'

export interface Colleague {
  email: string
  password: string
  totpSecret: string
  recoveryCodes: readonly string[]
  /** Of their session, as the browser would hold them. */
  cookies: ReadonlyMap<string, string>
}

/** The code after the one that was used: each is good once, and the next is taken a little early. */
export const nextCode = (secret: string): string => totpCode(secret, Date.now() + 30_000)

/** Calls the API through the back office's own server, keeping cookies and sending what its pages send. */
function browserLike(office: BackOffice) {
  const cookies = new Map<string, string>()
  return {
    cookies,
    async post<E extends Endpoint>(endpoint: E, body: unknown, csrfToken?: string): Promise<ResponseOf<E>> {
      const response = await fetch(`${office.url}/api/v1${endpoint.path}`, {
        method: endpoint.method,
        headers: {
          origin: office.url,
          'sec-fetch-site': 'same-origin',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          ...(csrfToken ? { 'x-csrf-token': csrfToken } : {}),
        },
        body: body === undefined ? null : JSON.stringify(body),
      })
      if (!response.ok) throw new Error(`${endpoint.id}: ${response.status} ${await response.text()}`)
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
        cookies.set(name, value)
      }
      return response.json()
    },
  }
}

/** Somebody who works here, signed in: invited from the server's console and enrolled with an authenticator app. */
export async function hire(
  office: BackOffice,
  { email, name, role, locale = 'en' }: { email: string; name: string; role: string; locale?: 'en' | 'ar' },
): Promise<Colleague> {
  const link = await office.staffCommand('invite', email, '--role', role, '--locale', locale)
  const token = new URL(link).searchParams.get('token') ?? ''
  const password = `the long password of ${email}`
  const browser = browserLike(office)
  const { csrfToken } = await browser.post(acceptInvite, { token, name, password, locale })
  const { secret } = await browser.post(beginStaffTotpEnrolment, undefined, csrfToken)
  const enrolled = await browser.post(finishStaffTotpEnrolment, { code: totpCode(secret, Date.now()) }, csrfToken)
  return { email, password, totpSecret: secret, recoveryCodes: enrolled.recoveryCodes, cookies: browser.cookies }
}

/** Puts somebody's session into a browser window. */
export function signInAs(office: BackOffice, context: BrowserContext, { cookies }: Colleague): Promise<void> {
  return context.addCookies([...cookies].map(([name, value]) => ({ name, value, url: office.url, httpOnly: true })))
}
