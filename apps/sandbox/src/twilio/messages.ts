import { isHttpUrl } from '../config.ts'
import { TwilioError } from './errors.ts'
import { readForm, type Form } from './forms.ts'
import { MAGIC_FROM, MAGIC_TO, sentinelOf } from './numbers.ts'
import { segmentsOf } from './sms-text.ts'
import { keepText, makeSid, type Message, type TwilioBase, type TwilioContext } from './state.ts'

const MAX_BODY = 1600
const E164 = /^\+[1-9]\d{6,14}$/
/** At most 11 letters, digits and spaces, one letter at least; `AD-` goes before promotional ones. */
const SENDER_ID = /^(?=.*[A-Za-z])[A-Za-z0-9 -]{1,11}$/

/** `POST …/Messages.json`: takes a text, or says at once why not. What becomes of it is told by callbacks. */
export function createMessage(ctx: TwilioContext, body: unknown): { answer: object; isCut: boolean } {
  const form = readForm('CreateMessage', body)
  const { To: to = '', From: from = '', Body: text = '' } = form
  refuse(form)
  const sentinel = sentinelOf(to)
  if (sentinel?.message !== undefined) throw new TwilioError(sentinel.message)
  const nowMs = ctx.nowMs()
  const message: Message = {
    sid: makeSid('SM'),
    to,
    from,
    body: text,
    status: 'queued',
    errorCode: null,
    statusCallback: form['StatusCallback'],
    createdMs: nowMs,
    sentMs: null,
    updatedMs: nowMs,
  }
  ctx.state.messages.set(message.sid, message)
  keepText(ctx.state, {
    id: message.sid,
    kind: 'message',
    to,
    from,
    body: text,
    code: null,
    locale: null,
    segments: segmentsOf(text),
    status: 'queued',
    receivedAt: new Date(nowMs).toISOString(),
  })
  const answer = viewOf(ctx, message)
  ctx.announce(message)
  return { answer, isCut: sentinel?.isCut === true }
}

export function fetchMessage(ctx: TwilioContext, sid: string): object {
  const message = ctx.state.messages.get(sid)
  if (!message) throw new TwilioError(20404)
  return viewOf(ctx, message)
}

/** How a text ends: as its number says, or filtered when nobody knows its sender. */
export function endOf(ctx: TwilioBase, message: Message): { status: Message['status']; errorCode: number | null } {
  const sentinel = sentinelOf(message.to)
  if (sentinel?.later) return sentinel.later
  const isKnown = E164.test(message.from) || ctx.config.senders.includes(message.from)
  return isKnown ? { status: 'delivered', errorCode: null } : { status: 'undelivered', errorCode: 30007 }
}

export function moveMessage(
  ctx: TwilioBase,
  message: Message,
  to: { status: Message['status']; errorCode: number | null },
): void {
  message.status = to.status
  message.errorCode = to.errorCode
  message.updatedMs = ctx.nowMs()
  message.sentMs ??= ctx.nowMs()
  const text = ctx.state.texts.get(message.sid)
  if (text) text.status = to.status
}

function refuse(form: Form): void {
  const { To: to = '', From: from, MessagingServiceSid: service, Body: text, StatusCallback: callback } = form
  if (from === undefined && service === undefined) throw new TwilioError(21603)
  const magic = MAGIC_TO[to] ?? (from === undefined ? undefined : MAGIC_FROM[from])
  if (magic !== undefined) throw new TwilioError(magic)
  if (!E164.test(to)) throw new TwilioError(21211, `Invalid 'To' Phone Number: ${to.slice(0, 5)}XXXX`)
  if (from !== undefined && !E164.test(from) && !SENDER_ID.test(from)) throw new TwilioError(21212)
  if (!text) throw new TwilioError(21602)
  if (text.length > MAX_BODY) throw new TwilioError(21617)
  if (callback !== undefined && !isHttpUrl(callback)) throw new TwilioError(20001, 'Invalid parameter: StatusCallback')
}

function viewOf(ctx: TwilioContext, message: Message): object {
  const { accountSid } = ctx.config
  const { sid, to, from, body, status, errorCode, createdMs, sentMs, updatedMs } = message
  const uri = `/2010-04-01/Accounts/${accountSid}/Messages/${sid}`
  return {
    account_sid: accountSid,
    api_version: '2010-04-01',
    body,
    date_created: rfc2822(createdMs),
    date_sent: sentMs === null ? null : rfc2822(sentMs),
    date_updated: rfc2822(updatedMs),
    direction: 'outbound-api',
    error_code: errorCode,
    error_message: null,
    from,
    messaging_service_sid: null,
    num_media: '0',
    num_segments: String(segmentsOf(body)),
    price: null,
    price_unit: 'USD',
    sid,
    status,
    subresource_uris: { media: `${uri}/Media.json` },
    to,
    uri: `${uri}.json`,
  }
}

/** `Sun, 22 Nov 2026 10:00:00 +0000` */
const rfc2822 = (atMs: number): string => new Date(atMs).toUTCString().replace('GMT', '+0000')
