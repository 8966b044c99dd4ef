import { listSavedCards, removeSavedCard } from '@dhow/contracts/saved-cards.ts'
import { definePage, goTo, loaded, privately } from '../framework/page.ts'
import type { Action } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { accountHead } from '../server/account-head.ts'
import { savedOf } from '../server/saved.ts'
import { unless } from '../server/shopper-cart.ts'
import { Page } from './account-cards.page.tsx'
import type { AccountCardsData } from './account-cards.page.tsx'

/** Somebody may have been faster in another tab: a card that is gone is what was wanted. */
const remove: Action = async (ctx, form) => {
  const params = { cardId: form['id'] ?? '' }
  await unless('payments/card-not-found', ctx.session.call(removeSavedCard, { params }))
  return { kind: 'redirect', to: ctx.paths.accountPart('cards', { saved: 'removed' }) }
}

export const accountCardsPage = definePage<AccountCardsData>({
  name: 'account-cards',
  route: routes.accountCards,
  Page,
  async load(ctx) {
    const { query, paths } = ctx
    // A bank that asked on a page of its own has sent the customer back; which card, and its secret, leave the address.
    if (query.has('setup_intent')) {
      const saved = query.get('redirect_status') === 'succeeded' ? 'added' : 'not-added'
      return goTo(paths.accountPart('cards', { saved }))
    }
    // The provider has the cards: when it does not answer, the page says so and the account goes on.
    const listed = await unless('payments/provider-unavailable', ctx.session.call(listSavedCards, {}))
    return loaded({
      cards: listed?.items ?? null,
      canAdd: Boolean(listed?.fields),
      saved: savedOf(query, ['removed', 'added', 'not-added']),
    })
  },
  head: accountHead('account.cards.title', (paths) => paths.accountPart('cards')),
  cache: privately,
  class: 'identity',
  actions: { remove },
})
