import { isHttpUrl } from '../config.ts'
import { makeId } from '../platform/ids.ts'
import { API_VERSION, type Call, type StripeContext } from './context.ts'
import { invalidRequest, notFound } from './errors.ts'
import { listOf, type ListParams, type StripeList } from './lists.ts'
import type { WebhookEndpoint } from './objects.ts'
import { mergedMetadata, type MetadataParam } from './metadata.ts'

export type CreateEndpointParams = {
  url: string
  enabled_events: string[]
  api_version?: string
  description?: string | null
  metadata?: MetadataParam
}

/** The signing secret is in this answer only, as at Stripe. */
export function createEndpoint(
  ctx: StripeContext,
  call: Call<CreateEndpointParams>,
): WebhookEndpoint & { secret: string } {
  const secret = makeId('whsec_', 32)
  return { ...addEndpoint(ctx, call.params, secret), secret }
}

export function addEndpoint(ctx: StripeContext, params: CreateEndpointParams, secret: string): WebhookEndpoint {
  if (!isHttpUrl(params.url)) throw invalidRequest('Not a valid URL', 'url_invalid', 'url')
  const endpoint: WebhookEndpoint = {
    id: makeId('we_'),
    object: 'webhook_endpoint',
    api_version: params.api_version ?? API_VERSION,
    application: null,
    created: ctx.now(),
    description: params.description ?? null,
    enabled_events: params.enabled_events,
    livemode: false,
    metadata: mergedMetadata({}, params.metadata),
    status: 'enabled',
    url: params.url,
  }
  ctx.state.endpoints.set(endpoint.id, { endpoint, secret })
  return endpoint
}

export function listEndpoints(ctx: StripeContext, call: Call<ListParams>): StripeList<WebhookEndpoint> {
  const endpoints = ctx.state.endpoints.newestFirst().map(({ endpoint }) => endpoint)
  return listOf(endpoints, call.params, '/v1/webhook_endpoints')
}

export function retrieveEndpoint(ctx: StripeContext, call: Call<object>): WebhookEndpoint {
  const stored = ctx.state.endpoints.get(call.id)
  if (!stored) throw notFound('webhook endpoint', call.id, 'webhook_endpoint')
  return stored.endpoint
}

export type UpdateEndpointParams = Partial<CreateEndpointParams> & { disabled?: boolean }

/** The secret stays as it is: it was told once. */
export function updateEndpoint(ctx: StripeContext, call: Call<UpdateEndpointParams>): WebhookEndpoint {
  const endpoint = retrieveEndpoint(ctx, call)
  const { url, enabled_events: events, description, disabled, metadata } = call.params
  if (url !== undefined && !isHttpUrl(url)) throw invalidRequest('Not a valid URL', 'url_invalid', 'url')
  if (url !== undefined) endpoint.url = url
  if (events !== undefined) endpoint.enabled_events = events
  if (description !== undefined) endpoint.description = description
  if (disabled !== undefined) endpoint.status = disabled ? 'disabled' : 'enabled'
  if (metadata !== undefined) endpoint.metadata = mergedMetadata(endpoint.metadata, metadata)
  return endpoint
}

export function deleteEndpoint(ctx: StripeContext, call: Call<object>): object {
  if (!ctx.state.endpoints.delete(call.id)) throw notFound('webhook endpoint', call.id, 'webhook_endpoint')
  return { id: call.id, object: 'webhook_endpoint', deleted: true }
}
