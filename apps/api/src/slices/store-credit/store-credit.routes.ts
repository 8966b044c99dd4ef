import * as contract from '@dhow/contracts/store-credit.ts'
import { mount } from '../../platform/http/mount.ts'
import type { Api } from '../../platform/http/mount.ts'
import { adjustCredit } from './adjust-credit.ts'
import { viewCredit, viewOwnCredit } from './view-credit.ts'

const SHOWN = 20

/** Store credit: the customer's own page of it, and what staff give and take. */
export function mountStoreCredit(api: Api): void {
  const { ctx } = api
  mount(api, contract.getStoreCredit, ({ actor, query }) =>
    viewOwnCredit(ctx, { customerId: actor.accountId, ...query }),
  )
  mount(api, contract.getCustomerCredit, ({ params, query }) => viewCredit(ctx, { ...params, ...query }))
  mount(api, contract.adjustStoreCredit, async ({ params, body, actor, client, requestId }) => {
    const asked = await adjustCredit(ctx, { ...params, ...body, actor, client, requestId })
    if (asked) return { kind: 'approval-requested', approval: asked } as const
    return { kind: 'adjusted', credit: await viewCredit(ctx, { ...params, limit: SHOWN }) } as const
  })
}
