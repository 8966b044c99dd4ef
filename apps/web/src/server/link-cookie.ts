import { Secret } from '@dhow/contracts/auth.ts'
import type { Cookies } from '../framework/page.ts'
import type { LinkKind } from '../paths.ts'

const tenMinutes = 10 * 60

const nameOf = (kind: LinkKind): string => `dhow_link_${kind}`

/** The secret of a link in one of our mails, once it has left the address, where it could be copied or logged. */
export function linkTokenOf(cookies: Cookies, kind: LinkKind): string | undefined {
  const parsed = Secret.safeParse(cookies.get(nameOf(kind)))
  return parsed.success ? parsed.data : undefined
}

export const rememberLink = (cookies: Cookies, kind: LinkKind, token: string): void =>
  cookies.set(nameOf(kind), token, { maxAgeSeconds: tenMinutes })

export const forgetLink = (cookies: Cookies, kind: LinkKind): void => cookies.clear(nameOf(kind))
