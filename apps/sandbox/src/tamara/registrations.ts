import { randomUUID } from 'node:crypto'
import { isHttpUrl } from '../config.ts'
import { invalid, TamaraError } from './errors.ts'
import type { Registration, TamaraContext } from './state.ts'
import { readBody } from './wire.ts'

const viewOf = ({ id, type, url, events, headers }: Registration): object => ({
  webhook_id: id,
  merchant_id: 'sandbox-merchant',
  type,
  url,
  events,
  headers,
})

/** Tamara takes https only; a shop beside its sandbox has none, so this machine may be called plainly. */
function checkUrl(url: string): string {
  const isLocal = isHttpUrl(url) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname)
  if (!url.startsWith('https://') && !isLocal) throw invalid('webhook_url_invalid')
  return url
}

const readRegistration = (body: unknown): Omit<Registration, 'id'> => {
  const { type, url, events, headers = {} } = readBody('Webhook', body)
  return { type, url: checkUrl(url), events: [...new Set(events)], headers }
}

function requireRegistration({ state }: TamaraContext, id: string): Registration {
  const found = state.registrations.get(id)
  if (!found) throw new TamaraError(404, 'Webhook not found', ['webhook_not_found'])
  return found
}

export function register(ctx: TamaraContext, body: unknown): object {
  const made = { id: randomUUID(), ...readRegistration(body) }
  if (ctx.state.registrations.values().some(({ url, type }) => url === made.url && type === made.type))
    throw new TamaraError(409, 'A webhook with this address exists', ['webhook_already_registered'])
  ctx.state.registrations.set(made.id, made)
  return viewOf(made)
}

export const fetchRegistration = (ctx: TamaraContext, id: string): object => viewOf(requireRegistration(ctx, id))

export const listRegistrations = ({ state }: TamaraContext): object => state.registrations.values().map(viewOf)

export function changeRegistration(ctx: TamaraContext, id: string, body: unknown): object {
  const { id: known } = requireRegistration(ctx, id)
  const changed = { id: known, ...readRegistration(body) }
  ctx.state.registrations.set(known, changed)
  return viewOf(changed)
}

export function removeRegistration(ctx: TamaraContext, id: string): object {
  ctx.state.registrations.delete(requireRegistration(ctx, id).id)
  return {}
}
