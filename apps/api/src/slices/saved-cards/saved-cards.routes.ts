import { listSavedCards, removeSavedCard, setUpSavedCard } from '@dhow/contracts/saved-cards.ts'
import { mount } from '../../platform/http/mount.ts'
import type { Api } from '../../platform/http/mount.ts'
import { listCards, removeCard, setUpCard } from './keep-cards.ts'

/** The cards a signed-in customer agreed to have kept at the provider. */
export function mountSavedCards(api: Api): void {
  const { ctx } = api
  mount(api, listSavedCards, ({ actor }) => listCards(ctx, actor.accountId))
  mount(api, setUpSavedCard, ({ actor }) => setUpCard(ctx, actor.accountId))
  mount(api, removeSavedCard, async ({ actor, params }) => {
    await removeCard(ctx, actor.accountId, params.cardId)
    return undefined
  })
}
