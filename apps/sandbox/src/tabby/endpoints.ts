import { randomUUID } from 'node:crypto'
import { badData, notFound } from './errors.ts'
import type { TabbyEndpoint } from './objects.ts'
import type { WebhookRequest } from './schemas.ts'
import type { TabbyContext } from './state.ts'

const MOST = 4

export function registerEndpoint({ state }: TabbyContext, { url, header }: WebhookRequest): TabbyEndpoint {
  if (state.endpoints.size >= MOST) throw badData('maximum number of webhooks is reached')
  const endpoint: TabbyEndpoint = { id: randomUUID(), url, is_test: true, header: header ?? null }
  state.endpoints.set(endpoint.id, endpoint)
  return endpoint
}

/** `null` when there are none. */
export function listEndpoints({ state }: TabbyContext): TabbyEndpoint[] | null {
  return state.endpoints.size === 0 ? null : state.endpoints.values()
}

export function findEndpoint({ state }: TabbyContext, id: string): TabbyEndpoint {
  const endpoint = state.endpoints.get(id)
  if (!endpoint) throw notFound('no such webhook')
  return endpoint
}

export function updateEndpoint(ctx: TabbyContext, id: string, request: WebhookRequest): TabbyEndpoint {
  const endpoint = findEndpoint(ctx, id)
  if (request.id !== id) throw badData('the id in the body must be the one in the address')
  const updated = { ...endpoint, url: request.url, header: request.header ?? endpoint.header }
  ctx.state.endpoints.set(id, updated)
  return updated
}

export function deleteEndpoint(ctx: TabbyContext, id: string): { status: string } {
  findEndpoint(ctx, id)
  ctx.state.endpoints.delete(id)
  return { status: 'ok' }
}
