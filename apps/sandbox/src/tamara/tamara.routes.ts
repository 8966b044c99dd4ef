import { json, Router, type NextFunction, type Request, type Response } from 'express'
import type { Faults } from '../platform/faults.ts'
import { answerLate } from '../platform/late-answer.ts'
import { createCheckout, voidCheckout } from './checkout.ts'
import { checkEligibility, listPaymentTypes, merchantConfigs, preCheck } from './eligibility.ts'
import { TamaraError } from './errors.ts'
import { changeReference, requireOrder, requireOrderByReference, viewOf } from './orders.ts'
import { authorise, cancel, capture, refund } from './payments.ts'
import {
  changeRegistration,
  fetchRegistration,
  listRegistrations,
  register,
  removeRegistration,
} from './registrations.ts'
import type { TamaraContext, TamaraOrder } from './state.ts'

type Deps = { ctx: TamaraContext; faults: Faults; count: (endpoint: string) => void }

type Endpoint = {
  method: 'get' | 'post' | 'put' | 'delete'
  path: string
  run: (ctx: TamaraContext, req: Request) => object
  /** The order it moves: the answer is lost when its total ends in .13. */
  moves?: (ctx: TamaraContext, req: Request) => TamaraOrder | undefined
}

const param = (req: Request, name: string): string => String(req.params[name])
const byId = (ctx: TamaraContext, req: Request): TamaraOrder | undefined => ctx.state.orders.get(param(req, 'id'))
const byBody = (ctx: TamaraContext, req: Request): TamaraOrder | undefined => {
  const body: unknown = req.body
  const id: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'order_id') : undefined
  return ctx.state.orders.get(String(id))
}

const endpoints: readonly Endpoint[] = [
  {
    method: 'get',
    path: '/checkout/payment-types',
    run: (_ctx, { query }) =>
      listPaymentTypes({ country: query['country'], currency: query['currency'], orderValue: query['order_value'] }),
  },
  { method: 'post', path: '/checkout/payment-options-pre-check', run: (_ctx, req) => preCheck(req.body) },
  { method: 'post', path: '/pre-checkout/v1/eligibility', run: (_ctx, req) => checkEligibility(req.body) },
  { method: 'get', path: '/merchants/configs', run: (ctx) => merchantConfigs(ctx) },
  { method: 'post', path: '/checkout', run: (ctx, req) => createCheckout(ctx, req.body) },
  {
    method: 'post',
    path: '/checkout/:id/void',
    run: (ctx, req) => voidCheckout(ctx, param(req, 'id'), req.body),
    moves: byBody,
  },
  {
    method: 'get',
    path: '/merchants/orders/reference-id/:reference',
    run: (ctx, req) => viewOf(requireOrderByReference(ctx, param(req, 'reference'))),
  },
  { method: 'get', path: '/merchants/orders/:id', run: (ctx, req) => viewOf(requireOrder(ctx, param(req, 'id'))) },
  { method: 'get', path: '/orders/:id', run: (ctx, req) => viewOf(requireOrder(ctx, param(req, 'id'))) },
  {
    method: 'put',
    path: '/orders/:id/reference-id',
    run: (ctx, req) => changeReference(ctx, param(req, 'id'), req.body),
  },
  { method: 'post', path: '/orders/:id/authorise', run: (ctx, req) => authorise(ctx, param(req, 'id')), moves: byId },
  {
    method: 'post',
    path: '/orders/:id/cancel',
    run: (ctx, req) => cancel(ctx, param(req, 'id'), req.body),
    moves: byId,
  },
  { method: 'post', path: '/payments/capture', run: (ctx, req) => capture(ctx, req.body), moves: byBody },
  {
    method: 'post',
    path: '/payments/simplified-refund/:id',
    run: (ctx, req) => refund(ctx, param(req, 'id'), req.body),
    moves: byId,
  },
  { method: 'get', path: '/webhooks', run: (ctx) => listRegistrations(ctx) },
  { method: 'post', path: '/webhooks', run: (ctx, req) => register(ctx, req.body) },
  { method: 'get', path: '/webhooks/:id', run: (ctx, req) => fetchRegistration(ctx, param(req, 'id')) },
  { method: 'put', path: '/webhooks/:id', run: (ctx, req) => changeRegistration(ctx, param(req, 'id'), req.body) },
  { method: 'delete', path: '/webhooks/:id', run: (ctx, req) => removeRegistration(ctx, param(req, 'id')) },
]

/** Tamara's API in its wire format: JSON both ways, a bearer token, amounts as numbers in dirhams. */
export function tamaraRoutes(deps: Deps): Router {
  const router = Router()
  // Only here: the paths stand beside other providers', and a body that is no JSON is refused in Tamara's shape.
  for (const endpoint of endpoints)
    router[endpoint.method](endpoint.path, json({ limit: '500kb' }), (req, res) => serve(deps, endpoint, { req, res }))
  router.use((error: unknown, _req: Request, res: Response, next: NextFunction) => {
    if (error instanceof TamaraError) res.status(error.status).json(error.body())
    else if (error instanceof SyntaxError) res.status(400).json({ message: 'The body is not JSON' })
    else next(error)
  })
  return router
}

function serve({ ctx, faults, count }: Deps, endpoint: Endpoint, { req, res }: { req: Request; res: Response }): void {
  count(`${req.method} ${endpoint.path.replaceAll(/:(\w+)/g, '{$1}')}`)
  if (req.get('authorization') !== `Bearer ${ctx.config.apiToken}`)
    throw new TamaraError(401, 'Unauthorized', ['unauthorized'])
  const fault = faults.take('tamara', req.method, req.path)
  if (fault?.kind === 'error500' || fault?.kind === 'error500-kept') throw new TamaraError(500, 'Internal server error')
  if (fault?.kind === 'rate-limit') throw new TamaraError(429, 'Too many requests')
  if (fault?.kind === 'reset-before') return void res.socket?.destroy()
  if (fault?.kind === 'timeout') return
  const answer = endpoint.run(ctx, req)
  const order = endpoint.moves?.(ctx, req)
  if (fault?.kind === 'reset-after' || (order && isAnswerLost(order))) return void res.socket?.destroy()
  answerLate(res, fault, () => void res.json(answer))
}

const isAnswerLost = (order: TamaraOrder): boolean => order.total % 100 === 13
