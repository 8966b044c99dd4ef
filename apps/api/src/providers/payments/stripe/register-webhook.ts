import { stripeEvents } from '@dhow/contracts/webhook-events.ts'
import type Stripe from 'stripe'
import type { Config } from '../../../config.ts'
import { eachOf, isMissing, openSdk, STRIPE_API_VERSION } from './access.ts'

type StripeConfig = Pick<Config, 'STRIPE_API_BASE' | 'STRIPE_SECRET_KEY' | 'STRIPE_TIMEOUT_MS'>

export interface StripeWebhook {
  id: string
  url: string
  events: readonly string[]
  apiVersion: string | null
  isEnabled: boolean
}

export interface RegisteredAtStripe {
  id: string
  url: string
  change: 'created' | 'updated' | 'none'
  /** Told once, when the endpoint is created: it belongs in STRIPE_WEBHOOK_SECRETS. */
  secret: string | null
  /** Endpoints of the same address in an older version, which go on until they are removed. */
  outdated: readonly string[]
}

const toWebhook = (endpoint: Stripe.WebhookEndpoint): StripeWebhook => ({
  id: endpoint.id,
  url: endpoint.url,
  events: endpoint.enabled_events,
  apiVersion: endpoint.api_version,
  isEnabled: endpoint.status === 'enabled',
})

export async function listStripeWebhooks(config: StripeConfig): Promise<StripeWebhook[]> {
  const sdk = openSdk(config)
  const found: StripeWebhook[] = []
  for await (const endpoint of eachOf((page) => sdk.webhookEndpoints.list(page))) found.push(toWebhook(endpoint))
  return found
}

const hasAllEvents = ({ events, isEnabled }: StripeWebhook): boolean =>
  isEnabled && events.length === stripeEvents.length && stripeEvents.every((type) => events.includes(type))

/**
 * Has Stripe send what the shop acts on to an address, in the version the adapter reads. One that is there already is brought up
 * to date; its version can't be, so an outdated one gets a successor beside it, until both secrets are configured.
 */
export async function registerStripeWebhook(config: StripeConfig, url: string): Promise<RegisteredAtStripe> {
  const sdk = openSdk(config)
  const ours = (await listStripeWebhooks(config)).filter((webhook) => webhook.url === url)
  const current = ours.find(({ apiVersion }) => apiVersion === STRIPE_API_VERSION)
  const outdated = ours.filter((webhook) => webhook !== current).map(({ id }) => id)
  // oxlint-disable-next-line no-unsafe-type-assertion -- names of events, which the SDK lists one by one
  const enabled_events = [...stripeEvents] as Stripe.WebhookEndpointCreateParams.EnabledEvent[]
  if (!current) {
    const made = await sdk.webhookEndpoints.create({ url, enabled_events, api_version: STRIPE_API_VERSION })
    return { id: made.id, url, change: 'created', secret: made.secret ?? null, outdated }
  }
  const { id } = current
  if (hasAllEvents(current)) return { id, url, change: 'none', secret: null, outdated }
  await sdk.webhookEndpoints.update(id, { enabled_events, disabled: false })
  return { id, url, change: 'updated', secret: null, outdated }
}

/** False when there is no such endpoint. */
export async function deleteStripeWebhook(config: StripeConfig, id: string): Promise<boolean> {
  try {
    await openSdk(config).webhookEndpoints.del(id)
    return true
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}

/** Wallets are shown only on domains Stripe knows; asked again it answers with the same one, and looks at Apple's file anew. */
export async function registerPayDomain(
  config: StripeConfig,
  domain: string,
): Promise<{ applePay: string; googlePay: string }> {
  const sdk = openSdk(config)
  const { id } = await sdk.paymentMethodDomains.create({ domain_name: domain })
  const { apple_pay: apple, google_pay: google } = await sdk.paymentMethodDomains.validate(id)
  return { applePay: apple.status, googlePay: google.status }
}
