import type { BodyInput, Endpoint, ParamsInput, QueryInput, ResponseOf } from '@dhow/contracts/endpoint.ts'
import { isProblemCode } from '@dhow/contracts/problems.ts'
import type { FieldError, ProblemCode, ProblemDocument } from '@dhow/contracts/problems.ts'
import type { Locale } from '@dhow/contracts/primitives.ts'

/** A problem the API answered with. `code` says which; `document` holds its extensions. */
export class ApiProblem extends Error {
  override name = 'ApiProblem'
  readonly code: ProblemCode
  readonly status: number
  readonly errors: readonly FieldError[]
  readonly document: ProblemDocument

  constructor(document: ProblemDocument) {
    super(`${document.code}: ${document.title}`)
    this.code = document.code
    this.status = document.status
    this.errors = document.errors ?? []
    this.document = document
  }
}

/** No usable answer came: refused connection, time-out, or something that is not this API. The request may have happened. */
export class ApiUnreachable extends Error {
  override name = 'ApiUnreachable'
}

export interface ApiClientOptions {
  /** Such as `http://127.0.0.1:4000`, without the version. */
  baseUrl: string
  fetch?: typeof fetch
  /** Milliseconds until an answer is given up. */
  timeoutMs?: number
  headers?: Record<string, string>
}

type Part<Name extends string, Value> = [Value] extends [undefined]
  ? { [K in Name]?: undefined }
  : { [K in Name]: Value }

export type CallInput<E> = Part<'params', ParamsInput<E>> &
  ([QueryInput<E>] extends [undefined] ? { query?: undefined } : { query?: QueryInput<E> }) &
  Part<'body', BodyInput<E>> & {
    locale?: Locale
    idempotencyKey?: string
    orderToken?: string
    /** A customer's access token. */
    accessToken?: string
    headers?: Record<string, string>
    signal?: AbortSignal
  }

export interface ApiClient {
  /** Calls an endpoint and gives its answer. Throws ApiProblem or ApiUnreachable. Waits and asks again while the same key is still running. */
  call<E extends Endpoint>(endpoint: E, input: CallInput<E>): Promise<ResponseOf<E>>
  /** The answer's text, unparsed, for callers that only pass it on. */
  callText<E extends Endpoint>(endpoint: E, input: CallInput<E>): Promise<string>
}

const maxInProgressWaits = 20

function pathOf(endpoint: Endpoint, params: unknown): string {
  const values = new Map(Object.entries(params ?? {}))
  return endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values.get(name) ?? '')))
}

function queryOf(query: unknown): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined) search.set(name, String(value))
  const text = search.toString()
  return text && `?${text}`
}

/** Retry-After in seconds; one when there is none or it is a date. */
const secondsFrom = (header: string | null): number => {
  const seconds = Number(header ?? 1)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : 1
}

function problemFrom(status: number, text: string): ApiProblem | undefined {
  try {
    const document: ProblemDocument = JSON.parse(text)
    return isProblemCode(document.code) ? new ApiProblem(document) : undefined
  } catch {
    return undefined
  }
}

/** A typed client over the contracts. It keeps no state and no cookies. */
export function createApiClient(options: ApiClientOptions): ApiClient {
  const send = options.fetch ?? fetch
  const timeoutMs = options.timeoutMs ?? 25_000

  async function once<E extends Endpoint>(
    endpoint: E,
    input: CallInput<E>,
  ): Promise<{ status: number; text: string; retryAfter: number }> {
    const url = `${options.baseUrl}/api/v1${pathOf(endpoint, input.params)}${queryOf(input.query)}`
    const headers: Record<string, string> = { accept: 'application/json', ...options.headers, ...input.headers }
    if (input.locale) headers['accept-language'] = input.locale
    if (input.idempotencyKey) headers['idempotency-key'] = input.idempotencyKey
    if (input.orderToken) headers['order-token'] = input.orderToken
    if (input.accessToken) headers['authorization'] = `Bearer ${input.accessToken}`
    if (input.body !== undefined) headers['content-type'] = 'application/json'
    const timeout = AbortSignal.timeout(timeoutMs)
    try {
      const response = await send(url, {
        method: endpoint.method,
        headers,
        body: input.body === undefined ? null : JSON.stringify(input.body),
        signal: input.signal ? AbortSignal.any([input.signal, timeout]) : timeout,
      })
      const retryAfter = secondsFrom(response.headers.get('retry-after'))
      return { status: response.status, text: await response.text(), retryAfter }
    } catch (cause) {
      throw new ApiUnreachable(`${endpoint.id}: no answer`, { cause })
    }
  }

  async function callText<E extends Endpoint>(endpoint: E, input: CallInput<E>): Promise<string> {
    for (let waits = 0; ; waits += 1) {
      const answer = await once(endpoint, input)
      if (answer.status >= 200 && answer.status < 300) return answer.text
      const problem = problemFrom(answer.status, answer.text)
      if (!problem) throw new ApiUnreachable(`${endpoint.id}: answered ${answer.status} without a problem document`)
      if (problem.code !== 'idempotency/in-progress' || waits >= maxInProgressWaits) throw problem
      await new Promise((resolve) => setTimeout(resolve, Math.min(answer.retryAfter, 5) * 1000))
    }
  }

  return {
    callText,
    async call<E extends Endpoint>(endpoint: E, input: CallInput<E>): Promise<ResponseOf<E>> {
      const text = await callText(endpoint, input)
      try {
        return JSON.parse(text === '' ? 'null' : text)
      } catch (cause) {
        throw new ApiUnreachable(`${endpoint.id}: answered something else than JSON`, { cause })
      }
    },
  }
}
