import type { z } from 'zod'
import type { ProblemCode } from './problems.ts'

/** Who may call: `public` needs nothing, `cart-key` the unguessable cart id in the path, `order-token` the `Order-Token` header. */
export type EndpointAuth = 'public' | 'cart-key' | 'order-token'

/** Shared HTTP caching of a public GET, in seconds. Nothing personal ever declares it. */
export interface EndpointCache {
  sMaxAgeSeconds: number
  staleWhileRevalidateSeconds: number
}

/** Named limits; the numbers behind a name are configuration of the API. */
export type RateLimitName = 'browse' | 'cart' | 'checkout' | 'order-lookup'

export interface Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Response extends z.ZodType = z.ZodType,
> {
  id: string
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below `/api/v1`, with `{name}` for path parameters. */
  path: string
  status: 200 | 201 | 204
  summary: string
  description?: string
  tag: string
  auth: EndpointAuth
  rateLimit: RateLimitName
  /** `required`: refused without an `Idempotency-Key`; `optional`: replayed when one is sent. */
  idempotency?: 'required' | 'optional'
  cache?: EndpointCache
  params?: Params
  query?: Query
  body?: Body
  response?: Response
  problems: readonly ProblemCode[]
}

type InputOf<Schema> = Schema extends z.ZodType ? z.input<Schema> : undefined
type OutputOf<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined

export type ParamsOf<E> = E extends { params: infer S } ? OutputOf<S> : undefined
export type QueryOf<E> = E extends { query: infer S } ? OutputOf<S> : undefined
export type BodyOf<E> = E extends { body: infer S } ? OutputOf<S> : undefined
export type ResponseOf<E> = E extends { response: infer S } ? OutputOf<S> : undefined

export type ParamsInput<E> = E extends { params: infer S } ? InputOf<S> : undefined
export type QueryInput<E> = E extends { query: infer S } ? InputOf<S> : undefined
export type BodyInput<E> = E extends { body: infer S } ? InputOf<S> : undefined

/** Declares an endpoint as data: server, typed client, tests and OpenAPI all read the same object. */
export function defineEndpoint<const E extends Endpoint>(endpoint: E): E {
  return endpoint
}
