import { json, Router, type NextFunction, type Request, type Response } from 'express'
import type { Faults } from '../platform/faults.ts'
import { answerLate } from '../platform/late-answer.ts'
import type { Inbox } from './inbox.ts'
import { parseMail, type MailFault } from './mail-rules.ts'

export type SendgridDeps = {
  apiKey: string
  inbox: Inbox
  faults: Faults
  count: (endpoint: string) => void
  nowMs: () => number
}

const RATE_LIMIT = 10_000

/** `POST /v3/mail/send`: accepts, refuses and limits in SendGrid's shapes; accepted mail goes to the inbox. */
export function sendgridRoutes(deps: SendgridDeps): Router {
  const router = Router()
  router.use(rateLimitHeaders(deps))
  router.use(json({ limit: '30mb' }))
  router.post('/mail/send', (req, res) => {
    deps.count('POST /v3/mail/send')
    const fault = deps.faults.take('sendgrid', 'POST', '/v3/mail/send')
    if (fault?.kind === 'error500') return refuse(res, 500, [message('Internal Server Error')])
    if (fault?.kind === 'rate-limit') return refuse(res, 429, [message('too many requests')])
    if (fault?.kind === 'reset-before') return void res.socket?.destroy()
    if (fault?.kind === 'timeout') return
    const write = receive(deps, req, res)
    if (fault?.kind === 'reset-after') res.socket?.destroy()
    else answerLate(res, fault, write)
  })
  router.all('/mail/send', (_req, res) => refuse(res, 405, [message('Method Not Allowed')]))
  router.use((error: unknown, _req: Request, res: Response, next: NextFunction) => {
    const status = statusOf(error)
    if (status === 413) return refuse(res, 413, [message('The maximum size for a message is 30MB.')])
    if (status === 400) return refuse(res, 400, [message('Bad Request')])
    next(error)
  })
  return router
}

/** Applies the request and says how to answer it. */
function receive(deps: SendgridDeps, req: Request, res: Response): () => void {
  if (req.get('authorization') !== `Bearer ${deps.apiKey}`)
    return () => refuse(res, 401, [message('The provided authorization grant is invalid, expired, or revoked')])
  if (req.body === undefined) return () => refuse(res, 400, [message('Bad Request')])
  const parsed = parseMail(req.body, Math.floor(deps.nowMs() / 1000))
  if ('faults' in parsed) return () => refuse(res, 400, parsed.faults)
  const { mail } = parsed
  if (mail.from.email.toLowerCase().startsWith('unverified@'))
    return () =>
      refuse(res, 403, [{ ...message('The from address does not match a verified Sender Identity.'), field: 'from' }])
  if (mail.mail_settings?.sandbox_mode?.enable) return () => void res.status(200).end()
  const messageId = deps.inbox.receive(mail, deps.nowMs())
  return () => void res.status(202).setHeader('x-message-id', messageId).end()
}

function rateLimitHeaders({ nowMs }: SendgridDeps) {
  let minute = 0
  let left = RATE_LIMIT
  return (_req: Request, res: Response, next: NextFunction) => {
    const current = Math.floor(nowMs() / 60_000)
    if (current !== minute) [minute, left] = [current, RATE_LIMIT]
    left = Math.max(0, left - 1)
    res.setHeader('x-ratelimit-limit', RATE_LIMIT)
    res.setHeader('x-ratelimit-remaining', left)
    res.setHeader('x-ratelimit-reset', (minute + 1) * 60)
    next()
  }
}

function refuse(res: Response, status: number, errors: MailFault[]): void {
  res.status(status).json({ errors })
}

function message(text: string): MailFault {
  return { message: text, field: null, help: null }
}

function statusOf(error: unknown): number {
  const status: unknown = error instanceof Error ? Reflect.get(error, 'status') : undefined
  return typeof status === 'number' ? status : 500
}
