import type { Request, RequestHandler, Response } from 'express'
import type { Fault } from '../platform/faults.ts'
import { answerLate } from '../platform/late-answer.ts'
import { makeId } from '../platform/ids.ts'
import { identify, type Caller } from './auth.ts'
import { API_VERSION, type Call, type StripeContext } from './context.ts'
import { invalidRequest, StripeError } from './errors.ts'
import { expand } from './expand.ts'
import { beginKeyed } from './idempotency.ts'
import { decodeForm, paramsParser, type FormObject } from './params.ts'
import { reducedForBrowser } from './reduced.ts'

export type StripeEndpoint<Params> = {
  method: 'get' | 'post' | 'delete'
  path: string
  /** The published parameter set; endpoints without one accept `expand` only. */
  schema: string
  /** May be called from a browser with the publishable key and the intent's client secret. */
  browser?: boolean
  /** Refusals that come before the endpoint runs, and so store nothing under the idempotency key. */
  check?: (params: Params) => void
  run: (ctx: StripeContext, call: Call<Params>) => object
}

export type AddEndpoint = <Params extends object>(endpoint: StripeEndpoint<Params>) => void

type Answer = { status: number; body: string }

/** Runs one endpoint as Stripe would: key, encoding, parameters, idempotency, effect, answer, in this order. */
export function handle<Params extends object>(ctx: StripeContext, endpoint: StripeEndpoint<Params>): RequestHandler {
  const parse = paramsParser<Params & { expand?: string[] }>(endpoint.schema)
  return (req, res) => {
    const requestId = makeId('req_', 14)
    const key = endpoint.method === 'post' ? req.get('idempotency-key') : undefined
    setHeaders(req, res, requestId, key)
    try {
      const form = formOf(req)
      const caller = identify(ctx.config, req, form)
      const params = parse(caller.publishable ? withoutCredentials(form, caller) : form)
      assertBrowserMay(ctx, endpoint, { caller, id: idOf(req) })
      endpoint.check?.(params)
      const request = { id: requestId, idempotency_key: key ?? null }
      const call = { params, id: idOf(req), part: idOf(req, 'part'), publishable: caller.publishable, request }
      const run = () => answerOf(ctx, endpoint, call)
      if (key === undefined) return send(res, run())
      const keyed = beginKeyed(ctx, { key, account: caller.key, fingerprint: fingerprintOf(req) })
      if (keyed.replay) return send(res.setHeader('idempotent-replayed', 'true'), keyed.replay)
      const answer = isFailureKept(res) ? failureOf(orderedFailure(), requestId, false) : run()
      send(res, answer, () => keyed.finish(answer))
    } catch (error) {
      send(res, failureOf(error, requestId, false))
    }
  }
}

const isFailureKept = (res: Response): boolean => {
  const fault: Fault | undefined = res.locals['fault']
  return fault?.kind === 'error500-kept'
}

const orderedFailure = (): StripeError =>
  new StripeError(500, { type: 'api_error', message: 'An error of the sandbox, as ordered, kept under its key.' })

function answerOf<Params extends object>(
  ctx: StripeContext,
  endpoint: StripeEndpoint<Params>,
  call: Call<Params & { expand?: string[] }>,
): Answer {
  try {
    const result = endpoint.run(ctx, call)
    const full = call.params.expand ? expand(ctx, result, call.params.expand) : result
    return { status: 200, body: JSON.stringify(call.publishable ? reducedForBrowser(full) : full, null, 2) }
  } catch (error) {
    return failureOf(error, call.request.id ?? '', call.publishable)
  }
}

function failureOf(error: unknown, requestId: string, publishable: boolean): Answer {
  if (!(error instanceof StripeError)) {
    process.stderr.write(`sandbox: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    const fault = new StripeError(500, { type: 'api_error', message: 'The sandbox failed; its log says why.' })
    return { status: 500, body: JSON.stringify(fault.toBody(requestId), null, 2) }
  }
  const { payment_intent: intent, setup_intent: setup } = error.fields
  if (publishable && intent) error.fields.payment_intent = reducedForBrowser(intent)
  if (publishable && setup) error.fields.setup_intent = reducedForBrowser(setup)
  return { status: error.status, body: JSON.stringify(error.toBody(requestId), null, 2) }
}

function setHeaders(req: Request, res: Response, requestId: string, key: string | undefined): void {
  res.setHeader('content-type', 'application/json')
  res.setHeader('request-id', requestId)
  res.setHeader('stripe-version', req.get('stripe-version') ?? API_VERSION)
  res.setHeader('access-control-expose-headers', 'Request-Id, Idempotent-Replayed')
  if (key !== undefined) res.setHeader('idempotency-key', key)
}

/** Writes the answer now, late, or (the connection lost) never, as the fault of this request says. */
function send(res: Response, answer: Answer, done?: () => void): void {
  const fault: Fault | undefined = res.locals['fault']
  const write = () => {
    done?.()
    res.statusCode = answer.status
    res.end(answer.body)
  }
  if (fault?.kind !== 'reset-after') return answerLate(res, fault, write)
  done?.()
  res.socket?.destroy()
}

function formOf(req: Request): FormObject {
  const query = req.url.indexOf('?')
  if (req.method !== 'POST') return query === -1 ? {} : decodeForm(req.url.slice(query + 1))
  if (typeof req.body === 'string') return decodeForm(req.body)
  const length = Number(req.get('content-length') ?? 0)
  if (length === 0 && req.get('transfer-encoding') === undefined) return {}
  throw invalidRequest(
    'Invalid request (check that your POST content type is application/x-www-form-urlencoded). If you have any questions, we can help at https://support.stripe.com/.',
  )
}

function withoutCredentials(form: FormObject, caller: Caller): FormObject {
  const { key: _key, ...rest } = form
  if (caller.clientSecret === undefined) return rest
  const { client_secret: _secret, ...params } = rest
  return params
}

function assertBrowserMay<Params>(
  ctx: StripeContext,
  endpoint: StripeEndpoint<Params>,
  { caller, id }: { caller: Caller; id: string },
): void {
  if (!caller.publishable) return
  if (!endpoint.browser)
    throw new StripeError(403, {
      type: 'invalid_request_error',
      code: 'secret_key_required',
      message:
        'This API call cannot be made with a publishable API key. Please use a secret API key. You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.',
    })
  const intent = ctx.state.intents.get(id) ?? ctx.state.setupIntents.get(id)
  if (id === '' || !intent || intent.client_secret === caller.clientSecret) return
  throw invalidRequest(
    'The client_secret provided does not match the client_secret associated with the intent.',
    caller.clientSecret === undefined ? 'parameter_missing' : undefined,
    'client_secret',
  )
}

function idOf(req: Request, name = 'id'): string {
  const id = req.params[name]
  return typeof id === 'string' ? id : ''
}

/** The same parameters in another order are the same request. */
function fingerprintOf(req: Request): string {
  const body = typeof req.body === 'string' ? req.body.split('&').sort().join('&') : ''
  return `${req.path} ${body}`
}
