import { Router, text, type Request, type RequestHandler, type Response } from 'express'
import type { Faults } from '../platform/faults.ts'
import { makeId } from '../platform/ids.ts'
import { findCharge } from './charges.ts'
import type { Call, StripeContext } from './context.ts'
import { handle, type AddEndpoint, type StripeEndpoint } from './endpoint.ts'
import { addBooks } from './books.routes.ts'
import { StripeError } from './errors.ts'
import { listEvents, retrieveEvent, type EventListParams } from './events.ts'
import { listOf, type ListParams } from './lists.ts'
import * as intents from './payment-intents.ts'
import { createMethod, retrieveMethod } from './payment-methods.ts'
import { createRefund, listRefunds, retrieveRefund } from './refunds.ts'
import { addVault } from './vault.routes.ts'
import * as endpoints from './webhook-endpoints.ts'
import type { Webhooks } from '../webhooks/webhooks.ts'

export type StripeDeps = { ctx: StripeContext; webhooks: Webhooks; faults: Faults; count: (endpoint: string) => void }

/** Everything below `/v1`. */
export function stripeRoutes(deps: StripeDeps): Router {
  const router = Router()
  router.use(cors)
  router.use(text({ type: 'application/x-www-form-urlencoded', limit: '256kb' }))
  const add = <Params extends object>(endpoint: StripeEndpoint<Params>) => addEndpoint(router, deps, endpoint)
  addIntents(add)
  addMoney(add)
  addVault(add)
  addBooks(add)
  addWebhooks(add, deps.webhooks)
  router.use((req, res) => {
    const message = `Unrecognized request URL (${req.method}: ${req.originalUrl.split('?')[0]}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`
    sendError(res, new StripeError(404, { type: 'invalid_request_error', message }))
  })
  return router
}

function addEndpoint<Params extends object>(router: Router, deps: StripeDeps, endpoint: StripeEndpoint<Params>): void {
  const name = `${endpoint.method.toUpperCase()} /v1${endpoint.path.replaceAll(/:(id|part)/g, '{$1}')}`
  router[endpoint.method](endpoint.path, strike(deps, name), handle(deps.ctx, endpoint))
}

/** Counts the call, then lets an armed fault have its way. */
function strike({ ctx, faults, count }: StripeDeps, name: string): RequestHandler {
  const isConfirm = name.endsWith('/confirm')
  return (req, res, next) => {
    count(name)
    const fault = faults.take('stripe', req.method, `/v1${req.path}`)
    if (fault?.kind === 'error500')
      return sendError(
        res,
        new StripeError(500, { type: 'api_error', message: 'An error of the sandbox, as ordered.' }),
      )
    if (fault?.kind === 'rate-limit')
      return sendError(
        res,
        new StripeError(429, { type: 'rate_limit_error', code: 'rate_limit', message: 'Request rate limit exceeded.' }),
      )
    if (fault?.kind === 'reset-before') return void res.socket?.destroy()
    if (fault?.kind === 'timeout') return
    res.locals['fault'] = fault ?? (isConfirm && losesItsAnswer(ctx, req) ? { kind: 'reset-after' } : undefined)
    next()
  }
}

/** The sentinel of the amount: whatever ends in .13 is confirmed, and nobody hears of it. */
function losesItsAnswer(ctx: StripeContext, req: Request): boolean {
  const intent = typeof req.params['id'] === 'string' ? ctx.state.intents.get(req.params['id']) : undefined
  return intent !== undefined && intent.amount % 100 === 13
}

function addIntents(add: AddEndpoint): void {
  const schema = (name: string) => `PaymentIntent${name}Params`
  const path = '/payment_intents/:id'
  add({
    method: 'post',
    path: '/payment_intents',
    schema: schema('Create'),
    check: intents.checkCreate,
    run: intents.createIntent,
  })
  add({ method: 'get', path: '/payment_intents', schema: schema('List'), run: intents.listIntents })
  add({ method: 'get', path, schema: schema('Retrieve'), browser: true, run: intents.retrieveIntent })
  add({ method: 'post', path, schema: schema('Update'), check: intents.checkUpdate, run: intents.updateIntent })
  add({ method: 'post', path: `${path}/confirm`, schema: schema('Confirm'), browser: true, run: intents.confirm })
  add({ method: 'post', path: `${path}/capture`, schema: schema('Capture'), run: intents.captureIntent })
  add({ method: 'post', path: `${path}/cancel`, schema: schema('Cancel'), run: intents.cancelIntent })
}

function addMoney(add: AddEndpoint): void {
  add({
    method: 'post',
    path: '/payment_methods',
    schema: 'PaymentMethodCreateParams',
    browser: true,
    run: createMethod,
  })
  add({ method: 'get', path: '/payment_methods/:id', schema: 'PaymentMethodRetrieveParams', run: retrieveMethod })
  add({
    method: 'get',
    path: '/charges/:id',
    schema: 'ChargeRetrieveParams',
    run: (ctx, call) => findCharge(ctx, call.id),
  })
  add({
    method: 'get',
    path: '/charges',
    schema: 'ChargeListParams',
    run(ctx, { params }: Call<ListParams & { payment_intent?: string }>) {
      const wanted = params.payment_intent
      const charges = ctx.state.charges.newestFirst()
      return listOf(
        charges.filter((charge) => wanted === undefined || charge.payment_intent === wanted),
        params,
        '/v1/charges',
      )
    },
  })
  add({ method: 'post', path: '/refunds', schema: 'RefundCreateParams', run: createRefund })
  add({ method: 'get', path: '/refunds', schema: 'RefundListParams', run: listRefunds })
  add({ method: 'get', path: '/refunds/:id', schema: 'RefundRetrieveParams', run: retrieveRefund })
}

function addWebhooks(add: AddEndpoint, webhooks: Webhooks): void {
  add({
    method: 'get',
    path: '/events',
    schema: 'EventListParams',
    run: (ctx, call: Call<EventListParams>) => listEvents(ctx, call, webhooks.wasDelivered),
  })
  add({ method: 'get', path: '/events/:id', schema: 'EventRetrieveParams', run: retrieveEvent })
  const path = '/webhook_endpoints'
  add({ method: 'post', path, schema: 'WebhookEndpointCreateParams', run: endpoints.createEndpoint })
  add({ method: 'get', path, schema: 'WebhookEndpointListParams', run: endpoints.listEndpoints })
  add({ method: 'get', path: `${path}/:id`, schema: 'WebhookEndpointRetrieveParams', run: endpoints.retrieveEndpoint })
  add({ method: 'post', path: `${path}/:id`, schema: 'WebhookEndpointUpdateParams', run: endpoints.updateEndpoint })
  add({ method: 'delete', path: `${path}/:id`, schema: 'WebhookEndpointRetrieveParams', run: endpoints.deleteEndpoint })
}

/** As at Stripe: any page may call, the key decides what it gets. */
function cors(req: Request, res: Response, next: () => void): void {
  res.setHeader('access-control-allow-origin', '*')
  if (req.method !== 'OPTIONS') return next()
  res.setHeader('access-control-allow-headers', 'authorization, content-type, idempotency-key, stripe-version')
  res.setHeader('access-control-allow-methods', 'GET, POST, DELETE')
  res.setHeader('access-control-max-age', '300')
  res.statusCode = 204
  res.end()
}

function sendError(res: Response, error: StripeError): void {
  const requestId = makeId('req_', 14)
  res.statusCode = error.status
  res.setHeader('content-type', 'application/json')
  res.setHeader('request-id', requestId)
  res.end(JSON.stringify(error.toBody(requestId), null, 2))
}
