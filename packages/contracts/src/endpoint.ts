import type { z } from 'zod'
import type { Permission } from './permissions.ts'
import type { ProblemCode } from './problems.ts'

/**
 * Who may call. `public` needs nothing, `cart-key` the unguessable cart id in the path, `order-token` the `Order-Token` header or
 * the customer whose order it is, `customer` a customer's access token, `staff` that of a staff member with `permission` and a
 * second factor, `staff-enrolling` that of one who has yet to enrol it.
 */
export type EndpointAuth = 'public' | 'cart-key' | 'order-token' | 'customer' | 'staff' | 'staff-enrolling'

/** Shared HTTP caching of a public GET, in seconds. Nothing personal ever declares it. */
export interface EndpointCache {
  sMaxAgeSeconds: number
  staleWhileRevalidateSeconds: number
}

/** Named limits; the numbers behind a name are configuration of the API. */
export type RateLimitName =
  | 'browse'
  | 'cart'
  | 'checkout'
  | 'order-lookup'
  | 'sign-in'
  | 'one-time-code'
  | 'token-refresh'
  | 'account'
  | 'staff-sign-in'
  | 'staff'

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
  status: 200 | 201 | 202 | 204
  summary: string
  description?: string
  tag: string
  auth: EndpointAuth
  /** Of `staff` endpoints, and required there; `self` is for what every signed-in staff member may do with their own account. */
  permission?: Permission | 'self'
  /** Only within five minutes of a proof: a customer's sign-in or confirmation, a staff member's second factor. */
  isFresh?: boolean
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
