import type { Config } from '../../../config.ts'
import { systemClock } from '../../../platform/clock.ts'
import { createMetrics } from '../../../platform/telemetry/metrics.ts'
import { createTabbyClient } from './client.ts'
import { TabbyEndpoint, TabbyEndpoints, TabbyOk } from './wire.ts'

const PATH = '/api/v1/webhooks'
const operation = 'webhooks'

export interface Registered {
  id: string
  url: string
  /** What had to be done for it. */
  change: 'created' | 'updated' | 'none'
}

/** Addresses Tabby sends the webhooks of our merchant code to. A test key sees, and makes, those of test payments only. */
export async function listTabbyWebhooks(config: Config): Promise<TabbyEndpoint[]> {
  const call = createTabbyClient(config, createMetrics(), systemClock)
  return call({ operation, method: 'GET', path: PATH, schema: TabbyEndpoints })
}

/**
 * Has Tabby send its webhooks to an address, with the first of the configured secrets in the configured header; the second is
 * taken while webhooks with the old one are still on their way. Doing it again changes nothing.
 */
export async function registerTabbyWebhook(config: Config, url: string): Promise<Registered> {
  const [value] = config.TABBY_WEBHOOK_SECRETS
  if (value === undefined) throw new Error('TABBY_WEBHOOK_SECRETS is empty: it is what proves a webhook to be Tabby’s')
  const call = createTabbyClient(config, createMetrics(), systemClock)
  const header = { title: config.TABBY_WEBHOOK_HEADER, value }
  const known = (await listTabbyWebhooks(config)).find((endpoint) => endpoint.url === url)
  if (!known) {
    const body = { url, header }
    const made = await call({ operation, method: 'POST', path: PATH, schema: TabbyEndpoint, body })
    return { id: made.id, url, change: 'created' }
  }
  const { id } = known
  if (known.header?.title === header.title && known.header.value === value) return { id, url, change: 'none' }
  const body = { id, url, header }
  await call({ operation, method: 'PUT', path: `${PATH}/${id}`, schema: TabbyEndpoint, body })
  return { id, url, change: 'updated' }
}

export async function deleteTabbyWebhook(config: Config, id: string): Promise<void> {
  const call = createTabbyClient(config, createMetrics(), systemClock)
  const path = `${PATH}/${encodeURIComponent(id)}`
  await call({ operation, method: 'DELETE', path, schema: TabbyOk })
}
