import { getMe } from '@dhow/contracts/account.ts'
import {
  listPasskeys,
  listSessions,
  removePasskey,
  removeTotp,
  revokeOtherSessions,
  revokeSession,
} from '@dhow/contracts/account-security.ts'
import { intlTags } from '@dhow/i18n/locales.ts'
import { toPasskeyRow, toSessionRow } from '../features/account/security-data.ts'
import { definePage, loaded, privately } from '../framework/page.ts'
import type { Action, ActionResult, PageContext } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { accountHead } from '../server/account-head.ts'
import { savedOf } from '../server/saved.ts'
import { unless } from '../server/shopper-cart.ts'
import { Page } from './account-security.page.tsx'
import { savedWays } from '../features/account/saved-ways.ts'
import type { SavedWay } from '../features/account/saved-ways.ts'
import type { AccountSecurityData } from './account-security.page.tsx'

const saved = (ctx: PageContext, what: SavedWay): ActionResult => ({
  kind: 'redirect',
  to: ctx.paths.accountPart('security', { saved: what }),
})

const revoke: Action = async (ctx, form) => {
  const params = { sessionId: form['id'] ?? '' }
  await unless('auth/session-not-found', ctx.session.call(revokeSession, { params }))
  return saved(ctx, 'session-ended')
}

const revokeOthers: Action = async (ctx) => {
  await ctx.session.call(revokeOtherSessions, {})
  return saved(ctx, 'others-ended')
}

const dropPasskey: Action = async (ctx, form) => {
  const params = { passkeyId: form['id'] ?? '' }
  await unless('auth/factor-not-found', ctx.session.call(removePasskey, { params }))
  return saved(ctx, 'passkey-removed')
}

const dropApp: Action = async (ctx) => {
  await unless('auth/factor-not-found', ctx.session.call(removeTotp, {}))
  return saved(ctx, 'app-removed')
}

export const accountSecurityPage = definePage<AccountSecurityData>({
  name: 'account-security',
  route: routes.accountSecurity,
  Page,
  async load(ctx) {
    const me = await ctx.session.call(getMe, {})
    const [sessions, passkeys] = await Promise.all([
      ctx.session.call(listSessions, {}),
      ctx.session.call(listPasskeys, {}),
    ])
    const regions = new Intl.DisplayNames(intlTags[ctx.locale], { type: 'region' })
    const { hasPassword, hasTotp, recoveryCodesLeft, email } = me
    return loaded({
      factors: { hasPassword, hasTotp, recoveryCodesLeft, email },
      sessions: sessions.items.map((session) => toSessionRow(session, { ...ctx, regions })),
      passkeys: passkeys.items.map((passkey) => toPasskeyRow(passkey, ctx.format)),
      saved: savedOf(ctx.query, savedWays),
    })
  },
  head: accountHead('account.security.title', (paths) => paths.accountPart('security')),
  cache: privately,
  class: 'identity',
  actions: { revoke, 'revoke-others': revokeOthers, 'remove-passkey': dropPasskey, 'remove-app': dropApp },
})
