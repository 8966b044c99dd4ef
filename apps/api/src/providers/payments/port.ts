import type { DeclineReason, PaymentAction, PaymentState } from '@dhow/contracts/orders.ts'
import type { Money } from '@dhow/money/money.ts'

/** What we need of a payment provider, in our words. Outcomes are values, all of them handled. */
export interface PaymentProvider {
  readonly name: 'stripe'
  /** What a page needs before there is an order. */
  readonly publishableKey: string
  readonly scriptUrl: string
  /** Smallest and largest amount the provider takes. */
  readonly minimum: Money
  readonly maximum: Money
  /** Creates the payment there. The same payment again answers with the same one: the key is the payment's id. */
  begin(request: BeginPayment): Promise<BeginOutcome>
  /** What the browser needs to go on with a payment that was begun before. */
  reopen(providerRef: string): Promise<BeginOutcome>
  /** The truth, read from the provider. Browsers and webhooks only ever cause this call. */
  fetch(providerRef: string): Promise<FetchOutcome>
  /** Stops a payment so that no money can arrive any more. */
  cancel(providerRef: string, by: CancelledBy): Promise<CancelOutcome>
  /** Verifies the signature over the raw bytes. Undefined when it is forged, stale or unreadable. */
  readWebhook(rawBody: Buffer, signature: string | undefined): WebhookEvent | undefined
}

export interface BeginPayment {
  paymentId: string
  orderId: string
  amount: Money
}

export type BeginOutcome =
  | { kind: 'begun'; providerRef: string; action: PaymentAction }
  | { kind: 'refused'; reason: string }
  | { kind: 'unknown'; cause: unknown } // time-out: it may exist. Asked again with the same key, never with a new one

/** Who wanted a payment stopped. The provider keeps it, so that its webhook tells the same story as our own answer. */
export type CancelledBy = 'shopper' | 'shop'

export interface PaymentTruth {
  providerRef: string
  /** The order the provider says it is for; null when what it says is no id of ours. */
  orderId: string | null
  state: PaymentState
  amount: number
  currency: string
  capturedAmount: number
  card: { brand: string; last4: string } | null
  declineReason: DeclineReason | null
  /** Set when it was cancelled. */
  cancelledBy: CancelledBy | null
}

export type FetchOutcome =
  | { kind: 'found'; truth: PaymentTruth }
  | { kind: 'missing' }
  | { kind: 'unknown'; cause: unknown }

export type CancelOutcome =
  | { kind: 'cancelled'; truth: PaymentTruth }
  | { kind: 'too-late'; truth: PaymentTruth } // money has arrived or is on its way
  | { kind: 'missing' } // the provider does not know it: another account's keys, most likely
  | { kind: 'unknown'; cause: unknown }

export interface WebhookEvent {
  eventId: string
  type: string
  /** The payment it speaks of; null for events that concern none. */
  objectRef: string | null
}
