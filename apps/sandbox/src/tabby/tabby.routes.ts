import { json, Router, type NextFunction, type Request, type Response } from 'express'
import type { Faults } from '../platform/faults.ts'
import { answerLate } from '../platform/late-answer.ts'
import { minorUnitsOf } from './decimal.ts'
import * as endpoints from './endpoints.ts'
import { badData, internal, noPermission, notAuthorised, TabbyError, tooMany, unknownRoute } from './errors.ts'
import * as money from './money.ts'
import { findPayment, listPayments, updateReference } from './payments.ts'
import * as schemas from './schemas.ts'
import { createSession, viewSession } from './sessions.ts'
import type { TabbyContext } from './state.ts'

export type TabbyDeps = { ctx: TabbyContext; faults: Faults; count: (endpoint: string) => void }

/** What one call answers; `losable` names an answer that is lost once where the amount says so. */
type Answer = { body: unknown; losable?: { name: string; amount: string } }

type Endpoint = {
  method: 'get' | 'post' | 'put' | 'delete'
  path: string
  /** Also with the public key, as browsers and apps hold it. */
  isPublic?: boolean
  /** Webhooks belong to a merchant code, named in a header. */
  isOfMerchant?: boolean
  run: (ctx: TabbyContext, call: { id: string; body: unknown; query: unknown }) => Answer
}

/** Checkout and payments are version 2, webhooks version 1. */
const ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'post',
    path: '/v2/checkout',
    isPublic: true,
    run(ctx, { body }) {
      const request = schemas.readCheckout(body)
      const view = viewSession(ctx, createSession(ctx, request).id)
      if (request.merchant_urls === undefined) return { body: view }
      const name = `session ${request.payment.order.reference_id}`
      return { body: view, losable: { name, amount: request.payment.amount } }
    },
  },
  { method: 'get', path: '/v2/checkout/:id', run: (ctx, { id }) => ({ body: viewSession(ctx, id) }) },
  {
    method: 'get',
    path: '/v2/payments',
    run: (ctx, { query }) => ({ body: listPayments(ctx, schemas.readPeriod(query)) }),
  },
  { method: 'get', path: '/v2/payments/:id', run: (ctx, { id }) => ({ body: findPayment(ctx, id).payment }) },
  {
    method: 'put',
    path: '/v2/payments/:id',
    run: (ctx, { id, body }) => ({ body: updateReference(ctx, id, schemas.readUpdate(body).order.reference_id) }),
  },
  {
    method: 'post',
    path: '/v2/payments/:id/captures',
    run(ctx, { id, body }) {
      const request = schemas.readCapture(body)
      const payment = money.capture(ctx, id, request)
      return { body: payment, losable: { name: `capture ${request.reference_id}`, amount: payment.amount } }
    },
  },
  {
    method: 'post',
    path: '/v2/payments/:id/refunds',
    run(ctx, { id, body }) {
      const request = schemas.readRefund(body)
      const payment = money.refund(ctx, id, request)
      return { body: payment, losable: { name: `refund ${request.reference_id}`, amount: request.amount } }
    },
  },
  { method: 'post', path: '/v2/payments/:id/close', run: (ctx, { id }) => ({ body: money.close(ctx, id) }) },
  {
    method: 'post',
    path: '/v1/webhooks',
    isOfMerchant: true,
    run: (ctx, { body }) => ({ body: endpoints.registerEndpoint(ctx, schemas.readWebhook(body)) }),
  },
  { method: 'get', path: '/v1/webhooks', isOfMerchant: true, run: (ctx) => ({ body: endpoints.listEndpoints(ctx) }) },
  {
    method: 'get',
    path: '/v1/webhooks/:id',
    isOfMerchant: true,
    run: (ctx, { id }) => ({ body: endpoints.findEndpoint(ctx, id) }),
  },
  {
    method: 'put',
    path: '/v1/webhooks/:id',
    isOfMerchant: true,
    run: (ctx, { id, body }) => ({ body: endpoints.updateEndpoint(ctx, id, schemas.readWebhookUpdate(body)) }),
  },
  {
    method: 'delete',
    path: '/v1/webhooks/:id',
    isOfMerchant: true,
    run: (ctx, { id }) => ({ body: endpoints.deleteEndpoint(ctx, id) }),
  },
]

/** Everything below `/api`. */
export function tabbyRoutes(deps: TabbyDeps): Router {
  const router = Router()
  router.use(json({ limit: '256kb', strict: false }))
  for (const endpoint of ENDPOINTS)
    router[endpoint.method](endpoint.path, (req, res) => serve(deps, { req, res, endpoint }))
  router.use(() => {
    throw unknownRoute()
  })
  router.use((error: unknown, _req: Request, res: Response, next: NextFunction) => {
    if (error instanceof TabbyError) res.status(error.status).json(error.body)
    else if (error instanceof SyntaxError) res.status(400).json(badData('invalid request body').body)
    else next(error)
  })
  return router
}

function serve(deps: TabbyDeps, { req, res, endpoint }: { req: Request; res: Response; endpoint: Endpoint }): void {
  deps.count(`${req.method} /api${endpoint.path.replace(':id', '{id}')}`)
  const fault = deps.faults.take('tabby', req.method, `/api${req.path}`)
  if (fault?.kind === 'error500' || fault?.kind === 'error500-kept') throw internal()
  if (fault?.kind === 'rate-limit') throw tooMany()
  if (fault?.kind === 'reset-before') return void res.socket?.destroy()
  if (fault?.kind === 'timeout') return
  authenticate(deps.ctx, req, endpoint)
  const { id } = req.params
  const call = { id: typeof id === 'string' ? id : '', body: req.body as unknown, query: req.query as unknown }
  const answer = endpoint.run(deps.ctx, call)
  if (fault?.kind === 'reset-after' || isLost(deps.ctx, answer)) return void res.socket?.destroy()
  answerLate(res, fault, () => void res.json(answer.body))
}

/** The sentinel of the amount: what ends in .13 takes effect, and its first answer never arrives. */
function isLost({ state }: TabbyContext, { losable }: Answer): boolean {
  if (losable === undefined || minorUnitsOf(losable.amount) % 100 !== 13) return false
  const isFirst = state.lostAnswers.get(losable.name) === undefined
  state.lostAnswers.set(losable.name, true)
  return isFirst
}

/** A key of another region or a live one is no key here; the public one opens sessions and nothing else. */
function authenticate({ config }: TabbyContext, req: Request, endpoint: Endpoint): void {
  const [scheme = '', key = ''] = (req.get('authorization') ?? '').split(' ')
  if (scheme !== 'Bearer') throw notAuthorised('missing "Bearer" in the Authorization header')
  if (key === config.publicKey && !endpoint.isPublic) throw noPermission('a secret key is needed')
  if (key !== config.publicKey && key !== config.secretKey) throw notAuthorised('the key does not exist')
  if (endpoint.isOfMerchant && req.get('x-merchant-code') !== config.merchantCode)
    throw notAuthorised('merchant is null')
}
