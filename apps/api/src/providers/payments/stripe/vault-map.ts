import type Stripe from 'stripe'
import type {
  BalanceMovement,
  DisputeState,
  DisputeTruth,
  FraudWarningTruth,
  PayoutTruth,
  SavedCard,
} from '../card-vault.ts'
import { walletOf } from './map.ts'

const isoOf = (seconds: number): string => new Date(seconds * 1000).toISOString()
const idOf = (reference: string | { id: string } | null | undefined): string | null =>
  typeof reference === 'string' ? reference : (reference?.id ?? null)

/** Undefined for methods that are no cards. */
export function savedCardFrom({ id, card }: Stripe.PaymentMethod): SavedCard | undefined {
  if (!card) return undefined
  return {
    cardRef: id,
    brand: card.brand,
    last4: card.last4,
    expiryMonth: card.exp_month,
    expiryYear: card.exp_year,
    wallet: walletOf(card.wallet?.type),
  }
}

const disputeStates: Readonly<Record<string, DisputeState>> = {
  warning_needs_response: 'inquiry',
  warning_under_review: 'inquiry',
  warning_closed: 'closed',
  needs_response: 'needs-response',
  appeal_needs_response: 'needs-response',
  under_review: 'under-review',
  appeal_under_review: 'under-review',
  won: 'won',
  lost: 'lost',
  prevented: 'closed',
}

/** Stripe adds statuses now and then: one we don't know is open, and nobody waits for us. */
const disputeStateOf = (status: string): DisputeState => disputeStates[status] ?? 'under-review'

const asksForEvidence = new Set<string>(['warning_needs_response', 'needs_response', 'appeal_needs_response'])

/** An inquiry takes no money; what a dispute takes, and gives back when it is won, are lines of the balance with their own fees. */
export function disputeFrom(dispute: Stripe.Dispute): DisputeTruth {
  const { due_by: dueBy, has_evidence: hasEvidence } = dispute.evidence_details
  return {
    disputeRef: dispute.id,
    paymentRef: idOf(dispute.payment_intent),
    state: disputeStateOf(dispute.status),
    isAppeal: dispute.status.startsWith('appeal_'),
    reason: dispute.reason,
    amount: dispute.amount,
    currency: dispute.currency.toUpperCase(),
    dueAt: dueBy !== null && asksForEvidence.has(dispute.status) ? isoOf(dueBy) : null,
    hasEvidence,
    isRefundable: dispute.is_charge_refundable,
    openedAt: isoOf(dispute.created),
    // In the currency of the balance: one of another is not what was disputed, and nothing the ledger could keep.
    movements: dispute.balance_transactions
      .filter(({ currency }) => currency === dispute.currency)
      .map(({ id, amount, fee }) => ({
        movementRef: id,
        amount: -amount,
        feeAmount: fee,
      })),
  }
}

export const warningFrom = (warning: Stripe.Radar.EarlyFraudWarning): FraudWarningTruth => ({
  warningRef: warning.id,
  paymentRef: idOf(warning.payment_intent),
  kind: warning.fraud_type,
  isActionable: warning.actionable,
  warnedAt: isoOf(warning.created),
})

const kindByType: Readonly<Record<string, BalanceMovement['kind']>> = {
  charge: 'charge',
  payment: 'charge',
  refund: 'refund',
  payment_refund: 'refund',
  refund_failure: 'refund-failed',
  payment_failure_refund: 'refund-failed',
  payout: 'payout',
  payout_failure: 'payout-failed',
  payout_cancel: 'payout-failed',
  stripe_fee: 'fee',
  stripe_fx_fee: 'fee',
  tax_fee: 'fee',
}

/** Disputes are `adjustment`s; only the reporting category tells them from others (docs.stripe.com/reports/reporting-categories). */
function kindOf({ type, reporting_category: category }: Stripe.BalanceTransaction): BalanceMovement['kind'] {
  return category.startsWith('dispute') ? 'dispute' : (kindByType[type] ?? 'other')
}

/** The payment of a charge, refund or dispute; `source` is expanded. */
function paymentOf(source: Stripe.BalanceTransaction['source']): string | null {
  if (source === null || typeof source === 'string') return null
  return source.object === 'charge' || source.object === 'refund' || source.object === 'dispute'
    ? idOf(source.payment_intent)
    : null
}

export const movementFrom = (line: Stripe.BalanceTransaction): BalanceMovement => ({
  movementRef: line.id,
  kind: kindOf(line),
  amount: line.amount,
  feeAmount: line.fee,
  currency: line.currency.toUpperCase(),
  sourceRef: idOf(line.source),
  paymentRef: paymentOf(line.source),
  occurredAt: isoOf(line.created),
})

const payoutStates: Readonly<Record<string, PayoutTruth['state']>> = {
  pending: 'pending',
  in_transit: 'in-transit',
  paid: 'paid',
  failed: 'failed',
  canceled: 'cancelled',
}

export const payoutFrom = (payout: Stripe.Payout): PayoutTruth => ({
  payoutRef: payout.id,
  state: payoutStates[payout.status] ?? 'pending',
  amount: payout.amount,
  currency: payout.currency.toUpperCase(),
  arrivesOn: isoOf(payout.arrival_date).slice(0, 10),
  createdAt: isoOf(payout.created),
})
