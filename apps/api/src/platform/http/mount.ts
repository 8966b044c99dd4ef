import { isUtf8 } from 'node:buffer'
import type { BodyOf, Endpoint, ParamsOf, QueryOf, ResponseOf } from '@dhow/contracts/endpoint.ts'
import type { Locale } from '@dhow/contracts/primitives.ts'
import express from 'express'
import type { Request, RequestHandler, Response, Router } from 'express'
import { z } from 'zod'
import type { AppContext } from '../../context.ts'
import { checkKey, runOnce } from './idempotency.ts'
import { parseInput, readQuery } from './parse.ts'
import type { ActorOf, Authenticator } from '../auth/actor.ts'
import { authorise, checkDeclaration } from '../auth/authorise.ts'
import { clientOf } from '../auth/client.ts'
import type { ClientFacts } from '../auth/client.ts'
import { readCookie, setCookie } from '../auth/cookies.ts'
import { Problem } from './problem.ts'
import { idFrom, newId } from '../ids.ts'
import { limitHeaders } from '../limits/rate-limits.ts'
import { localeOf, requestIdOf } from './request.ts'

/** Where endpoints are mounted: a router below `/api/v1` and the context its handlers share. */
export interface Api {
  router: Router
  ctx: AppContext
  authenticator: Authenticator
}

/** What few handlers need of HTTP itself: the staff cookies, and a proof or header of the request. */
export interface Exchange {
  header(name: string): string | undefined
  cookie(name: string): string | undefined
  setCookie(cookie: { name: string; value: string; maxAgeSeconds: number }): void
  setHeader(name: string, value: string): void
}

/** JSON that is ready already (PostgreSQL made it), passed on without being parsed and printed again. */
export class JsonText {
  readonly text: string
  /** Tags a change purges this answer by. */
  readonly tags: readonly string[]
  constructor(text: string, tags: readonly string[] = []) {
    this.text = text
    this.tags = tags
  }
}

export interface Call<E extends Endpoint> {
  params: ParamsOf<E>
  query: QueryOf<E>
  body: BodyOf<E>
  locale: Locale
  /** Empty unless the endpoint declares `order-token`. */
  orderToken: string
  actor: ActorOf<E>
  client: ClientFacts
  exchange: Exchange
  /**
   * The same however often a request is repeated with its Idempotency-Key, new for one without. What must not be made again by a
   * repetition is named by it: the first try may have died, or be slow, after it was made and before its answer was kept.
   */
  requestId: string
}

/** A handler of an endpoint that answers nothing may return nothing. */
type AnswerOf<E extends Endpoint> = undefined extends ResponseOf<E> ? void : ResponseOf<E> | JsonText

export type Handler<E extends Endpoint> = (call: Call<E>) => Promise<AnswerOf<E>>

const readJson = express.json({
  limit: '100kb',
  type: 'application/json',
  verify: (_request, _response, bytes) => {
    if (!isUtf8(bytes)) throw new Problem('request/malformed', { detail: 'the body is not UTF-8' })
  },
})

const requireJson: RequestHandler = (request, _response, next) => {
  if (!request.is('application/json')) throw new Problem('request/unsupported-media-type')
  next()
}

/** What an endpoint without a query is asked with. */
const noQuery = z.strictObject({})

function exchangeOf({ config }: AppContext, request: Request, response: Response): Exchange {
  return {
    header: (name) => request.get(name),
    cookie: (name) => readCookie(config, request, name),
    setCookie: (cookie) => setCookie(config, response, cookie),
    setHeader: (name, value) => void response.setHeader(name, value),
  }
}

const clientFactsOf = ({ config }: AppContext, request: Request, response: Response): ClientFacts =>
  clientOf(request, { requestId: requestIdOf(response), isBehindEdge: config.GEO_HEADERS === 'cloudflare' })

function readCall<E extends Endpoint>(api: Api, endpoint: E, request: Request, response: Response): Call<E> {
  const orderToken = request.headers['order-token']
  const query = parseInput(endpoint.query ?? noQuery, readQuery(request.originalUrl), '?')
  const raw = {
    params: endpoint.params ? parseInput(endpoint.params, request.params) : undefined,
    query: endpoint.query ? query : undefined,
    body: endpoint.body ? parseInput(endpoint.body, request.body ?? {}) : undefined,
    locale: localeOf(request.headers['accept-language']),
    orderToken: typeof orderToken === 'string' ? orderToken : '',
    actor: response.locals['actor'],
    client: clientFactsOf(api.ctx, request, response),
    exchange: exchangeOf(api.ctx, request, response),
    requestId: newId(),
  }
  // oxlint-disable-next-line no-unsafe-type-assertion -- parsed by the endpoint's own schemas just above
  return raw as Call<E>
}

/** Prints an answer; outside production it is parsed by its schema first, so that nothing leaves unpresented. */
function printAnswer(ctx: AppContext, endpoint: Endpoint, answer: unknown): string {
  const text = answer instanceof JsonText ? answer.text : JSON.stringify(answer ?? null)
  if (!ctx.config.isProduction && endpoint.response) {
    const parsed = endpoint.response.safeParse(JSON.parse(text))
    if (!parsed.success) throw new Error(`${endpoint.id} answered outside its contract: ${parsed.error.message}`)
  }
  return text
}

async function answerIdempotent<E extends Endpoint>(
  api: Api,
  endpoint: E,
  call: Call<E>,
  handler: Handler<E>,
  key: string,
) {
  // one person's key is not another's
  const scope = call.actor.kind === 'anonymous' ? endpoint.id : `${endpoint.id}:${call.actor.accountId}`
  const requestId = idFrom(scope, key)
  return runOnce(api.ctx, {
    scope,
    key: checkKey(key),
    fingerprint: JSON.stringify([call.params, call.body]),
    run: async () => ({
      status: endpoint.status,
      body: printAnswer(api.ctx, endpoint, await handler({ ...call, requestId })),
    }),
  })
}

async function answer<E extends Endpoint>(
  api: Api,
  endpoint: E,
  handler: Handler<E>,
  request: Request,
  response: Response,
): Promise<void> {
  const { ctx } = api
  const call = readCall(api, endpoint, request, response)
  if (endpoint.cache) {
    const cached = await ctx.cache.fill(request, call.locale, endpoint.cache, async () => {
      const made = await handler(call)
      return { body: printAnswer(ctx, endpoint, made), tags: made instanceof JsonText ? made.tags : ['catalog'] }
    })
    return ctx.cache.send(request, response, cached)
  }
  const key = request.headers['idempotency-key']
  if (endpoint.idempotency === 'required' && key === undefined) throw new Problem('idempotency/key-required')
  const { status, body, isReplay } =
    endpoint.idempotency && typeof key === 'string'
      ? await answerIdempotent(api, endpoint, call, handler, key)
      : { status: endpoint.status, body: printAnswer(ctx, endpoint, await handler(call)), isReplay: false }
  if (isReplay) response.setHeader('Idempotent-Replayed', 'true')
  response.setHeader('Cache-Control', 'no-store')
  response.setHeader('Content-Language', call.locale)
  if (status === 204) return void response.status(204).end()
  response.status(status).type('application/json').end(body)
}

function timed(ctx: AppContext, endpoint: Endpoint): RequestHandler {
  return (_request, response, next) => {
    const stop = ctx.metrics.requestSeconds.startTimer({ endpoint: endpoint.id })
    response.once('finish', () => stop({ status: `${Math.floor(response.statusCode / 100)}xx` }))
    next()
  }
}

/** Before the body is read, so that a flood costs little. */
function limited(ctx: AppContext, endpoint: Endpoint): RequestHandler {
  // What caches share says nothing of one caller.
  const isPersonal = endpoint.cache === undefined
  return async (request, response, next) => {
    const client = (): ClientFacts => clientFactsOf(ctx, request, response)
    const state = await ctx.limits.consume(endpoint.rateLimit, { ip: request.ip ?? 'unknown', client })
    if (isPersonal) response.set(limitHeaders(state))
    next()
  }
}

/** Before the body is read, so that nobody unknown can make us read one. */
function authorised(api: Api, endpoint: Endpoint): RequestHandler {
  return async (request, response, next) => {
    response.locals['actor'] = await authorise(api, endpoint, request)
    next()
  }
}

const expressPath = (endpoint: Endpoint): string => endpoint.path.replace(/\{(\w+)\}/g, ':$1')

const verbs = { GET: 'get', POST: 'post', PUT: 'put', PATCH: 'patch', DELETE: 'delete' } as const

/** Mounts one declared endpoint: limit, authorise, parse, idempotency, answer. Throws at start when its declaration is not sound. */
export function mount<const E extends Endpoint>(api: Api, endpoint: E, handler: Handler<E>): void {
  const { router, ctx } = api
  checkDeclaration(endpoint)
  const body = endpoint.body ? [requireJson, readJson] : []
  router[verbs[endpoint.method]](
    expressPath(endpoint),
    timed(ctx, endpoint),
    limited(ctx, endpoint),
    authorised(api, endpoint),
    ...body,
    (request, response) => answer(api, endpoint, handler, request, response),
  )
}

/** Answers 405 where there is an endpoint, but not by that method. Call it after everything is mounted. */
export function refuseOtherMethods(api: Api, endpoints: readonly Endpoint[]): void {
  for (const path of new Set(endpoints.map(expressPath))) {
    const methods = endpoints.filter((endpoint) => expressPath(endpoint) === path).map((endpoint) => endpoint.method)
    const headers = { Allow: methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ') }
    api.router.all(path, () => {
      throw new Problem('request/method-not-allowed', { headers })
    })
  }
}
