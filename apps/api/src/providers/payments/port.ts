import type { Address } from '@dhow/contracts/address.ts'
import type { PaymentMethod } from '@dhow/contracts/cart.ts'
import type { DeclineReason, PaymentAction, PaymentState } from '@dhow/contracts/orders.ts'
import type { Locale } from '@dhow/contracts/primitives.ts'
import type { Money } from '@dhow/money/money.ts'

/** Who moves the money. Cash is nobody's but ours: its provider answers from what we have written down ourselves. */
export const providerNames = ['stripe', 'tabby', 'tamara', 'cod'] as const
export type ProviderName = (typeof providerNames)[number]

/** What we need of a payment provider, in our words. Outcomes are values, all of them handled. */
export interface PaymentProvider {
  readonly name: ProviderName
  readonly method: PaymentMethod
  /** Smallest and largest amount the provider takes. */
  readonly minimum: Money
  readonly maximum: Money
  /** `at-once`: money is taken as soon as it is held. `on-fulfilment`: somebody asks for it when the goods leave. */
  readonly captureTime: 'at-once' | 'on-fulfilment'
  /**
   * Whether beginning the same payment again finds the one whose answer was lost. Where each time makes another, the lost one can
   * be paid by nobody: its address was told to no one.
   */
  readonly beginsOnce: boolean
  /**
   * Whether a capture or refund asked for twice under one id is made once, even while the first is under way. Where not, a repeat
   * is told by what is there already, and waits until the first must have arrived.
   */
  readonly repeatsSafely: boolean
  /** Whether money is taken the moment the shopper pays, without our asking; else it is only held until we do. */
  readonly takesByItself: boolean
  /** Whether this shopper may pay this much by it. Advice: the provider may still say no later. */
  checkEligibility(request: EligibilityRequest): Promise<EligibilityOutcome>
  /** Creates the payment there. Asked again for the same payment it answers with the same one, or with one that replaces it. */
  begin(request: BeginPayment): Promise<BeginOutcome>
  /** What the browser needs to go on with a payment that was begun before. */
  reopen(payment: BegunPayment): Promise<BeginOutcome>
  /** The truth, read from the provider. Browsers and webhooks only ever cause this call. */
  fetch(payment: BegunPayment): Promise<FetchOutcome>
  /** Says yes to a payment whose truth `needsAuthorise`. Saying it twice is as good as once. */
  authorise(payment: BegunPayment): Promise<FetchOutcome>
  /** Takes held money. The capture's id is the idempotency key: again with the same id takes nothing more. */
  capture(payment: BegunPayment, request: CaptureRequest): Promise<MoneyOutcome>
  /** Stops a payment so that no money can arrive any more, or lets go of what is held and not taken. */
  cancel(payment: BegunPayment, by: CancelledBy): Promise<CancelOutcome>
  /** Gives taken money back. The refund's id is the idempotency key. */
  refund(payment: BegunPayment, request: RefundRequest): Promise<MoneyOutcome>
  /** Verifies what came to `/webhooks/{name}`. Undefined when it is forged, stale or unreadable. */
  readWebhook(webhook: IncomingWebhook): WebhookEvent | undefined | Promise<WebhookEvent | undefined>
  /** Payments changed or created there in a time, for reconciliation; null where the provider has no such list. */
  list: ((window: { from: Date; to: Date }) => AsyncIterable<PaymentTruth>) | null
}

/** A payment as its provider knows it. `providerRef` is what every call names. */
export interface BegunPayment {
  paymentId: string
  orderId: string
  providerRef: string
  sessionRef: string | null
  redirectUrl: string | null
  amount: Money
}

export interface Buyer {
  name: string
  email: string
  /** E.164. */
  phone: string
}

export interface EligibilityRequest {
  amount: Money
  locale: Locale
  /** Null before the shopper has said who they are. */
  buyer: Buyer | null
  address: Address | null
  /** Only read when the provider asks: it costs queries. */
  details: () => Promise<Omit<PurchaseDetails, 'buyer' | 'address'> | undefined>
}

/** The provider's own reasons, in our words; the page has the wording each provider asks for, by provider and reason. */
export type EligibilityReason = 'not-available' | 'amount-too-high' | 'amount-too-low'

export type EligibilityOutcome =
  | { kind: 'eligible'; instalments: { count: number } | null; labels: { en: string; ar: string } | null }
  | { kind: 'refused'; reason: EligibilityReason }
  | { kind: 'unknown'; cause: unknown } // no answer in time: the limits decide, or the method is not shown

export interface PurchaseItem {
  sku: string
  name: string
  category: string
  quantity: number
  unitPrice: Money
  total: Money
  vat: Money
  pictureUrl: string | null
  productUrl: string | null
}

/** Everything an instalment provider wants to know before it lends. Amounts add up to the payment's to the fils. */
export interface PurchaseDetails {
  buyer: Buyer
  address: Address
  items: readonly PurchaseItem[]
  /** VAT contained in the whole. */
  vat: Money
  delivery: Money
  /** What store credit pays, and any other reduction. */
  discount: Money
  buyerHistory: {
    /** When the account was made; null for guests. */
    registeredSince: string | null
    successfulOrders: number
    isPhoneVerified: boolean
    isEmailVerified: boolean
  }
  /** The buyer's last orders, newest first, at most ten. */
  orderHistory: readonly {
    placedAt: string
    amount: Money
    method: PaymentMethod
    status: 'new' | 'processing' | 'complete' | 'refunded' | 'cancelled'
  }[]
}

export interface BeginPayment {
  paymentId: string
  orderId: string
  orderNumber: string
  amount: Money
  locale: Locale
  /** Pages of the website the provider sends the shopper back to. */
  returnUrls: { success: string; cancelled: string; failed: string }
  /** The shopper as the provider of saved cards knows them; null for guests. */
  customerRef: string | null
  /** Only read when the provider asks: it costs queries. */
  details: () => Promise<PurchaseDetails>
}

export type BeginOutcome =
  | {
      kind: 'begun'
      providerRef: string
      sessionRef: string | null
      redirectUrl: string | null
      expiresAt: string | null
      action: PaymentAction
    }
  | { kind: 'refused'; reason: string; eligibility: EligibilityReason | null }
  | { kind: 'unknown'; cause: unknown } // time-out: it may exist. Asked again with the same key, never with a new one

/** Who wanted a payment stopped. The provider keeps it where it can, so that its webhook tells the same story as our own answer. */
export type CancelledBy = 'shopper' | 'shop'

/** One movement of money as the provider has it. `ourId` is the id we asked with, where the provider keeps it. */
export interface MoneyMove {
  providerRef: string
  ourId: string | null
  amount: number
}

export interface RefundMove extends MoneyMove {
  state: 'pending' | 'succeeded' | 'failed'
  failureReason: string | null
  /** True where the provider keeps no ids of ours: without one, it is any of ours of its amount, or somebody else's. */
  mayBeOurs?: boolean
}

export interface PaymentTruth {
  providerRef: string
  /** The order the provider says it is for; null when what it says is no id of ours. */
  orderId: string | null
  state: PaymentState
  /** The provider's own word. */
  providerState: string
  /** Agreed by the shopper, and lost unless we say yes (`authorise`). Its state is `processing` until then. */
  needsAuthorise: boolean
  amount: number
  currency: string
  /** Held at some time, what was taken since included. */
  authorisedAmount: number
  capturedAmount: number
  refundedAmount: number
  captures: readonly MoneyMove[]
  refunds: readonly RefundMove[]
  card: { brand: string; last4: string } | null
  wallet: 'apple-pay' | 'google-pay' | 'link' | null
  declineReason: DeclineReason | null
  /** Set when it was cancelled. */
  cancelledBy: CancelledBy | null
  /** ISO 8601. When an unpaid payment is given up there; null when never or not said. */
  expiresAt: string | null
  /** ISO 8601. Until when held money can be taken. */
  captureBefore: string | null
  /** What the provider keeps of it, minor units; null while it has not said. */
  feeAmount: number | null
}

export type FetchOutcome =
  | { kind: 'found'; truth: PaymentTruth }
  | { kind: 'missing' }
  | { kind: 'unknown'; cause: unknown }

export type CancelOutcome =
  | { kind: 'cancelled'; truth: PaymentTruth }
  | { kind: 'too-late'; truth: PaymentTruth } // money has been taken or is on its way
  | { kind: 'not-stoppable'; truth: PaymentTruth } // unpaid, and the provider offers no way to stop it: it expires by itself
  | { kind: 'missing' } // the provider does not know it: another account's keys, most likely
  | { kind: 'unknown'; cause: unknown }

/** Who carries the goods; some providers ask before they hand the money over. */
export interface Shipment {
  company: string
  trackingNumber: string | null
  trackingUrl: string | null
  /** ISO 8601. */
  shippedAt: string
}

export interface CaptureRequest {
  captureId: string
  amount: Money
  /** What is not taken is let go. */
  isFinal: boolean
  /** Fils our earlier captures have taken: one is under way at a time, so more than that is this one's doing. */
  takenBefore: number
  shipment: Shipment | null
}

export interface RefundRequest {
  refundId: string
  amount: Money
  /** The provider's names of the payment's other refunds: where it keeps no ids of ours, this one is not among them. */
  otherRefs: readonly string[]
  /** A few words for the provider; nothing personal. */
  reason: string
}

/** How taking or giving back went. `done` and `pending` carry the payment's whole truth, which alone is booked. */
export type MoneyOutcome =
  | { kind: 'done'; providerRef: string; truth: PaymentTruth }
  | { kind: 'pending'; providerRef: string; truth: PaymentTruth }
  | { kind: 'refused'; reason: string } // understood, and no: asking again changes nothing
  | { kind: 'unknown'; cause: unknown } // money may have moved. Asked again with the same id only

export interface IncomingWebhook {
  rawBody: Buffer
  /** Names in lower case. */
  headers: Readonly<Record<string, string | string[] | undefined>>
  query: URLSearchParams
  /** Whoever the proxies say it came from. */
  remoteAddress: string
  now: Date
}

export interface WebhookEvent {
  eventId: string
  type: string
  /** What it speaks of, as the provider names it: the payment, or by its topic the dispute or payout; null for the rest. */
  objectRef: string | null
  /** What else it is about, for the handler of its kind: a dispute, a bank's warning, a payout. */
  topic: 'payment' | 'dispute' | 'fraud-warning' | 'payout' | 'other'
  /** Our order, where the provider repeats it; a payment it spoke of before we knew its name is found by this. */
  orderId: string | null
}
