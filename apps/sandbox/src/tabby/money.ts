import { randomUUID } from 'node:crypto'
import { minorUnitsOf } from './decimal.ts'
import { badData, conflict } from './errors.ts'
import type { Move, MoveRequest, TabbyPayment } from './objects.ts'
import { announce } from './outgoing.ts'
import { findPayment, sumOf } from './payments.ts'
import { instantOf, type TabbyContext } from './state.ts'

const REFUNDABLE_DAYS = 180
const DAY_MS = 86_400_000
/** Totals ending so are disputed by their buyer as soon as they are taken. */
const DISPUTED_ENDING = 59

/** Takes held money. The same reference never takes twice, whatever has become of the payment since. */
export function capture(ctx: TabbyContext, id: string, request: MoveRequest): TabbyPayment {
  const stored = findPayment(ctx, id)
  const { payment } = stored
  if (has(payment.captures, request)) return payment
  if (payment.status !== 'AUTHORIZED') throw badData('could not capture not authorized payments')
  const taken = sumOf(payment.captures) + minorUnitsOf(request.amount)
  if (minorUnitsOf(request.amount) === 0 || taken > minorUnitsOf(payment.amount))
    throw badData('capture amount is invalid or exceeds the amount of the payment')
  payment.captures.push({
    tax_amount: '0.00',
    shipping_amount: '0.00',
    discount_amount: '0.00',
    ...moveFrom(ctx, request),
  })
  announce(ctx, 'captured', stored)
  if (taken < minorUnitsOf(payment.amount)) return payment
  payment.status = 'CLOSED'
  stored.closedAt = instantOf(ctx.nowMs())
  stored.isDisputed = taken % 100 === DISPUTED_ENDING
  announce(ctx, 'closed', stored)
  return payment
}

/** Gives taken money back. The same reference never gives twice. */
export function refund(ctx: TabbyContext, id: string, request: MoveRequest): TabbyPayment {
  const stored = findPayment(ctx, id)
  const { payment } = stored
  if (has(payment.refunds, request)) return payment
  if (stored.isDisputed) throw conflict('payment is disputed')
  if (payment.status !== 'CLOSED' || payment.captures.length === 0)
    throw badData('can not refund payment that has no captures and not closed')
  if (ctx.nowMs() > Date.parse(payment.created_at) + REFUNDABLE_DAYS * DAY_MS)
    throw badData('the payment is too old to be refunded')
  const returned = sumOf(payment.refunds) + minorUnitsOf(request.amount)
  if (minorUnitsOf(request.amount) === 0 || returned > sumOf(payment.captures))
    throw badData('refund amount is invalid or exceeds the captured amount')
  payment.refunds.push(moveFrom(ctx, request))
  announce(ctx, 'refunded', stored)
  return payment
}

/** Lets go of what is held and was not taken; where nothing was, the purchase is cancelled for the buyer. */
export function close(ctx: TabbyContext, id: string): TabbyPayment {
  const stored = findPayment(ctx, id)
  if (stored.payment.status === 'CLOSED') throw badData('payment is already closed')
  if (stored.payment.status !== 'AUTHORIZED') throw badData('could not close not authorized payments')
  stored.payment.status = 'CLOSED'
  stored.closedAt = instantOf(ctx.nowMs())
  announce(ctx, 'closed', stored)
  return stored.payment
}

const has = (moves: readonly Move[], { reference_id: reference }: MoveRequest): boolean =>
  moves.some((move) => move.reference_id === reference)

const moveFrom = (ctx: TabbyContext, { items = [], ...request }: MoveRequest): Move => ({
  id: randomUUID(),
  created_at: instantOf(ctx.nowMs()),
  ...request,
  items,
})
