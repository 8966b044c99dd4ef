import type { z } from 'zod'
import type { Config } from '../../../config.ts'
import type { Clock } from '../../../platform/clock.ts'
import { createBreaker } from '../../../platform/outbound/breaker.ts'
import type { Metrics } from '../../../platform/telemetry/metrics.ts'
import { TabbyFault } from './wire.ts'

/** Tabby answered with an error. The message names fields and codes, never what was sent. */
export class TabbyError extends Error {
  override name = 'TabbyError'
  readonly status: number
  readonly errorType: string | null

  constructor(status: number, errorType: string | null, message: string) {
    super(message)
    this.status = status
    this.errorType = errorType
  }
}

/**
 * Understood, and no: asking again changes nothing. Keys that are wrong (401, 403) are not among these: once they are put right,
 * the same request succeeds.
 */
export const isRefusal = (error: unknown): error is TabbyError =>
  error instanceof TabbyError && [400, 404, 409, 422].includes(error.status)

export const isMissing = (error: unknown): boolean => error instanceof TabbyError && error.status === 404

/** Anything but an answer of theirs that says what is wrong with the request: too many sessions must not stop captures. */
const isIll = (error: unknown): boolean => !(error instanceof TabbyError) || error.status >= 500

export interface Call<Schema extends z.ZodType> {
  /** For the metrics. */
  operation: string
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  schema: Schema
  body?: object
}

export type CallTabby = <Schema extends z.ZodType>(call: Call<Schema>) => Promise<z.output<Schema>>

/** Texts of errors are Tabby's to change, and may repeat what was sent: mail addresses and numbers have no business in our logs. */
const withoutPeople = (text: string): string => text.replaceAll(/\S+@\S+|\+?\d{7,}/g, '…').slice(0, 300)

/** Tabby's errors come in two shapes, and sometimes as nothing but a JSON string or a page of HTML. */
function errorFrom(status: number, text: string): TabbyError {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    body = text
  }
  if (typeof body === 'string') return new TabbyError(status, null, `tabby ${status}: ${withoutPeople(body)}`)
  const { errorType = null, error, errors } = TabbyFault.parse(body)
  const fields = errors?.map(({ field, code }) => `${field ?? '?'} ${code ?? ''}`).join(', ')
  const said = withoutPeople(error ?? fields ?? 'no reason')
  return new TabbyError(status, errorType, `tabby ${status} ${errorType ?? ''}: ${said}`)
}

async function request<Schema extends z.ZodType>(config: Config, call: Call<Schema>): Promise<z.output<Schema>> {
  const { method, path, schema, body } = call
  const headers = {
    accept: 'application/json',
    authorization: `Bearer ${config.TABBY_SECRET_KEY}`,
    'x-merchant-code': config.TABBY_MERCHANT_CODE,
    ...(body && { 'content-type': 'application/json' }),
  }
  const response = await fetch(new URL(path, config.TABBY_API_BASE), {
    method,
    headers,
    redirect: 'error',
    // Over the whole of it: an answer that trickles in is late too.
    signal: AbortSignal.timeout(config.TABBY_TIMEOUT_MS),
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw errorFrom(response.status, text)
  return schema.parse(JSON.parse(text))
}

/**
 * Calls of Tabby's API. Throws TabbyError when Tabby refuses; any other error leaves open whether the request took effect. Nothing
 * is retried here: whoever asks knows whether asking twice is safe.
 */
export function createTabbyClient(config: Config, metrics: Metrics, clock: Clock): CallTabby {
  const breaker = createBreaker({ clock, isFailure: isIll })
  return async (call) => {
    const count = (result: string): void =>
      metrics.providerCalls.inc({ provider: 'tabby', operation: call.operation, result })
    try {
      const answer = await breaker.run(() => request(config, call))
      count('ok')
      return answer
    } catch (error) {
      count(isRefusal(error) ? 'refused' : 'unknown')
      throw error
    }
  }
}
