import type { DeclineReason, PaymentAction, PaymentState } from '@dhow/contracts/orders.ts'
import type { Money } from '@dhow/money/money.ts'

/** What we need of a payment provider, in our words. Outcomes are values, all of them handled. */
export interface PaymentProvider {
  readonly name: 'stripe'
  /** What a page needs before there is an order. */
  readonly publishableKey: string
  readonly scriptUrl: string
  /** Smallest amount the provider takes. */
  readonly minimum: Money
  /** Creates the payment there. The same payment again answers with the same one: the key is the payment's id. */
  begin(request: BeginPayment): Promise<BeginOutcome>
  /** The truth, read from the provider. Browsers and webhooks only ever cause this call. */
  fetch(providerRef: string): Promise<FetchOutcome>
  /** Stops a payment so that no money can arrive any more. */
  cancel(providerRef: string): Promise<CancelOutcome>
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

export interface PaymentTruth {
  providerRef: string
  /** The order the provider says it is for. */
  orderId: string | null
  state: PaymentState
  amount: number
  currency: string
  capturedAmount: number
  card: { brand: string; last4: string } | null
  declineReason: DeclineReason | null
}

export type FetchOutcome =
  | { kind: 'found'; truth: PaymentTruth }
  | { kind: 'missing' }
  | { kind: 'unknown'; cause: unknown }

export type CancelOutcome =
  | { kind: 'cancelled'; truth: PaymentTruth }
  | { kind: 'too-late'; truth: PaymentTruth } // money has arrived or is on its way
  | { kind: 'unknown'; cause: unknown }

export interface WebhookEvent {
  eventId: string
  type: string
  /** The payment it speaks of; null for events that concern none. */
  objectRef: string | null
}
