import type { Locale } from '@dhow/contracts/primitives.ts'

export const codePurposes = ['sign-in', 'change-phone', 'confirm-identity', 'confirm-order'] as const
/** What a code is for; each has its own words. */
export type CodePurpose = (typeof codePurposes)[number]

export interface CodeRequest {
  /** E.164. */
  phone: string
  purpose: CodePurpose
  locale: Locale
  /** Opaque, the same for one address: the provider may count by it too. */
  callerKey: string
}

/** A verification by its reference, or by its number where the answer that named it never came. */
export interface StartedCode {
  providerRef: string | null
  phone: string
}

export type StartOutcome =
  | { kind: 'sent'; providerRef: string }
  | { kind: 'refused'; reason: 'no-mobile' | 'no-number' } // this number can never be sent one
  | { kind: 'limited'; retryAfterSeconds: number } // too many for this number
  | { kind: 'blocked'; reason: string } // fraud guard or geography: not sent, and a person should know
  | { kind: 'unavailable'; reason: string } // certainly not sent; the provider fails or refuses us
  | { kind: 'unknown'; cause: unknown } // no answer: it may have been sent. Asking again sends the same code

export type CheckOutcome =
  | { kind: 'approved' } // once: the verification is over
  | { kind: 'wrong' }
  | { kind: 'gone' } // too old, used, cancelled: a new code is needed
  | { kind: 'exhausted' } // too many wrong codes
  | { kind: 'unknown'; cause: unknown }

export interface TextMessage {
  /** E.164. */
  to: string
  /** Without links or phone numbers: UAE carriers filter them. */
  text: string
}

export type TextOutcome =
  | { kind: 'accepted'; providerRef: string }
  | { kind: 'refused'; reason: string } // this number or text: trying again changes nothing
  | { kind: 'retry'; afterSeconds: number; cause: unknown } // certainly not sent
  | { kind: 'locked-out'; reason: string } // the provider refuses us: not sent, and a person must act
  | { kind: 'unknown'; cause: unknown } // no answer to what may have been sent: sending again could make it two

/** What became of a text: `sent` to the carrier, or how it ended. */
export interface TextReport {
  providerRef: string
  state: 'sent' | 'delivered' | 'undelivered'
  /** Of the provider, when it did not arrive. */
  errorCode: string | null
}

export type ReportOutcome =
  | { kind: 'report'; report: TextReport }
  | { kind: 'ignored' } // genuine, but of no consequence
  | { kind: 'forged' }

export interface SmsProvider {
  /** Sends a code of the provider's own making; the same one while a verification of that number is open. */
  startVerification(request: CodeRequest): Promise<StartOutcome>
  checkVerification(started: StartedCode, code: string): Promise<CheckOutcome>
  /** Ends it, so that the next request has another code. True when nothing is open any more. */
  cancelVerification(started: StartedCode): Promise<boolean>
  sendMessage(message: TextMessage): Promise<TextOutcome>
  /** Reads a status callback. @param path as it was called, query included. */
  readReport(path: string, rawBody: string, signature: string | undefined): Promise<ReportOutcome>
}
