import { z } from 'zod'
import type { Config } from '../../../config.ts'
import { request, TamaraError } from './client.ts'
import { tamaraEvents } from './webhook.ts'

const Registration = z.object({ webhook_id: z.string(), url: z.string(), events: z.array(z.string()) })

export interface TamaraWebhook {
  id: string
  url: string
  events: readonly string[]
}

type TamaraConfig = Pick<Config, 'TAMARA_API_BASE' | 'TAMARA_API_TOKEN' | 'TAMARA_TIMEOUT_MS'>

const toWebhook = ({ webhook_id: id, url, events }: z.output<typeof Registration>): TamaraWebhook => ({
  id,
  url,
  events,
})

/** What is registered. Tamara documents the calls for one by id only: null where it has no list. */
export async function listTamaraWebhooks(config: TamaraConfig): Promise<TamaraWebhook[] | null> {
  try {
    const found = await request(config, { method: 'GET', path: '/webhooks', answer: z.array(Registration) })
    return found.map(toWebhook)
  } catch (error) {
    if (error instanceof TamaraError && (error.status === 404 || error.status === 405)) return null
    throw error
  }
}

export interface Registered {
  id: string
  url: string
  /** What had to be done for it. */
  change: 'created' | 'updated' | 'none'
}

/** Has Tamara send its order events to an address. Doing it again changes nothing. */
export async function registerTamaraWebhook(config: TamaraConfig, url: string): Promise<Registered> {
  const body = { type: 'order', url, events: [...tamaraEvents] }
  const known = (await listTamaraWebhooks(config))?.find((webhook) => webhook.url === url)
  if (!known) {
    const made = await request(config, { method: 'POST', path: '/webhooks', body, answer: Registration })
    return { id: made.webhook_id, url, change: 'created' }
  }
  const { id, events } = known
  if (tamaraEvents.every((event) => events.includes(event))) return { id, url, change: 'none' }
  await request(config, { method: 'PUT', path: `/webhooks/${encodeURIComponent(id)}`, body, answer: Registration })
  return { id, url, change: 'updated' }
}

export async function deleteTamaraWebhook(config: TamaraConfig, id: string): Promise<void> {
  await request(config, { method: 'DELETE', path: `/webhooks/${encodeURIComponent(id)}`, answer: z.unknown() })
}
