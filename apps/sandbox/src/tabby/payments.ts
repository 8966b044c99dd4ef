import { minorUnitsOf } from './decimal.ts'
import { badData, notFound } from './errors.ts'
import type { Move, StoredPayment, TabbyPayment } from './objects.ts'
import { announce } from './outgoing.ts'
import type { ListRequest } from './schemas.ts'
import type { TabbyContext } from './state.ts'

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i
const PAGE = 20

export const sumOf = (moves: readonly Move[]): number =>
  moves.reduce((sum, { amount }) => sum + minorUnitsOf(amount), 0)

/** Gives an unpaid payment up. */
export function expire(ctx: TabbyContext, stored: StoredPayment): void {
  stored.payment.status = 'EXPIRED'
  if (ctx.state.settings.announcesExpiry) announce(ctx, 'expired', stored)
}

/** Nothing runs by timer here: what has lapsed by the clock is noticed when somebody looks. */
export function withTime(ctx: TabbyContext, stored: StoredPayment): StoredPayment {
  const { status, expires_at: expiresAt } = stored.payment
  if (status === 'CREATED' && ctx.nowMs() >= Date.parse(expiresAt)) expire(ctx, stored)
  return stored
}

export function findPayment(ctx: TabbyContext, id: string): StoredPayment {
  if (!UUID.test(id)) throw badData('invalid payment id')
  const stored = ctx.state.payments.get(id)
  if (!stored) throw notFound('no such payment')
  return withTime(ctx, stored)
}

export function updateReference(ctx: TabbyContext, id: string, referenceId: string): TabbyPayment {
  const stored = findPayment(ctx, id)
  if (stored.payment.status !== 'AUTHORIZED' && stored.payment.status !== 'CLOSED')
    throw badData('could not update not authorized payments')
  stored.payment.order.reference_id = referenceId
  announce(ctx, 'updated', stored)
  return stored.payment
}

/** Newest first. An empty page is `null`, as the API file allows. */
export function listPayments(ctx: TabbyContext, request: ListRequest): object {
  const { limit = PAGE, offset = 0 } = request
  const matching = ctx.state.payments
    .newestFirst()
    .map((stored) => withTime(ctx, stored).payment)
    .filter((payment) => isWanted(payment, request))
  const payments = matching.slice(offset, offset + limit)
  return {
    payments: payments.length === 0 ? null : payments,
    pagination: { limit, offset, total_count: matching.length },
  }
}

function isWanted(payment: TabbyPayment, { created_at__gte: from, created_at__lte: to, status }: ListRequest): boolean {
  const madeMs = Date.parse(payment.created_at)
  if (from !== undefined && madeMs < Date.parse(from)) return false
  if (to !== undefined && madeMs > Date.parse(to)) return false
  return status === undefined || hasStatus(payment, status)
}

function hasStatus({ status, captures, refunds }: TabbyPayment, wanted: string): boolean {
  switch (wanted) {
    case 'new':
      return status === 'CREATED'
    case 'captured':
      return captures.length > 0
    case 'refunded':
      return refunds.length > 0
    case 'cancelled':
      return status === 'CLOSED' && captures.length === 0
    default:
      return status === wanted.toUpperCase()
  }
}
