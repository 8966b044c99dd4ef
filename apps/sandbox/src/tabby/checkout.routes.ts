import { Router, urlencoded, type Request, type Response } from 'express'
import { readFileSync } from 'node:fs'
import type { Html } from '../platform/html.ts'
import { checkoutPage } from './checkout.page.ts'
import type { Lang, StoredPayment, StoredSession } from './objects.ts'
import { abandon, approve, reject, REFUSED_AFTER_CODE, type Returned } from './shopper.ts'
import { findSession, statusOf } from './sessions.ts'
import type { TabbyContext } from './state.ts'

/** Of Tabby's documentation of its test mode. */
const CODE = '8888'
const STYLE = readFileSync(new URL('../../public/tabby.css', import.meta.url))

/** The page a shopper is sent to, which Tabby has on `checkout.tabby.ai`. */
export function tabbyCheckoutRoutes(ctx: TabbyContext): Router {
  const router = Router()
  router.get('/checkout.css', (_req, res) => {
    res.setHeader('content-type', 'text/css; charset=utf-8')
    res.setHeader('cache-control', 'public, max-age=60')
    res.end(STYLE)
  })
  router.get('/checkout/:id', (req, res, next) => {
    if (!show(ctx, { req, res, lang: req.query['lang'] })) next()
  })
  router.post('/checkout/:id', urlencoded({ extended: false, limit: '8kb' }), (req, res, next) => {
    const found = findSession(ctx, req.params.id)
    if (!found) return next()
    const form = new Map(Object.entries((req.body ?? {}) as Record<string, unknown>)) // as urlencoded gives it
    const answer = step(ctx, found, { action: form.get('action'), code: form.get('code') })
    if (answer.returned?.to) return res.redirect(303, answer.returned.to)
    show(ctx, { req, res, lang: form.get('lang'), isCodeWrong: answer.isCodeWrong })
  })
  return router
}

type Found = { session: StoredSession; stored: StoredPayment }
type Answer = { returned?: Returned | undefined; isCodeWrong?: boolean }

/** What one press of a button does. Steps out of turn, such as an old page's, show where things stand. */
function step(ctx: TabbyContext, found: Found, form: { action: unknown; code: unknown }): Answer {
  const { session, stored } = found
  if (form.action === 'leave') return { returned: abandon(ctx, session.id) }
  if (statusOf(ctx, session, stored) !== 'created') return {}
  if (form.action === 'decline') return { returned: reject(ctx, session.id) }
  if (form.action === 'phone') session.step = 'code'
  if (form.action === 'code' && session.step === 'code') return enterCode(ctx, found, form.code)
  if (form.action === 'approve' && session.step === 'plan') return { returned: approve(ctx, session.id) }
  return {}
}

function enterCode(ctx: TabbyContext, { session, stored }: Found, code: unknown): Answer {
  if (code !== CODE) return { isCodeWrong: true }
  if (REFUSED_AFTER_CODE.test(stored.payment.buyer.email)) return { returned: reject(ctx, session.id) }
  session.step = 'plan'
  return {}
}

type Shown = { req: Request; res: Response; lang: unknown; isCodeWrong?: boolean | undefined }

/** False when there is no such session. */
function show(ctx: TabbyContext, { req, res, lang, isCodeWrong = false }: Shown): boolean {
  const { id } = req.params
  const found = typeof id === 'string' ? findSession(ctx, id) : undefined
  if (!found) return false
  const { session, stored } = found
  const status = statusOf(ctx, session, stored)
  const shown = langOf(lang) ?? session.lang
  const { payment } = stored
  send(res, checkoutPage({ session, payment, status, lang: shown, nowMs: ctx.nowMs(), isCodeWrong }))
  return true
}

const langOf = (given: unknown): Lang | undefined => (given === 'ar' || given === 'en' ? given : undefined)

/** No script at all, and no `form-action`: browsers apply it to the redirect after the form, whose target is the shop's. */
function send(res: Response, page: Html): void {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ]
  res.setHeader('content-security-policy', policy.join('; '))
  res.setHeader('content-type', 'text/html; charset=utf-8')
  res.setHeader('cache-control', 'no-store')
  res.setHeader('referrer-policy', 'no-referrer')
  res.end(page.text)
}
