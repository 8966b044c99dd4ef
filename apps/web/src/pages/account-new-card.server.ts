import { listSavedCards, setUpSavedCard } from '@dhow/contracts/saved-cards.ts'
import type { KeepAnswer } from '../features/checkout/useKeepCard.ts'
import { definePage, loaded, privately } from '../framework/page.ts'
import type { Action } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { accountHead } from '../server/account-head.ts'
import { unless } from '../server/shopper-cart.ts'
import { Page } from './account-new-card.page.tsx'
import type { AccountNewCardData } from './account-new-card.page.tsx'

/** Each press begins anew: what is left of one that was given up keeps nothing. */
const keep: Action = async ({ session, paths }) => {
  const { clientSecret } = await session.call(setUpSavedCard, {})
  const keptPath = paths.accountPart('cards', { saved: 'added' })
  const data: KeepAnswer = { clientSecret, returnPath: paths.accountPart('cards'), keptPath }
  return { kind: 'done', data, to: paths.accountPart('cards/new') }
}

export const accountNewCardPage = definePage<AccountNewCardData>({
  name: 'account-new-card',
  route: routes.accountNewCard,
  Page,
  async load({ session }) {
    const listed = await unless('payments/provider-unavailable', session.call(listSavedCards, {}))
    return loaded({ fields: listed?.fields ?? null, isAnswered: listed !== undefined })
  },
  head: accountHead('account.cards.add', (paths) => paths.accountPart('cards/new')),
  cache: privately,
  class: 'payment',
  actions: { keep },
})
