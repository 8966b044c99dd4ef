import { Router, urlencoded, type Request, type Response } from 'express'
import { readFileSync } from 'node:fs'
import type { Html } from '../platform/html.ts'
import { hostedPage, overPage } from './hosted.page.ts'
import { HOSTED_ERRORS, type HostedError, type Locale } from './hosted-texts.ts'
import { lapse, moveOrder } from './orders.ts'
import { DECLINED_PHONE, TAMARA_CARDS } from './people.ts'
import type { OrderStatus, TamaraContext, TamaraOrder } from './state.ts'
import { declinedData } from './tamara-control.ts'

const readPublic = (file: string): Buffer => readFileSync(new URL(`../../public/${file}`, import.meta.url))
const STYLE = readPublic('tamara.css')
const WIDGET = readPublic('tamara-widget.js')
const LOCAL_PHONE = /^(?:\+?971|0)?(5\d{8})$/

/** What one step of the form leads to: on, or back with what was wrong. */
type Step = (ctx: TamaraContext, order: TamaraOrder, body: Fields) => HostedError | undefined

type Fields = Readonly<Record<string, unknown>>

const text = (fields: Fields, name: string): string => {
  const value = fields[name]
  return typeof value === 'string' ? value.replaceAll(/[\s-]/g, '').slice(0, 100) : ''
}

const steps: Readonly<Record<string, Step>> = {
  phone(_ctx, order, fields) {
    const phone = LOCAL_PHONE.exec(text(fields, 'phone'))?.[1]
    if (phone === undefined) return 'phone'
    order.phone = phone
    order.step = 'code'
    return undefined
  },
  restart(_ctx, order) {
    order.step = 'phone'
    return undefined
  },
  code(_ctx, order, fields) {
    if (order.step !== 'code' || text(fields, 'code') !== order.code) return 'code'
    order.step = 'pay'
    return undefined
  },
  pay(ctx, order, fields) {
    if (order.step !== 'pay') return 'code'
    const card = TAMARA_CARDS.find(({ number }) => number === text(fields, 'card'))
    const isComplete = /^\d{2}\/\d{2}$/.test(text(fields, 'expiry')) && /^\d{3,4}$/.test(text(fields, 'cvc'))
    if (!card || !isComplete) return 'card'
    if (text(fields, 'consent') !== 'yes') return 'consent'
    if (!card.pays) return 'card-declined'
    const isDeclined = order.phone === DECLINED_PHONE
    moveOrder(ctx, order, isDeclined ? 'declined' : 'approved', isDeclined ? declinedData : [])
    return undefined
  },
  refuse(ctx, order) {
    moveOrder(ctx, order, 'declined', declinedData)
    return undefined
  },
  leave(ctx, order) {
    moveOrder(ctx, order, 'canceled')
    return undefined
  },
}

/** The hosted page a shopper is sent to, at `checkout_url`, and the widget a shop may show on its own pages. */
export function tamaraHostedRoutes(ctx: TamaraContext): Router {
  const router = Router()
  router.get('/tamara/hosted.css', (_req, res) => sendFile(res, STYLE, 'text/css'))
  router.get('/widget-v2/tamara-widget.js', (_req, res) => sendFile(res, WIDGET, 'text/javascript'))
  router.get('/tamara/checkout/:checkout', (req, res, next) => {
    const order = orderFor(ctx, req.params.checkout)
    if (!order) return next()
    const page = { order, locale: localeOf(req, order), nowMs: ctx.nowMs() }
    sendDocument(
      res,
      isOpen(order) ? hostedPage({ ...page, error: errorOf(req) }) : overPage(page, returnAddress(order)),
    )
  })
  router.post('/tamara/checkout/:checkout/:step', urlencoded({ extended: false, limit: '8kb' }), (req, res, next) => {
    const order = orderFor(ctx, req.params.checkout)
    const step = Object.hasOwn(steps, req.params.step) ? steps[req.params.step] : undefined
    if (!order || !step) return next()
    const wasOpen = isOpen(order)
    const error = wasOpen ? step(ctx, order, fieldsOf(req)) : undefined
    // Away only by what was done just now: a form sent again after the end shows that it has ended.
    if (wasOpen && !isOpen(order)) return res.redirect(303, returnAddress(order))
    const query = new URLSearchParams({ locale: localeOf(req, order), ...(error && { error }) })
    res.redirect(303, `/tamara/checkout/${order.checkoutId}?${query}`)
  })
  return router
}

function sendFile(res: Response, file: Buffer, type: string): void {
  res.setHeader('content-type', `${type}; charset=utf-8`)
  res.setHeader('cache-control', 'public, max-age=60')
  res.setHeader('cross-origin-resource-policy', 'cross-origin')
  res.end(file)
}

const isOpen = (order: TamaraOrder): boolean => order.status === 'new'

function orderFor(ctx: TamaraContext, checkoutId: string): TamaraOrder | undefined {
  const order = ctx.state.orders.get(ctx.state.orderIdByCheckout.get(checkoutId) ?? '')
  return order && lapse(ctx, order)
}

function localeOf(req: Request, order: TamaraOrder): Locale {
  const wanted = req.query['locale']
  if (wanted === 'ar' || wanted === 'en') return wanted
  return order.request.locale === 'ar_SA' ? 'ar' : 'en'
}

const errorOf = (req: Request): HostedError | undefined => HOSTED_ERRORS.find((error) => error === req.query['error'])

const fieldsOf = ({ body }: Request): Fields => (typeof body === 'object' && body !== null ? (body as Fields) : {})

type Outcome = { url: 'success' | 'failure' | 'cancel'; paymentStatus: string }

const refused: Outcome = { url: 'failure', paymentStatus: 'declined' }
const outcomes: Partial<Record<OrderStatus, Outcome>> = {
  declined: refused,
  expired: { url: 'failure', paymentStatus: 'expired' },
  canceled: { url: 'cancel', paymentStatus: 'canceled' },
}

/** Where the shopper goes from here, with what Tamara adds: no proof of anything, the shop asks. */
function returnAddress(order: TamaraOrder): string {
  const { url, paymentStatus } = outcomes[order.status] ?? { url: 'success', paymentStatus: 'approved' }
  const address = new URL(order.request.merchant_url[url])
  address.searchParams.set('paymentStatus', paymentStatus)
  address.searchParams.set('orderId', order.id)
  return address.href
}

/** No `form-action`: browsers apply it to the redirect after the form, whose target is the shop's. */
function sendDocument(res: Response, page: Html): void {
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
