import { Router, urlencoded, type Request, type Response } from 'express'
import { readFileSync } from 'node:fs'
import { isHttpUrl } from '../config.ts'
import type { Html } from '../platform/html.ts'
import { authenticateIntent } from '../stripe/confirm-intent.ts'
import { openSession } from '../stripe/customers.ts'
import { authenticateSetup } from '../stripe/setup-intents.ts'
import type { SetupIntent } from '../stripe/vault-objects.ts'
import type { StripeContext } from '../stripe/context.ts'
import type { PaymentIntent } from '../stripe/objects.ts'
import { challengeDonePage, challengePage } from './challenge.page.ts'
import { paymentFramePage } from './payment-frame.page.ts'
import { localeOf } from './texts.ts'

export type ElementsDeps = { ctx: StripeContext; websiteOrigins: readonly string[] }

/** What a browser loads from Stripe: the script, the frame with the card fields, the 3-D Secure page. */
export function elementsRoutes(deps: ElementsDeps): Router {
  const router = Router()
  router.get(['/stripe.js', '/v3', '/clover/stripe.js'], (_req, res) => sendAsset(res, 'stripe.js'))
  router.get('/assets/:file', (req, res, next) => {
    if (!ASSETS.has(req.params.file)) return next()
    sendAsset(res, req.params.file)
  })
  router.get('/elements/payment', (req, res) => {
    const parent = allowedParent(deps, req.query['parent'])
    if (parent === undefined) return refuseParent(res)
    sendDocument(res, paymentFramePage(localeOf(req.query['locale'], req.get('accept-language')), parent), parent)
  })
  router.get('/elements/session', (req, res) => sendSession(deps.ctx, req, res))
  router.get('/3ds/:id', (req, res, next) => {
    const intent = intentFor(deps.ctx, req.params.id, req.query['client_secret'])
    if (!intent) return next()
    const parentOrigin = allowedParent(deps, req.query['parent'])
    if (req.query['parent'] !== undefined && parentOrigin === undefined) return refuseParent(res)
    const method =
      intent.payment_method === null ? undefined : deps.ctx.state.methods.get(intent.payment_method)?.method
    const locale = localeOf(req.query['locale'], req.get('accept-language'))
    sendDocument(res, challengePage({ intent, method, locale, parentOrigin }), parentOrigin)
  })
  router.post('/3ds/:id', urlencoded({ extended: false, limit: '8kb' }), (req, res, next) => {
    const answer = answerOf(req)
    const intent = intentFor(deps.ctx, req.params.id, answer.clientSecret)
    if (!intent || answer.outcome === undefined) return next()
    const returnUrl =
      intent.next_action?.type === 'redirect_to_url' ? intent.next_action.redirect_to_url.return_url : undefined
    answerBank(deps.ctx, intent, answer.outcome)
    const parentOrigin = allowedParent(deps, answer.parent)
    if (returnUrl !== undefined && parentOrigin === undefined)
      return res.redirect(303, returnAddress(intent, returnUrl))
    sendDocument(res, challengeDonePage(localeOf(answer.locale, undefined), parentOrigin), parentOrigin)
  })
  return router
}

const TYPE_BY_EXTENSION: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
}
const FILES = [
  'stripe.js',
  'element.js',
  'card.js',
  'choices.js',
  'element.css',
  'challenge.css',
  'challenge-done.js',
  'pages.css',
  'control.js',
]
const ASSETS = new Map(FILES.map((file) => [file, readFileSync(new URL(`../../public/${file}`, import.meta.url))]))

function sendAsset(res: Response, file: string): void {
  res.setHeader('content-type', TYPE_BY_EXTENSION[file.split('.').at(-1) ?? ''] ?? 'application/octet-stream')
  res.setHeader('cache-control', 'public, max-age=60')
  res.setHeader('access-control-allow-origin', '*')
  res.setHeader('cross-origin-resource-policy', 'cross-origin')
  res.end(ASSETS.get(file))
}

/** No `form-action`: browsers apply it to the redirect after the bank's form, whose target is the shop's. */
function sendDocument(res: Response, page: Html, parentOrigin: string | undefined): void {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
  ]
  res.setHeader('content-security-policy', [...policy, `frame-ancestors ${parentOrigin ?? "'none'"}`].join('; '))
  res.setHeader('content-type', 'text/html; charset=utf-8')
  res.setHeader('cache-control', 'no-store')
  res.setHeader('referrer-policy', 'no-referrer')
  res.setHeader('cross-origin-resource-policy', 'cross-origin')
  res.end(page.text)
}

/** The origin that embeds us, if it is a web origin and, where a list is configured, on it. */
function allowedParent({ websiteOrigins }: ElementsDeps, parent: unknown): string | undefined {
  if (typeof parent !== 'string' || !isHttpUrl(parent) || new URL(parent).origin !== parent) return undefined
  return websiteOrigins.length === 0 || websiteOrigins.includes(parent) ? parent : undefined
}

function refuseParent(res: Response): void {
  res.status(403).setHeader('content-type', 'text/plain; charset=utf-8')
  res.end('This page may not embed the card form; see SANDBOX_WEBSITE_ORIGIN.')
}

function intentFor(ctx: StripeContext, id: string, clientSecret: unknown): PaymentIntent | SetupIntent | undefined {
  const intent = ctx.state.intents.get(id) ?? ctx.state.setupIntents.get(id)
  return intent?.client_secret === clientSecret ? intent : undefined
}

function answerBank(ctx: StripeContext, intent: PaymentIntent | SetupIntent, outcome: 'complete' | 'fail'): void {
  if (intent.object === 'payment_intent') authenticateIntent(ctx, intent, outcome)
  else authenticateSetup(ctx, intent, outcome)
}

/** The cards of a customer session as far as the frame shows them; the page around never asks. */
function sendSession(ctx: StripeContext, req: Request, res: Response): void {
  const { key, customer_session: secret } = req.query
  const session = key === ctx.config.publishableKey && typeof secret === 'string' ? openSession(ctx, secret) : undefined
  res.setHeader('cache-control', 'no-store')
  if (!session)
    return void res.status(400).json({ error: { type: 'invalid_request_error', code: 'customer_session_expired' } })
  const methods = session.methods.map(({ id, card: { brand, last4, exp_month: month, exp_year: year } }) => ({
    id,
    brand,
    last4,
    month,
    year,
  }))
  const { payment_method_save: save, payment_method_save_usage: usage } = session.features
  res.json({ methods, canSave: save === 'enabled', saveUsage: usage })
}

type Answer = { clientSecret: unknown; outcome: 'complete' | 'fail' | undefined; parent: unknown; locale: unknown }

function answerOf(req: Request): Answer {
  const body: unknown = req.body
  const field = (name: string): unknown =>
    typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined
  const outcome = field('outcome')
  return {
    clientSecret: field('client_secret'),
    outcome: outcome === 'complete' || outcome === 'fail' ? outcome : undefined,
    parent: field('parent'),
    locale: field('locale'),
  }
}

/** Where the shopper lands after a redirect, with the names Stripe adds. */
function returnAddress(intent: PaymentIntent | SetupIntent, returnUrl: string): string {
  const url = new URL(returnUrl)
  url.searchParams.set(intent.object, intent.id)
  url.searchParams.set(`${intent.object}_client_secret`, intent.client_secret)
  const paid = intent.status === 'succeeded' || intent.status === 'requires_capture'
  url.searchParams.set('redirect_status', paid ? 'succeeded' : 'failed')
  return url.href
}
