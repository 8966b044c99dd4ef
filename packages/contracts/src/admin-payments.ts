import { z } from 'zod'
import { PaidMethod } from './cart.ts'
import { defineEndpoint } from './endpoint.ts'
import { DeclineReason, OrderState, PaymentState, timelineKinds } from './orders.ts'
import { pageOf, pageQuery } from './paging.ts'
import { Id, Instant, Money, OrderNumber, typedText } from './primitives.ts'

const base = { tag: 'Payments (staff)', auth: 'staff', rateLimit: 'staff' } as const
const reads = { ...base, permission: 'payments.read' } as const
/** Moves money, so it takes a second factor of the last minutes and is done once however often it is sent. */
const moves = { ...base, permission: 'payments.write', isFresh: true, idempotency: 'required' } as const

export const MAX_FILS = 100_000_000
export const PositiveMoney = z
  .strictObject({ amount: z.int().min(1).max(MAX_FILS), currency: z.literal('AED') })
  .meta({ id: 'PositiveMoney', description: 'More than nothing, in whole minor units (fils).' })

export const PaymentProviderName = z.enum(['stripe', 'tabby', 'tamara', 'cod', 'store-credit'])
export const reasonText = typedText({ min: 3, max: 200 })

export const PaymentListItem = z
  .strictObject({
    id: Id,
    orderNumber: OrderNumber,
    orderState: OrderState,
    /** An order may be tried several times; only one try is current. */
    attempt: z.int(),
    isCurrent: z.boolean(),
    provider: PaymentProviderName,
    method: PaidMethod,
    state: PaymentState,
    amount: Money,
    authorised: Money,
    captured: Money,
    /** Asked for or done, and not failed. */
    refundRequested: Money,
    refunded: Money,
    /** Why everything automatic about it has stopped until a person decides (`releaseHold`). */
    heldReason: z.string().nullable(),
    /** Held money that is not taken by then lapses, or is taken by itself. */
    captureBefore: Instant.nullable(),
    /** How much of that time was over when it was last warned of: 0, 50 or 90 percent. */
    alarmLevel: z.int(),
    createdAt: Instant,
    updatedAt: Instant,
  })
  .meta({ id: 'AdminPayment' })
export type PaymentListItem = z.infer<typeof PaymentListItem>

export const CaptureView = z
  .strictObject({
    id: Id,
    amount: Money,
    /** What is not taken is let go. */
    isFinal: z.boolean(),
    state: z.enum(['requested', 'succeeded', 'failed']),
    providerRef: z.string().nullable(),
    failureReason: z.string().nullable(),
    /** Null when it was taken by itself. */
    requestedBy: z.strictObject({ id: Id, name: z.string() }).nullable(),
    at: Instant,
  })
  .meta({ id: 'Capture' })
export type CaptureView = z.infer<typeof CaptureView>

/** What a refund gives back, piece by piece. */
export const refundParts = {
  amount: Money,
  /** Contained in amount. */
  vat: Money,
  lines: z.array(z.strictObject({ lineId: Id, quantity: z.int(), amount: Money, vat: Money })),
  delivery: Money,
  paymentFee: Money,
  /** Beyond lines, delivery and fee: goodwill. */
  other: Money,
  /** Zero or less: fils that cash had rounded off, which were never paid. */
  rounding: Money,
}

export const RefundView = z
  .strictObject({
    id: Id,
    orderNumber: OrderNumber,
    paymentId: Id.nullable(),
    destination: z.enum(['original', 'store-credit']),
    state: z.enum(['requested', 'pending', 'succeeded', 'failed']),
    ...refundParts,
    /** False gives back money that paid for nothing, such as paying twice. */
    isOfSale: z.boolean(),
    /** Made at the provider's own page. */
    isExternal: z.boolean(),
    reason: z.string(),
    failureReason: z.string().nullable(),
    providerRef: z.string().nullable(),
    requestedBy: z.strictObject({ id: Id, name: z.string() }).nullable(),
    approvalId: Id.nullable(),
    createdAt: Instant,
    succeededAt: Instant.nullable(),
  })
  .meta({ id: 'Refund' })
export type RefundView = z.infer<typeof RefundView>

export const DisputeView = z
  .strictObject({
    id: Id,
    paymentId: Id,
    orderNumber: OrderNumber,
    provider: PaymentProviderName,
    providerRef: z.string(),
    state: z.enum(['inquiry', 'needs-response', 'under-review', 'won', 'lost', 'closed']),
    reason: z.string(),
    amount: Money,
    /** Evidence is taken until then, at the provider. */
    dueAt: Instant.nullable(),
    hasEvidence: z.boolean(),
    isRefundable: z.boolean(),
    /** What the provider has taken back for it so far, fees apart. */
    withdrawn: Money,
    fee: Money,
    openedAt: Instant,
    closedAt: Instant.nullable(),
  })
  .meta({ id: 'Dispute' })
export type DisputeView = z.infer<typeof DisputeView>

export const FraudWarningView = z
  .strictObject({
    paymentId: Id,
    providerRef: z.string(),
    /** The bank's own word for it, such as `made_with_stolen_card`. */
    kind: z.string(),
    /** Whether giving the money back would still spare the dispute. */
    isActionable: z.boolean(),
    warnedAt: Instant,
  })
  .meta({ id: 'FraudWarning' })
export type FraudWarningView = z.infer<typeof FraudWarningView>

export const LedgerTransactionView = z
  .strictObject({
    id: Id,
    kind: z.string(),
    /** What it came of; the same cause is booked once. */
    source: z.string(),
    at: Instant,
    /** Debit above zero, credit below; they add up to nothing. */
    entries: z.array(z.strictObject({ account: z.string(), amount: Money })),
  })
  .meta({ id: 'LedgerTransaction' })
export type LedgerTransactionView = z.infer<typeof LedgerTransactionView>

export const PaymentDetail = PaymentListItem.extend({
  providerRef: z.string().nullable(),
  /** The provider's own word for its state. */
  providerState: z.string().nullable(),
  card: z.strictObject({ brand: z.string(), last4: z.string() }).nullable(),
  wallet: z.string().nullable(),
  declineReason: DeclineReason.nullable(),
  /** What the provider keeps; null while it has not said. */
  fee: Money.nullable(),
  deadlines: z.strictObject({
    /** Until when the order waits for money. */
    order: Instant.nullable(),
    /** When the provider gives an unpaid payment up. */
    expires: Instant.nullable(),
    capture: Instant.nullable(),
  }),
  canCapture: z.boolean(),
  canVoid: z.boolean(),
  attempts: z.array(PaymentListItem),
  captures: z.array(CaptureView),
  refunds: z.array(RefundView),
  disputes: z.array(DisputeView),
  /** Banks of payers of this order that call its payments fraud. */
  fraudWarnings: z.array(FraudWarningView),
  ledger: z.array(LedgerTransactionView),
  webhooks: z.array(
    z.strictObject({
      eventId: z.string(),
      type: z.string(),
      state: z.enum(['stored', 'handled', 'failed', 'ignored']),
      receivedAt: Instant,
      failureReason: z.string().nullable(),
    }),
  ),
  /** The order's, as the shopper sees it, and what only staff are told. */
  timeline: z.array(
    z.strictObject({ at: Instant, kind: z.enum([...timelineKinds, 'fraud-warning', 'dispute-opened']) }),
  ),
}).meta({ id: 'AdminPaymentDetail' })
export type PaymentDetail = z.infer<typeof PaymentDetail>

const paymentParams = z.strictObject({ paymentId: Id })
const flag = z.enum(['true', 'false']).transform((text) => text === 'true')

export const listPayments = defineEndpoint({
  ...reads,
  id: 'listPayments',
  method: 'GET',
  path: '/admin/payments',
  status: 200,
  summary: 'Payments, newest first',
  query: z.strictObject({
    state: PaymentState.optional(),
    method: PaidMethod.optional(),
    /** Only those that wait for a person. */
    held: flag.optional(),
    /** Only held money of whose time to be taken half or more is over. */
    overdue: flag.optional(),
    orderNumber: OrderNumber.optional(),
    ...pageQuery,
  }),
  response: pageOf(PaymentListItem),
  problems: ['catalog/cursor-invalid'],
})

export const getPayment = defineEndpoint({
  ...reads,
  id: 'getPayment',
  method: 'GET',
  path: '/admin/payments/{paymentId}',
  status: 200,
  summary: 'One payment with everything that happened to it',
  params: paymentParams,
  response: PaymentDetail,
  problems: ['payments/not-found'],
})

export const askProvider = defineEndpoint({
  ...base,
  permission: 'payments.write',
  id: 'askProvider',
  method: 'POST',
  path: '/admin/payments/{paymentId}/refresh',
  status: 200,
  summary: 'Ask the provider now how the payment stands, and apply it',
  params: paymentParams,
  response: PaymentDetail,
  problems: ['payments/not-found', 'payments/provider-unavailable'],
})

export const ShipmentInput = z.strictObject({
  company: typedText({ min: 1, max: 100 }),
  trackingNumber: typedText({ min: 1, max: 100 }).nullable().default(null),
  trackingUrl: z
    .url({ protocol: /^https$/ })
    .max(500)
    .nullable()
    .default(null),
  shippedAt: Instant,
})

export const capturePayment = defineEndpoint({
  ...moves,
  id: 'capturePayment',
  method: 'POST',
  path: '/admin/payments/{paymentId}/captures',
  status: 200,
  summary: 'Take held money: all that is left, or part of it',
  description:
    'One at a time. When the provider does not answer, the capture stays `requested` and is finished by a job, with the same id.',
  params: paymentParams,
  body: z.strictObject({
    /** All that is held when left out. */
    amount: PositiveMoney.optional(),
    /** Let the rest go: nothing more will be taken, and the sale is less by as much. */
    isFinal: z.boolean().optional(),
    /** Who carries the goods; Tamara asks. */
    shipment: ShipmentInput.optional(),
  }),
  response: PaymentDetail,
  problems: [
    'payments/not-found',
    'payments/not-capturable',
    'payments/amount-too-high',
    'payments/operation-in-progress',
    'payments/method-not-available',
  ],
})

export const voidPayment = defineEndpoint({
  ...moves,
  id: 'voidPayment',
  method: 'POST',
  path: '/admin/payments/{paymentId}/void',
  status: 200,
  summary: 'Let held money go',
  description:
    'With nothing taken yet the order is cancelled: goods back on the shelf, store credit returned. After part was taken the rest is let go and the order stays.',
  params: paymentParams,
  body: z.strictObject({ reason: reasonText }),
  response: PaymentDetail,
  problems: [
    'payments/not-found',
    'payments/not-voidable',
    'payments/operation-in-progress',
    'payments/provider-unavailable',
    'payments/method-not-available',
  ],
})

export const releaseHold = defineEndpoint({
  ...moves,
  id: 'releaseHold',
  method: 'POST',
  path: '/admin/payments/{paymentId}/release-hold',
  status: 200,
  summary: 'Decide about a payment that was held because its truth does not match the order',
  description:
    '`refund` gives money back that paid for nothing. `accept` goes on where the provider no longer says anything that does not match. `dismiss` notes that it may stay as it is; the same mismatch holds it no more.',
  params: paymentParams,
  body: z.strictObject({ resolution: z.enum(['refund', 'accept', 'dismiss']), note: reasonText }),
  response: PaymentDetail,
  problems: [
    'payments/not-found',
    'payments/not-held',
    'payments/still-mismatched',
    'payments/nothing-stray',
    'payments/provider-unavailable',
    'payments/method-not-available',
  ],
})

// --- Disputes and the ledger

export const listDisputes = defineEndpoint({
  ...reads,
  id: 'listDisputes',
  method: 'GET',
  path: '/admin/disputes',
  status: 200,
  summary: 'Disputes, newest first',
  query: z.strictObject({ state: z.enum(['open', 'closed', 'all']).default('open'), ...pageQuery }),
  response: pageOf(DisputeView),
  problems: ['catalog/cursor-invalid'],
})

export const getDispute = defineEndpoint({
  ...reads,
  id: 'getDispute',
  method: 'GET',
  path: '/admin/disputes/{disputeId}',
  status: 200,
  summary: 'One dispute',
  params: z.strictObject({ disputeId: Id }),
  response: DisputeView,
  problems: ['disputes/not-found'],
})

const AccountBalance = z.strictObject({ account: z.string(), balance: Money })

export const getOrderLedger = defineEndpoint({
  ...reads,
  id: 'getOrderLedger',
  method: 'GET',
  path: '/admin/orders/{number}/ledger',
  status: 200,
  summary: 'Everything the ledger holds of an order, and what it comes to by account',
  params: z.strictObject({ number: OrderNumber }),
  response: z.strictObject({ transactions: z.array(LedgerTransactionView), balances: z.array(AccountBalance) }),
  problems: ['orders/not-found'],
})

export const getLedgerBalances = defineEndpoint({
  ...reads,
  id: 'getLedgerBalances',
  method: 'GET',
  path: '/admin/ledger/balances',
  status: 200,
  summary: 'What each account of the ledger comes to; together they add up to nothing',
  query: z.strictObject({ before: Instant.optional() }),
  response: z.strictObject({ items: z.array(AccountBalance) }),
  problems: [],
})
