import { TwilioError } from './errors.ts'
import { endOf, moveMessage } from './messages.ts'
import { signatureOf } from './signature.ts'
import type { Message, MessageStatus, TwilioBase } from './state.ts'

export const CALLBACK_MODES = ['normal', 'drop', 'double', 'reorder', 'delay'] as const

export type CallbackSettings = {
  mode: (typeof CALLBACK_MODES)[number]
  /** `delay`: how long each callback waits. `reorder`: how long they are collected before they go out newest first. */
  delayMs: number
  /** This many of the next callbacks are signed with a wrong token. */
  forgeNext: number
  /** Every text ends as `undelivered` (30003). */
  areTextsLost: boolean
}

export type CallbackLine = { messageSid: string; status: MessageStatus; answered: number | null; atMs: number }

export type Callbacks = {
  announce: (message: Message) => void
  /** Reports any status of a message, also of one that does not exist; resolves with what the shop answered. */
  report: (fields: { messageSid: string; status: MessageStatus; url: string }) => Promise<number | null>
  configure: (change: Partial<CallbackSettings>) => CallbackSettings
  settings: () => CallbackSettings
  /** Delivers to this address from now on, signed for the one the shop asked for. */
  setTarget: (url: string) => void
  settled: () => Promise<void>
  log: () => CallbackLine[]
  reset: () => void
  close: () => void
}

type Report = { message: Pick<Message, 'sid' | 'to' | 'from' | 'errorCode'>; status: MessageStatus; url: string }

const CALM: CallbackSettings = { mode: 'normal', delayMs: 50, forgeNext: 0, areTextsLost: false }
const KEPT_LINES = 1_000
const TIMEOUT_MS = 10_000

/** What becomes of texts, told to the shop: queued, then sent, then delivered or not; late, lost, doubled or disordered if wanted. */
export function createCallbacks(ctx: TwilioBase): Callbacks {
  const underWay = new Set<Promise<unknown>>()
  let stop = new AbortController()
  let settings = { ...CALM }
  let target = ctx.config.callbackTarget
  let collected: Report[] = []
  let log: CallbackLine[] = []

  async function post(report: Report): Promise<number | null> {
    const { message, status, url } = report
    const fields = fieldsOf(ctx.config.accountSid, message, status)
    const isForged = settings.forgeNext > 0
    if (isForged) settings.forgeNext -= 1
    const token = isForged ? 'forged' : ctx.config.authToken
    const headers = { 'x-twilio-signature': signatureOf(token, url, fields), 'user-agent': 'TwilioProxy/1.1' }
    const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(TIMEOUT_MS)])
    const request = { method: 'POST', headers, body: new URLSearchParams(fields), signal }
    const answered = await fetch(target ?? url, request).then(
      ({ status: code }) => code,
      () => null,
    )
    log = [...log.slice(1 - KEPT_LINES), { messageSid: message.sid, status, answered, atMs: ctx.nowMs() }]
    return answered
  }

  /** One more try when nobody was there; an answer, whatever it is, is an answer. */
  async function deliver(report: Report): Promise<void> {
    if ((await post(report)) === null && !stop.signal.aborted) await post(report)
  }

  const wait = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      stop.signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
    })

  async function releaseCollected(): Promise<void> {
    await wait(settings.delayMs)
    const batch = collected.toReversed()
    collected = []
    for (const report of batch) await deliver(report)
  }

  async function route(report: Report): Promise<void> {
    if (settings.mode === 'drop') return
    if (settings.mode === 'reorder') {
      collected.push(report)
      return collected.length === 1 ? track(releaseCollected()) : undefined
    }
    if (settings.mode === 'delay') await wait(settings.delayMs)
    await deliver(report)
    if (settings.mode === 'double') await deliver(report)
  }

  function track(work: Promise<unknown>): void {
    underWay.add(work)
    void work.finally(() => underWay.delete(work))
  }

  async function live(message: Message): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve)) // the answer to the request goes out first
    const end = settings.areTextsLost ? { status: 'undelivered' as const, errorCode: 30003 } : endOf(ctx, message)
    const steps = end.status === 'sent' ? [end] : [{ status: 'sent' as const, errorCode: null }, end]
    for (const step of steps) {
      moveMessage(ctx, message, step)
      const report = { message: { ...message }, status: step.status, url: message.statusCallback ?? '' }
      if (message.statusCallback !== undefined) await route(report)
    }
  }

  return {
    announce: (message) => track(live(message)),
    report: ({ messageSid, status, url }) =>
      post({ message: { sid: messageSid, to: '+971501234567', from: 'DHOW', errorCode: null }, status, url }),
    configure(change) {
      settings = { ...settings, ...change }
      return { ...settings }
    },
    settings: () => ({ ...settings }),
    setTarget(url) {
      target = url
    },
    async settled() {
      while (underWay.size > 0) await Promise.allSettled(underWay)
    },
    log: () => [...log],
    reset() {
      stop.abort(new TwilioError(20500, 'the sandbox was reset'))
      stop = new AbortController()
      settings = { ...CALM }
      collected = []
      log = []
    },
    close: () => stop.abort(),
  }
}

function fieldsOf(accountSid: string, message: Report['message'], status: MessageStatus): Record<string, string> {
  return {
    AccountSid: accountSid,
    ApiVersion: '2010-04-01',
    From: message.from,
    MessageSid: message.sid,
    MessageStatus: status,
    SmsSid: message.sid,
    SmsStatus: status,
    To: message.to,
    ...(message.errorCode === null ? {} : { ErrorCode: String(message.errorCode) }),
  }
}
