import { makeId } from '../platform/ids.ts'
import { bookBalance, findCharge } from './charges.ts'
import { emit, type Call, type RequestRef, type StripeContext } from './context.ts'
import { StripeError, notFound } from './errors.ts'
import { warnOfFraud } from './fraud-warnings.ts'
import { mergedMetadata, type MetadataParam } from './metadata.ts'
import { listOf, type ListParams, type StripeList } from './lists.ts'
import type { Charge } from './objects.ts'
import type { Dispute, DisputeStatus } from './vault-objects.ts'

const NOBODY: RequestRef = { id: null, idempotency_key: null }
/** Invented: what a dispute costs, won or lost. */
const FEE = 6_000
const DAYS_FOR_EVIDENCE = 9

/** How a card's disputes begin (docs.stripe.com/testing). */
export type DisputeKind = { reason: string; isInquiry: boolean }

export function openDispute(ctx: StripeContext, charge: Charge, { reason, isInquiry }: DisputeKind): Dispute {
  const dispute: Dispute = {
    id: makeId('dp_'),
    object: 'dispute',
    amount: charge.amount_captured - charge.amount_refunded,
    balance_transactions: [],
    charge: charge.id,
    created: ctx.now(),
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: Object.fromEntries([...EVIDENCE.map((name) => [name, null]), ['enhanced_evidence', {}]]),
    evidence_details: {
      due_by: ctx.now() + DAYS_FOR_EVIDENCE * 86_400,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: isInquiry,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    payment_method_details: {
      type: 'card',
      card: { brand: 'visa', case_type: 'chargeback', network: 'visa', network_reason_code: '10.4' },
    },
    reason,
    status: isInquiry ? 'warning_needs_response' : 'needs_response',
  }
  ctx.state.disputes.set(dispute.id, dispute)
  charge.disputed = true
  emit(ctx, 'charge.dispute.created', dispute, charge.payment_intent, NOBODY)
  if (!isInquiry) withdraw(ctx, dispute)
  return dispute
}

const EVIDENCE =
  'access_activity_log billing_address cancellation_policy cancellation_policy_disclosure cancellation_rebuttal customer_communication customer_email_address customer_name customer_purchase_ip customer_signature duplicate_charge_documentation duplicate_charge_explanation duplicate_charge_id product_description receipt refund_policy refund_policy_disclosure refund_refusal_explanation service_date service_documentation shipping_address shipping_carrier shipping_date shipping_documentation shipping_tracking_number uncategorized_file uncategorized_text'.split(
    ' ',
  )

function withdraw(ctx: StripeContext, dispute: Dispute): void {
  const { amount, currency, id: source } = dispute
  const taken = { type: 'adjustment', category: 'dispute', currency, source } as const
  dispute.balance_transactions.push(bookBalance(ctx, { ...taken, amount: -amount, fee: FEE }))
  dispute.is_charge_refundable = false
  emit(ctx, 'charge.dispute.funds_withdrawn', dispute, dispute.payment_intent, NOBODY)
}

function reinstate(ctx: StripeContext, dispute: Dispute): void {
  const { amount, currency, id: source } = dispute
  const given = { type: 'adjustment', category: 'dispute_reversal', currency, source } as const
  dispute.balance_transactions.push(bookBalance(ctx, { ...given, amount, fee: 0 }))
  emit(ctx, 'charge.dispute.funds_reinstated', dispute, dispute.payment_intent, NOBODY)
}

const CLOSED = new Set<DisputeStatus>(['won', 'lost', 'warning_closed'])

/** The bank has decided. An inquiry that is closed never was a dispute; one that goes on becomes one. */
export function decideDispute(ctx: StripeContext, dispute: Dispute, decision: 'won' | 'lost' | 'escalate'): boolean {
  if (CLOSED.has(dispute.status)) return false
  const isInquiry = dispute.status.startsWith('warning_')
  if (decision === 'escalate') {
    if (!isInquiry) return false
    dispute.status = 'needs_response'
    withdraw(ctx, dispute)
    emit(ctx, 'charge.dispute.updated', dispute, dispute.payment_intent, NOBODY)
    return true
  }
  dispute.status = isInquiry ? 'warning_closed' : decision
  if (decision === 'won' && !isInquiry) reinstate(ctx, dispute)
  emit(ctx, 'charge.dispute.closed', dispute, dispute.payment_intent, NOBODY)
  return true
}

export function retrieveDispute(ctx: StripeContext, call: Call<object>): Dispute {
  const dispute = ctx.state.disputes.get(call.id)
  if (!dispute) throw notFound('dispute', call.id, 'dispute')
  return dispute
}

export function listDisputes(
  ctx: StripeContext,
  call: Call<ListParams & { charge?: string; payment_intent?: string }>,
): StripeList<Dispute> {
  const { charge, payment_intent: intent } = call.params
  const wanted = ctx.state.disputes
    .newestFirst()
    .filter((dispute) => charge === undefined || dispute.charge === charge)
    .filter((dispute) => intent === undefined || dispute.payment_intent === intent)
  return listOf(wanted, call.params, '/v1/disputes')
}

export type EvidenceParams = {
  evidence?: Record<string, unknown>
  submit?: boolean
  metadata?: MetadataParam
}

/** Evidence stays staged until it is submitted; its words decide (docs.stripe.com/testing). */
export function updateDispute(ctx: StripeContext, call: Call<EvidenceParams>): Dispute {
  const dispute = retrieveDispute(ctx, call)
  const { evidence = {}, submit = true, metadata } = call.params
  if (metadata !== undefined) dispute.metadata = mergedMetadata(dispute.metadata, metadata)
  if (CLOSED.has(dispute.status) && Object.keys(evidence).length > 0) throw closed('This dispute is already closed')
  Object.assign(dispute.evidence, evidence)
  dispute.evidence_details.has_evidence ||= Object.keys(evidence).length > 0
  if (!submit || Object.keys(evidence).length === 0) return dispute
  dispute.evidence_details.submission_count += 1
  dispute.evidence_details.submission_method = 'manual'
  const { uncategorized_text: text } = evidence
  const said = typeof text === 'string' ? text : ''
  if (said.includes('winning_evidence')) decideDispute(ctx, dispute, 'won')
  else if (said.includes('losing_evidence')) decideDispute(ctx, dispute, 'lost')
  else if (said.includes('escalate_inquiry_evidence')) decideDispute(ctx, dispute, 'escalate')
  else {
    dispute.status = dispute.status.startsWith('warning_') ? 'warning_under_review' : 'under_review'
    emit(ctx, 'charge.dispute.updated', dispute, dispute.payment_intent, call.request)
  }
  return dispute
}

export function closeDispute(ctx: StripeContext, call: Call<object>): Dispute {
  const dispute = retrieveDispute(ctx, call)
  if (!decideDispute(ctx, dispute, 'lost')) throw closed('This dispute is already closed')
  return dispute
}

const closed = (message: string): StripeError => new StripeError(400, { type: 'invalid_request_error', message })

/** What a test card has happen once its money was taken. */
export function disputeAsCardSays(ctx: StripeContext, chargeId: string, number: string): void {
  const kind = DISPUTES_BY_NUMBER[number]
  const charge = findCharge(ctx, chargeId)
  if (kind) openDispute(ctx, charge, kind)
  if (number !== EARLY_FRAUD_WARNING) return
  warnOfFraud(ctx, charge)
}

const DISPUTES_BY_NUMBER: Readonly<Record<string, DisputeKind>> = {
  '4000000000000259': { reason: 'fraudulent', isInquiry: false },
  '4000000000002685': { reason: 'product_not_received', isInquiry: false },
  '4000000000001976': { reason: 'fraudulent', isInquiry: true },
}
const EARLY_FRAUD_WARNING = '4000000000005423'
