import { isHttpUrl } from '../config.ts'
import { FAULT_KINDS, type Fault } from '../platform/faults.ts'
import { WEBHOOK_MODES, type WebhookSettings } from '../webhooks/webhook-settings.ts'
import { TWIN_ACTIONS, type TwinAction } from './twin.ts'
import { WEBHOOK_PROVIDERS, type WebhookProvider } from '../webhooks/webhooks.ts'
import { CALLBACK_MODES, type CallbackSettings } from '../twilio/callbacks.ts'

/** A control request that cannot be obeyed; answered with 400 and this message. */
export class ControlInputError extends Error {}

const CHAOS_LIMITS = {
  seed: 4_294_967_295,
  dropPercent: 100,
  doublePercent: 100,
  reorderPercent: 100,
  delayPercent: 100,
  maxDelayMs: 86_400_000,
  forgePercent: 100,
}
const chaosSettings = [
  'seed',
  'dropPercent',
  'doublePercent',
  'reorderPercent',
  'delayPercent',
  'maxDelayMs',
  'forgePercent',
] as const

export const FAULTY_PROVIDERS = ['stripe', 'tabby', 'tamara', 'sendgrid', 'twilio'] as const

type Fields = { readonly [name: string]: unknown }

export function parseWebhookChange(body: unknown): Partial<WebhookSettings> {
  const fields = fieldsOf(body, ['mode', 'delayMs', 'times', 'forgeNext', ...Object.keys(CHAOS_LIMITS)])
  const change: Partial<WebhookSettings> = {}
  if (fields['mode'] !== undefined) change.mode = oneOf(fields, 'mode', WEBHOOK_MODES)
  if (fields['delayMs'] !== undefined) change.delayMs = wholeNumber(fields, 'delayMs', 600_000)
  if (fields['times'] !== undefined) change.times = wholeNumber(fields, 'times', 100)
  if (typeof fields['forgeNext'] === 'boolean') change.forgeNext = fields['forgeNext'] ? 1 : 0
  else if (fields['forgeNext'] !== undefined) change.forgeNext = wholeNumber(fields, 'forgeNext', 1_000)
  for (const name of chaosSettings)
    if (fields[name] !== undefined) change[name] = wholeNumber(fields, name, CHAOS_LIMITS[name])
  return change
}

export function parseCallbackChange(body: unknown): Partial<CallbackSettings> {
  const fields = fieldsOf(body, ['mode', 'delayMs', 'forgeNext', 'areTextsLost'])
  const change: Partial<CallbackSettings> = {}
  if (fields['mode'] !== undefined) change.mode = oneOf(fields, 'mode', CALLBACK_MODES)
  if (fields['delayMs'] !== undefined) change.delayMs = wholeNumber(fields, 'delayMs', 600_000)
  if (fields['forgeNext'] !== undefined) change.forgeNext = wholeNumber(fields, 'forgeNext', 1_000)
  if (fields['areTextsLost'] !== undefined)
    change.areTextsLost =
      fields['areTextsLost'] === true || oneOf(fields, 'areTextsLost', ['yes', 'no'] as const) === 'yes'
  return change
}

export function parseFault(body: unknown): Fault {
  const fields = fieldsOf(body, ['provider', 'kind', 'path', 'method', 'times', 'delayMs'])
  return {
    provider: oneOf(fields, 'provider', FAULTY_PROVIDERS),
    kind: oneOf(fields, 'kind', FAULT_KINDS),
    path: optionalText(fields, 'path'),
    method: optionalText(fields, 'method'),
    times: fields['times'] === undefined ? undefined : wholeNumber(fields, 'times', 1_000_000),
    delayMs: fields['delayMs'] === undefined ? undefined : wholeNumber(fields, 'delayMs', 600_000),
  }
}

export function parseTarget(body: unknown): { url: string; secret: string | undefined } {
  const fields = fieldsOf(body, ['url', 'secret'])
  const url = optionalText(fields, 'url') ?? ''
  if (!isHttpUrl(url)) throw new ControlInputError('url must be an http or https address')
  return { url, secret: optionalText(fields, 'secret') }
}

export function parseResend(body: unknown): { eventId: string; times: number } {
  const fields = fieldsOf(body, ['eventId', 'times'])
  const times = fields['times'] === undefined ? 1 : wholeNumber(fields, 'times', 100)
  return { eventId: optionalText(fields, 'eventId') ?? '', times }
}

export function parseChallenge(body: unknown): { paymentIntent: string; outcome: 'complete' | 'fail' } {
  const fields = fieldsOf(body, ['paymentIntent', 'outcome'])
  const outcome = oneOf(fields, 'outcome', ['complete', 'fail'] as const)
  return { paymentIntent: optionalText(fields, 'paymentIntent') ?? '', outcome }
}

const MINUTE_MS = 60_000

/** Milliseconds to move the clock by. */
export function parseAdvance(body: unknown): number {
  const fields = fieldsOf(body, ['days', 'hours', 'minutes', 'ms'])
  const of = (name: string, most: number): number => (fields[name] === undefined ? 0 : wholeNumber(fields, name, most))
  const minutes = (of('days', 3_650) * 24 + of('hours', 87_600)) * 60 + of('minutes', 5_256_000)
  return minutes * MINUTE_MS + of('ms', 600_000_000)
}

export function parseAct(body: unknown): { provider: WebhookProvider; id: string; action: TwinAction } {
  const fields = fieldsOf(body, ['provider', 'id', 'action'])
  const provider = oneOf(fields, 'provider', WEBHOOK_PROVIDERS)
  return { provider, id: optionalText(fields, 'id') ?? '', action: oneOf(fields, 'action', TWIN_ACTIONS) }
}

export const parseProvider = (query: unknown): WebhookProvider | undefined => {
  const fields = fieldsOf(query, ['provider'])
  return fields['provider'] === undefined ? undefined : oneOf(fields, 'provider', WEBHOOK_PROVIDERS)
}

export const parseId = (body: unknown): string => optionalText(fieldsOf(body, ['id']), 'id') ?? ''

export function parseDecision(body: unknown): { id: string; decision: 'won' | 'lost' | 'escalate' } {
  const fields = fieldsOf(body, ['id', 'decision'])
  const decision = oneOf(fields, 'decision', ['won', 'lost', 'escalate'] as const)
  return { id: optionalText(fields, 'id') ?? '', decision }
}

function fieldsOf(body: unknown, known: readonly string[]): Fields {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new ControlInputError('Send a JSON object with content-type application/json')
  const unknown = Object.keys(body).find((name) => !known.includes(name))
  if (unknown !== undefined) throw new ControlInputError(`Unknown field ${unknown}; known are ${known.join(', ')}`)
  return body as Fields
}

function oneOf<Choice extends string>(fields: Fields, name: string, choices: readonly Choice[]): Choice {
  const found = choices.find((choice) => choice === fields[name])
  if (found === undefined) throw new ControlInputError(`${name} must be one of ${choices.join(', ')}`)
  return found
}

function wholeNumber(fields: Fields, name: string, most: number): number {
  const value = fields[name]
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most) return value
  throw new ControlInputError(`${name} must be a whole number from 0 to ${most}`)
}

function optionalText(fields: Fields, name: string): string | undefined {
  const value = fields[name]
  if (value === undefined) return undefined
  if (typeof value === 'string' && value.length <= 1_000) return value
  throw new ControlInputError(`${name} must be a text`)
}
