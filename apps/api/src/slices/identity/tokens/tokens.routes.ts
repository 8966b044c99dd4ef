import { listSessions, revokeOtherSessions, revokeSession } from '@dhow/contracts/account-security.ts'
import { logout, refreshTokens } from '@dhow/contracts/auth.ts'
import { refreshStaffSession, staffLogout } from '@dhow/contracts/staff-auth.ts'
import { staffCookies } from '../../../platform/auth/cookies.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import { mount } from '../../../platform/http/mount.ts'
import type { Api } from '../../../platform/http/mount.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { refreshSession } from './refresh.ts'
import { listAccountSessions } from './session-view.ts'
import { revokeSessions } from './sessions.ts'
import { CLEAR_SITE_DATA, signOut } from './sign-out.ts'
import { clearStaffCookies, setStaffCookies } from './staff-cookies.ts'

function mountCustomerTokens(api: Api): void {
  const { ctx } = api
  mount(api, refreshTokens, ({ body, client, exchange }) =>
    refreshSession(ctx, { ...body, audience: 'shop-api', client, proof: exchange.header('dpop') }),
  )
  mount(api, logout, async ({ body, client, exchange }) => {
    await signOut(ctx, { ...body, audience: 'shop-api', client })
    exchange.setHeader('Clear-Site-Data', CLEAR_SITE_DATA)
  })
}

/** Staff tokens come from their cookies and go into them; nothing of them is in a body. */
function mountStaffTokens(api: Api): void {
  const { ctx } = api
  mount(api, refreshStaffSession, async ({ client, exchange }) => {
    const refreshToken = exchange.cookie(staffCookies.refresh)
    if (refreshToken === undefined) throw new Problem('auth/refresh-invalid')
    return setStaffCookies(ctx, exchange, await refreshSession(ctx, { refreshToken, audience: 'admin-api', client }))
  })
  mount(api, staffLogout, async ({ client, exchange }) => {
    const refreshToken = exchange.cookie(staffCookies.refresh)
    if (refreshToken !== undefined) await signOut(ctx, { refreshToken, audience: 'admin-api', client })
    clearStaffCookies(ctx, exchange)
    exchange.setHeader('Clear-Site-Data', CLEAR_SITE_DATA)
  })
}

function mountSessionList(api: Api): void {
  const { ctx } = api
  mount(api, listSessions, async ({ actor }) => ({
    items: await listAccountSessions(ctx, actor.accountId, actor.sessionId),
  }))
  mount(api, revokeSession, async ({ params, actor, client }) => {
    const { accountId } = actor
    const revocation = { accountId, ...params, reason: 'revoked-by-owner', by: actor, client }
    const count = await inTransaction(ctx.db, (tx) => revokeSessions(ctx, tx, revocation))
    if (count === 0) throw new Problem('auth/session-not-found')
  })
  mount(api, revokeOtherSessions, async ({ actor, client }) => {
    const { accountId, sessionId: exceptSessionId } = actor
    const revocation = { accountId, exceptSessionId, reason: 'revoked-by-owner', by: actor, client }
    await inTransaction(ctx.db, (tx) => revokeSessions(ctx, tx, revocation))
  })
}

export function mountTokens(api: Api): void {
  mountCustomerTokens(api)
  mountStaffTokens(api)
  mountSessionList(api)
}
