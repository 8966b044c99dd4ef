import type { Tokens } from '@dhow/contracts/auth.ts'
import type { StaffSignedIn } from '@dhow/contracts/staff-auth.ts'
import type { AppContext } from '../../../context.ts'
import { staffCookies } from '../../../platform/auth/cookies.ts'
import type { Exchange } from '../../../platform/http/mount.ts'

const secondsUntil = (ctx: AppContext, instant: string): number =>
  Math.max(0, Math.round((Date.parse(instant) - ctx.clock.now().getTime()) / 1000))

/** Puts staff tokens where no script can read them, and answers what their pages need: the CSRF token of the session. */
export function setStaffCookies(ctx: AppContext, exchange: Exchange, tokens: Tokens): StaffSignedIn {
  exchange.setCookie({
    name: staffCookies.access,
    value: tokens.accessToken,
    maxAgeSeconds: secondsUntil(ctx, tokens.accessExpiresAt),
  })
  exchange.setCookie({
    name: staffCookies.refresh,
    value: tokens.refreshToken,
    maxAgeSeconds: secondsUntil(ctx, tokens.refreshExpiresAt),
  })
  return {
    kind: 'signed-in',
    csrfToken: ctx.sealer.deriveToken('csrf', tokens.sessionId),
    expiresAt: tokens.accessExpiresAt,
  }
}

export function clearStaffCookies(_ctx: AppContext, exchange: Exchange): void {
  for (const name of Object.values(staffCookies)) exchange.setCookie({ name, value: '', maxAgeSeconds: 0 })
}
