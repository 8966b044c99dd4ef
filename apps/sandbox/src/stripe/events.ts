import type { Call, StripeContext } from './context.ts'
import { notFound } from './errors.ts'
import { listOf, type ListParams, type StripeList } from './lists.ts'

export type EventListParams = ListParams & { type?: string; types?: string[]; delivery_success?: boolean }

/** `delivered` says whether every endpoint has taken an event: the catch-up after a lost webhook asks for `false`. */
export function listEvents(
  ctx: StripeContext,
  call: Call<EventListParams>,
  delivered: (eventId: string) => boolean,
): StripeList<{ id: string; created: number }> {
  const { type, types, delivery_success: success } = call.params
  const wanted = ctx.state.events
    .newestFirst()
    .filter((event) => type === undefined || matches(event.type, type))
    .filter((event) => types === undefined || types.includes(event.type))
    .filter((event) => success === undefined || delivered(event.id) === success)
  const page = listOf(wanted, call.params, '/v1/events')
  return { ...page, data: page.data.map((event) => parseStored(event.payload)) }
}

export function retrieveEvent(ctx: StripeContext, call: Call<object>): object {
  const event = ctx.state.events.get(call.id)
  if (!event) throw notFound('event', call.id)
  return parseStored(event.payload)
}

/** `payment_intent.*` stands for all of a kind, `*` for all. */
export function matches(type: string, pattern: string): boolean {
  return pattern === '*' || pattern === type || (pattern.endsWith('.*') && type.startsWith(pattern.slice(0, -1)))
}

function parseStored(payload: string): { id: string; created: number } {
  return JSON.parse(payload) as { id: string; created: number }
}
