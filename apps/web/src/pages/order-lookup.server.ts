import { ApiProblem } from '@dhow/api-client/api-client.ts'
import { lookUpOrder } from '@dhow/contracts/orders.ts'
import { OrderNumber } from '@dhow/contracts/primitives.ts'
import { definePage, loaded, privately } from '../framework/page.ts'
import type { Action } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { parseForm, refusedBy } from '../server/forms.ts'
import { rememberOrder } from '../server/order-cookie.ts'
import { Page } from './order-lookup.page.tsx'
import type { OrderLookupData } from './order-lookup.page.tsx'

/** Finds an order by what stands in its e-mail. A wrong pair and an unknown number read the same. */
const find: Action = async (ctx, form) => {
  const parsed = parseForm(lookUpOrder.body, form)
  if (!parsed.ok) return parsed.refused
  try {
    const found = await ctx.api.call(lookUpOrder, { body: parsed.value })
    rememberOrder(ctx.cookies, found)
    return { kind: 'redirect', to: ctx.paths.order(found.number) }
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.code !== 'request/rate-limited') throw error
    const seconds = Number(error.document['retryAfterSeconds'] ?? 60)
    return refusedBy(form, error.code, error.status, { minutes: Math.max(1, Math.ceil(seconds / 60)) })
  }
}

export const orderLookupPage = definePage<OrderLookupData>({
  name: 'order-lookup',
  route: routes.orderLookup,
  Page,
  async load(ctx) {
    const number = OrderNumber.safeParse(ctx.query.get('number'))
    return loaded({ number: number.success ? number.data : '' })
  },
  head: (_data, { t }) => ({
    title: t('orders.lookup.title'),
    path: (paths) => paths.orderLookup(),
    isIndexable: false,
  }),
  cache: privately,
  actions: { find },
})
