import { consentChannels, consentWordingVersion, listConsents, putConsents } from '@dhow/contracts/account.ts'
import { definePage, loaded, privately } from '../framework/page.ts'
import type { Action } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { accountHead } from '../server/account-head.ts'
import { savedOf } from '../server/saved.ts'
import { Page } from './account-consents.page.tsx'
import type { AccountConsentsData } from './account-consents.page.tsx'

const save: Action = async (ctx, form) => {
  const items = consentChannels.map((channel) => ({ channel, isGranted: form[channel] === 'on' }))
  await ctx.session.call(putConsents, { body: { wordingVersion: consentWordingVersion, items } })
  return { kind: 'redirect', to: ctx.paths.accountPart('consents', { saved: 'consents' }) }
}

export const accountConsentsPage = definePage<AccountConsentsData>({
  name: 'account-consents',
  route: routes.accountConsents,
  Page,
  async load(ctx) {
    const { items } = await ctx.session.call(listConsents, {})
    const consents = items.map(({ channel, isGranted, decidedAt }) => ({
      channel,
      isGranted,
      decided: decidedAt && ctx.format.date(decidedAt),
    }))
    return loaded({ consents, version: consentWordingVersion, isSaved: savedOf(ctx.query, ['consents']) !== null })
  },
  head: accountHead('account.consents.title', (paths) => paths.accountPart('consents')),
  cache: privately,
  class: 'identity',
  actions: { save },
})
