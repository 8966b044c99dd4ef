import { json, Router, type NextFunction, type Request, type Response } from 'express'
import { sendPage } from '../platform/page.ts'
import {
  ControlInputError,
  parseAct,
  parseAdvance,
  parseCallbackChange,
  parseChallenge,
  parseDecision,
  parseFault,
  parseId,
  parseProvider,
  parseResend,
  parseTarget,
  parseWebhookChange,
} from './control-input.ts'
import { controlPage } from './control.page.ts'
import type { SandboxControl } from './control.ts'

/** The switches, as a page and as JSON. Only JSON bodies are taken, so that another site's form cannot throw them. */
export function controlRoutes(control: SandboxControl): Router {
  const router = Router()
  router.use(json({ limit: '64kb' }))
  router.get('/', (_req, res) => sendPage(res, controlPage(control.state(), control.payments())))
  router.get('/state', (_req, res) => void res.json(control.state()))
  router.post('/reset', (req, res) => {
    requireJson(req)
    control.reset()
    res.json({ ok: true })
  })
  router.post('/webhooks', (req, res) => void res.json(control.setWebhooks(parseWebhookChange(req.body))))
  router.post('/webhooks/release', (req, res) => {
    requireJson(req)
    res.json({ released: control.releaseWebhooks() })
  })
  router.post('/webhooks/target', (req, res) => {
    const { url, secret } = parseTarget(req.body)
    control.setWebhookTarget(url, secret)
    res.json({ ok: true })
  })
  router.post('/webhooks/resend', (req, res) => {
    const { eventId, times } = parseResend(req.body)
    if (control.resendEvent(eventId, times)) res.json({ ok: true })
    else res.status(404).json({ error: 'no such event' })
  })
  router.get('/payments', (req, res) => void res.json(control.payments(parseProvider(req.query))))
  router.post('/payments/act', (req, res) => {
    const { provider, id, action } = parseAct(req.body)
    if (control.act(provider, id, action)) res.json({ ok: true })
    else res.status(409).json({ error: `nothing to ${action}` })
  })
  router.post('/clock', (req, res) => {
    control.advanceClock(parseAdvance(req.body))
    res.json({ now: control.state().now })
  })
  addStripeRoutes(router, control)
  router.post('/texts', (req, res) => void res.json(control.setTexts(parseCallbackChange(req.body))))
  router.post('/faults', (req, res) => {
    control.addFault(parseFault(req.body))
    res.json({ faults: control.state().faults })
  })
  router.delete('/faults', (_req, res) => {
    control.clearFaults()
    res.json({ faults: [] })
  })
  router.post('/challenge', (req, res) => {
    const { paymentIntent, outcome } = parseChallenge(req.body)
    if (control.answerChallenge(paymentIntent, outcome)) res.json({ status: control.findIntent(paymentIntent)?.status })
    else res.status(404).json({ error: 'no challenge is waiting for this payment intent' })
  })
  router.use((error: unknown, _req: Request, res: Response, next: NextFunction) => {
    if (error instanceof ControlInputError) res.status(400).json({ error: error.message })
    else next(error)
  })
  return router
}

/** What happens at Stripe and its banks without anybody calling its API. */
function addStripeRoutes(router: Router, { stripe }: SandboxControl): void {
  router.post('/stripe/payouts', (req, res) => {
    requireJson(req)
    const payout = stripe.payOut()
    if (payout) res.json(payout)
    else res.status(409).json({ error: 'nothing is owed' })
  })
  router.post('/stripe/payouts/fail', (req, res) => {
    if (stripe.failPayout(parseId(req.body))) res.json({ ok: true })
    else res.status(409).json({ error: 'no payout that could come back' })
  })
  router.post('/stripe/disputes', (req, res) => {
    const { id, decision } = parseDecision(req.body)
    if (stripe.decideDispute(id, decision)) res.json({ ok: true })
    else res.status(409).json({ error: 'nothing to decide' })
  })
}

function requireJson(req: Request): void {
  if (!req.is('application/json')) throw new ControlInputError('Send content-type application/json, if only with {}')
}
