import type { CancelOutcome, ProviderName } from './port.ts'

/**
 * What only the provider of cards has: cards it keeps for a shopper, and books of its own that say what it did with our money.
 * Iterables throw when the provider does not answer; whoever reads them asks again later, for the same window.
 */
export interface CardVault {
  readonly provider: ProviderName
  /** The shopper there. Asked again for the same account it is the same one; `replaces` is one the provider has forgotten. */
  ensureCustomer(request: {
    accountId: string
    replaces: string | null
  }): Promise<VaultOutcome<{ customerRef: string }>>
  /** Lets the card fields show this shopper's cards and offer to keep another, for some minutes. */
  customerSession(customerRef: string): Promise<VaultOutcome<{ clientSecret: string }>>
  /** Begins keeping a card without paying. */
  setupIntent(customerRef: string): Promise<VaultOutcome<{ clientSecret: string }>>
  /** The cards the shopper agreed to have kept, newest first. */
  listCards(customerRef: string): Promise<VaultOutcome<{ cards: SavedCard[] }>>
  /** Forgets a card for good. One of somebody else's is `missing`. */
  removeCard(customerRef: string, cardRef: string): Promise<VaultOutcome<object>>
  fetchDispute(disputeRef: string): Promise<VaultOutcome<{ dispute: DisputeTruth }>>
  /** Disputes opened since. */
  listDisputes(since: Date): AsyncIterable<DisputeTruth>
  fetchFraudWarning(warningRef: string): Promise<VaultOutcome<{ warning: FraudWarningTruth }>>
  /** Warnings given since. */
  listFraudWarnings(since: Date): AsyncIterable<FraudWarningTruth>
  /** Everything that moved our balance there in a time. */
  listBalanceTransactions(window: TimeWindow): AsyncIterable<BalanceMovement>
  /** Payouts to our bank that were begun in a time. */
  listPayouts(window: TimeWindow): AsyncIterable<PayoutTruth>
  fetchPayout(payoutRef: string): Promise<VaultOutcome<{ payout: PayoutTruth }>>
}

export interface TimeWindow {
  from: Date
  to: Date
}

export type VaultOutcome<Found extends object> =
  | ({ kind: 'done' } & Found)
  | { kind: 'missing' } // there is no such thing there, or it is not this shopper's
  | Extract<CancelOutcome, { kind: 'unknown' }>

export interface SavedCard {
  cardRef: string
  brand: string
  last4: string
  expiryMonth: number
  expiryYear: number
  wallet: 'apple-pay' | 'google-pay' | 'link' | null
}

export const disputeStates = ['inquiry', 'needs-response', 'under-review', 'won', 'lost', 'closed'] as const
export type DisputeState = (typeof disputeStates)[number]

/** A payer's bank asks for the money back. Amounts are minor units. */
export interface DisputeTruth {
  disputeRef: string
  /** The payment it is about; null when the provider does not say. */
  paymentRef: string | null
  state: DisputeState
  /** Opened again after it was decided. */
  isAppeal: boolean
  /** The provider's own word for why. */
  reason: string
  amount: number
  currency: string
  /** ISO 8601. Evidence is taken until then; null when none is asked for any more. */
  dueAt: string | null
  hasEvidence: boolean
  /** Whether giving the money back would still end it. */
  isRefundable: boolean
  openedAt: string
  /** What was taken from our balance for it, or, negative, returned; each with its own id there, fees apart. */
  movements: readonly { movementRef: string; amount: number; feeAmount: number }[]
}

/** A payer's bank says that a payment was fraud, before anybody disputes it. */
export interface FraudWarningTruth {
  warningRef: string
  /** The payment it is about; null when the provider does not say. */
  paymentRef: string | null
  /** The bank's own word for it. */
  kind: string
  /** Whether giving the money back would still spare the dispute. */
  isActionable: boolean
  /** ISO 8601. */
  warnedAt: string
}

/** One line of the provider's books. */
export interface BalanceMovement {
  movementRef: string
  kind: 'charge' | 'refund' | 'refund-failed' | 'dispute' | 'payout' | 'payout-failed' | 'fee' | 'other'
  /** Signed, before the fee: what came in is above zero. */
  amount: number
  feeAmount: number
  currency: string
  /** What it is of there: a charge, a refund, a dispute, a payout. */
  sourceRef: string | null
  /** The payment it belongs to, where it belongs to one. */
  paymentRef: string | null
  /** ISO 8601. */
  occurredAt: string
}

export interface PayoutTruth {
  payoutRef: string
  state: 'pending' | 'in-transit' | 'paid' | 'failed' | 'cancelled'
  amount: number
  currency: string
  /** ISO date, UTC. */
  arrivesOn: string
  createdAt: string
}
