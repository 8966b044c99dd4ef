import { randomBytes } from 'node:crypto'
import { BoundedMap } from '../platform/bounded-map.ts'

export type TwilioConfig = {
  accountSid: string
  authToken: string
  verifyServiceSid: string
  /** Alphanumeric sender ids registered with the carriers; texts of others are filtered. */
  senders: readonly string[]
  /** Where status callbacks are delivered, if not to their own address: a proxy in front of the shop. They are signed for that one. */
  callbackTarget: string | undefined
}

export type VerificationStatus = 'pending' | 'approved' | 'canceled' | 'max_attempts_reached' | 'expired'

export type Verification = {
  sid: string
  to: string
  code: string
  locale: 'en' | 'ar'
  status: VerificationStatus
  attempts: { sid: string; atMs: number }[]
  checks: number
  createdMs: number
  updatedMs: number
}

export type MessageStatus = 'queued' | 'sent' | 'delivered' | 'undelivered' | 'failed' | 'canceled'

export type Message = {
  sid: string
  to: string
  from: string
  body: string
  status: MessageStatus
  errorCode: number | null
  statusCallback: string | undefined
  createdMs: number
  sentMs: number | null
  updatedMs: number
}

/** A text as it lies on somebody's phone; `code` when Verify sent it. */
export type Sms = {
  id: string
  kind: 'code' | 'message'
  to: string
  from: string
  body: string
  code: string | null
  locale: 'en' | 'ar' | null
  segments: number
  status: MessageStatus
  receivedAt: string
}

const KEPT = 5_000

export type TwilioState = {
  verifications: BoundedMap<Verification>
  messages: BoundedMap<Message>
  texts: BoundedMap<Sms>
  /** Texts given to the carriers since the start or the last reset, by number. */
  sendCounts: Map<string, number>
}

export const createTwilioState = (): TwilioState => ({
  verifications: new BoundedMap(KEPT),
  messages: new BoundedMap(KEPT),
  texts: new BoundedMap(KEPT),
  sendCounts: new Map(),
})

export function clearTwilioState(state: TwilioState): void {
  state.verifications.clear()
  state.messages.clear()
  state.texts.clear()
  state.sendCounts.clear()
}

export function keepText(state: TwilioState, sms: Sms): void {
  state.texts.set(sms.id, sms)
  state.sendCounts.set(sms.to, (state.sendCounts.get(sms.to) ?? 0) + 1)
}

/** Two letters and 32 hex digits. */
export const makeSid = (prefix: string): string => prefix + randomBytes(16).toString('hex')

export type TwilioBase = {
  config: TwilioConfig
  state: TwilioState
  nowMs: () => number
  publicUrl: () => string
}

export type TwilioContext = TwilioBase & {
  /** Tells the shop that a message's status has changed. */
  announce: (message: Message) => void
}
