import { getStoreCredit } from '@dhow/contracts/store-credit.ts'
import { definePage, loaded, privately } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { accountHead } from '../server/account-head.ts'
import { Page } from './account-credit.page.tsx'
import type { AccountCreditData } from './account-credit.page.tsx'

const pageSize = 20

export const accountCreditPage = definePage<AccountCreditData>({
  name: 'account-credit',
  route: routes.accountCredit,
  Page,
  async load(ctx) {
    const cursor = ctx.query.get('cursor')
    const known = cursor && /^\d{1,15}$/.test(cursor) ? { cursor } : {}
    const { balance, items, nextCursor } = await ctx.session.call(getStoreCredit, {
      query: { limit: pageSize, ...known },
    })
    return loaded({
      balance,
      moves: items.map(({ id, kind, amount, at, orderNumber }) => ({
        id,
        kind,
        amount,
        orderNumber,
        when: ctx.format.date(at),
      })),
      nextCursor,
      isFirst: !('cursor' in known),
    })
  },
  head: accountHead('account.credit.title', (paths) => paths.accountPart('credit')),
  cache: privately,
  class: 'identity',
})
