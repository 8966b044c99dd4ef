import type { z } from 'zod'
import type { Config } from '../../../config.ts'
import type { Clock } from '../../../platform/clock.ts'
import { BreakerOpenError, createBreaker } from '../../../platform/outbound/breaker.ts'
import type { Metrics } from '../../../platform/telemetry/metrics.ts'
import { Fault } from './wire.ts'

/** Tamara answered with an error. The message has its status and codes, and nothing of what was sent. */
export class TamaraError extends Error {
  override name = 'TamaraError'
  readonly status: number
  readonly codes: readonly string[]

  constructor(status: number, codes: readonly string[]) {
    super(`Tamara answered ${status} ${codes.join(', ')}`.trim())
    this.status = status
    this.codes = codes
  }
}

const refusals = new Set([400, 404, 409, 422])

/**
 * Understood, and no: asking again changes nothing. A wrong token (401, 403) is not among these: once that is put right, the
 * same request succeeds.
 */
export const isRefusal = (error: unknown): error is TamaraError =>
  error instanceof TamaraError && refusals.has(error.status)

export const isMissing = (error: unknown): boolean => error instanceof TamaraError && error.status === 404

export interface Call<Schema extends z.ZodType> {
  /** For the metrics. */
  operation: string
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  answer: Schema
  body?: object
}

export type CallTamara = <Schema extends z.ZodType>(call: Call<Schema>) => Promise<z.output<Schema>>

function errorFrom(status: number, text: string): TamaraError {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    body = undefined // a page of HTML from something in between
  }
  const codes = Fault.safeParse(body).data?.errors?.map((error) => error.error_code) ?? []
  return new TamaraError(status, codes)
}

type TamaraConfig = Pick<Config, 'TAMARA_API_BASE' | 'TAMARA_API_TOKEN' | 'TAMARA_TIMEOUT_MS'>

/** One request, one answer. Throws TamaraError for what is not 2xx; any other error leaves open whether it took effect. */
export async function request<Schema extends z.ZodType>(
  config: TamaraConfig,
  call: Omit<Call<Schema>, 'operation'>,
): Promise<z.output<Schema>> {
  const { method, path, answer, body } = call
  const response = await fetch(`${config.TAMARA_API_BASE}${path}`, {
    method,
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${config.TAMARA_API_TOKEN}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    redirect: 'error',
    // Over the whole of it: an answer that trickles in is late too.
    signal: AbortSignal.timeout(config.TAMARA_TIMEOUT_MS),
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw errorFrom(response.status, text)
  return answer.parse(text === '' ? undefined : JSON.parse(text))
}

function resultOf(error: unknown): string {
  if (error instanceof BreakerOpenError) return 'not-asked'
  return isRefusal(error) ? 'refused' : 'unknown'
}

/**
 * Calls of Tamara's API, counted and behind a breaker. Nothing is retried here: Tamara knows no idempotency key, so only whoever
 * asks knows whether asking twice is safe.
 */
export function createTamaraClient(config: TamaraConfig, metrics: Metrics, clock: Clock): CallTamara {
  const breaker = createBreaker({ clock, isFailure: (error) => !isRefusal(error) })
  return async (call) => {
    const count = (result: string): void =>
      metrics.providerCalls.inc({ provider: 'tamara', operation: call.operation, result })
    try {
      const answer = await breaker.run(() => request(config, call))
      count('ok')
      return answer
    } catch (error) {
      count(resultOf(error))
      throw error
    }
  }
}
