import { Id } from '@dhow/contracts/primitives.ts'
import type { PaymentState } from '@dhow/contracts/orders.ts'
import type { BegunPayment, EligibilityReason, MoneyMove, PaymentTruth } from '../port.ts'
import type { TabbyPayment, TabbySession } from './wire.ts'

const sumOf = (moves: readonly { amount: number }[]): number => moves.reduce((sum, { amount }) => sum + amount, 0)

/**
 * Tabby's status in our words. CLOSED says only that nothing more can be taken: without captures the purchase was cancelled. A
 * refusal ends this payment at Tabby, but the order may be paid by another: `failed`, as a declined card.
 */
export function stateOf(payment: Pick<TabbyPayment, 'status' | 'amount' | 'captures'>): PaymentState {
  const captured = sumOf(payment.captures)
  switch (payment.status) {
    case 'CREATED':
      return 'requires-action'
    case 'AUTHORIZED':
      return captured >= payment.amount ? 'captured' : 'authorised'
    case 'CLOSED':
      return captured > 0 ? 'captured' : 'cancelled'
    case 'REJECTED':
      return 'failed'
    case 'EXPIRED':
      return 'cancelled'
  }
}

const declineReasons = { REJECTED: 'not-approved', EXPIRED: 'expired' } as const

const moveFrom = ({ id, amount, reference_id: ourId }: TabbyPayment['captures'][number]): MoneyMove => ({
  providerRef: id,
  ourId: ourId ?? null,
  amount,
})

/** A payment at Tabby as the truth about one of ours. */
export function truthFrom(payment: TabbyPayment): PaymentTruth {
  const { status, amount, currency, captures, refunds } = payment
  const state = stateOf(payment)
  const captured = sumOf(captures)
  return {
    providerRef: payment.id,
    // Other systems of the same merchant write their own numbers here.
    orderId: Id.safeParse(payment.meta?.order_id).data ?? null,
    state,
    providerState: status,
    needsAuthorise: false,
    amount,
    currency,
    authorisedAmount: status === 'AUTHORIZED' ? amount : captured,
    capturedAmount: captured,
    refundedAmount: sumOf(refunds),
    captures: captures.map(moveFrom),
    // Refunds are entries of the payment once they are made; Tabby knows no pending ones, and none that fail later.
    refunds: refunds.map((refund) => ({ ...moveFrom(refund), state: 'succeeded', failureReason: null })),
    card: null,
    wallet: null,
    declineReason: status === 'REJECTED' || status === 'EXPIRED' ? declineReasons[status] : null,
    cancelledBy: state === 'cancelled' ? 'shop' : null,
    expiresAt: status === 'CREATED' ? (payment.expires_at ?? null) : null,
    // Twenty-one days for most merchants, but nowhere in the answer: the configured window counts.
    captureBefore: null,
    feeAmount: null,
  }
}

const eligibilityReasons: Record<string, EligibilityReason> = {
  order_amount_too_high: 'amount-too-high',
  order_amount_too_low: 'amount-too-low',
}

/** Where the shopper goes, or why they may not: a refusal is a 200 without an address. The reason stands in one of two places. */
export function sessionOutcome(session: TabbySession): { webUrl: string } | { reason: EligibilityReason } | undefined {
  const { available_products: available, products } = session.configuration
  const offers = available?.installments ?? []
  const webUrl = offers.find(({ web_url: url }) => url)?.web_url
  if (session.status === 'created' && webUrl) return { webUrl }
  if (session.status !== 'rejected') return undefined
  const stated = products?.installments?.rejection_reason ?? offers[0]?.rejection_reason ?? 'not_available'
  return { reason: eligibilityReasons[stated] ?? 'not-available' }
}

/** What it was begun with, for a session that can still be opened. */
export const begunFrom = (payment: Pick<BegunPayment, 'providerRef' | 'sessionRef'>, url: string) => ({
  kind: 'begun' as const,
  providerRef: payment.providerRef,
  sessionRef: payment.sessionRef,
  redirectUrl: url,
  action: { kind: 'redirect' as const, url },
})
