import { invalidRequest } from './errors.ts'

type Range = { gt?: number; gte?: number; lt?: number; lte?: number }

export type ListParams = {
  limit?: number
  starting_after?: string
  ending_before?: string
  created?: number | Range
}

export type StripeList<Item> = { object: 'list'; data: Item[]; has_more: boolean; url: string }

/** One page, newest first, in Stripe's cursor manner. Throws its refusal for a limit outside 1–100. */
export function listOf<Item extends { id: string; created: number }>(
  newestFirst: readonly Item[],
  params: ListParams,
  url: string,
): StripeList<Item> {
  const limit = params.limit ?? 10
  if (limit < 1 || limit > 100)
    throw invalidRequest('This value must be between 1 and 100.', 'parameter_invalid_integer', 'limit')
  const inRange = newestFirst.filter((item) => isWithin(item.created, params.created))
  const { items, hasMore } = page(inRange, params, limit)
  return { object: 'list', data: items, has_more: hasMore, url }
}

function page<Item extends { id: string }>(all: readonly Item[], params: ListParams, limit: number) {
  if (params.ending_before !== undefined) {
    const end = all.findIndex((item) => item.id === params.ending_before)
    const start = Math.max(0, end - limit)
    return { items: all.slice(start, Math.max(0, end)), hasMore: start > 0 }
  }
  const after = params.starting_after
  const start = after === undefined ? 0 : all.findIndex((item) => item.id === after) + 1
  return { items: all.slice(start, start + limit), hasMore: all.length > start + limit }
}

function isWithin(created: number, range: ListParams['created']): boolean {
  if (range === undefined) return true
  if (typeof range === 'number') return created === range
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = range
  return created > gt && created >= gte && created < lt && created <= lte
}
