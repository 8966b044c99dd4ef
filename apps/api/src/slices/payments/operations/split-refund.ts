import type { RefundWish } from '@dhow/contracts/admin-refunds.ts'
import { roundHalfAwayFromZero } from '@dhow/money/money.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { leftAtProvider, leftOf } from './plan-refund.ts'
import type { LinePart, Part, RefundBasis, RefundPieces } from './plan-refund.ts'

export interface Routed {
  destination: 'original' | 'store-credit'
  pieces: RefundPieces
}

const nothing: Part = { amount: 0, vatAmount: 0 }

/** Cuts a part in two, its VAT pro rata. */
function cutPart<P extends Part>(part: P, at: number): [P, P] {
  if (at <= 0) return [{ ...part, ...nothing }, part]
  if (at >= part.amount) return [part, { ...part, ...nothing }]
  const vatAmount = Number(roundHalfAwayFromZero(BigInt(part.vatAmount) * BigInt(at), BigInt(part.amount)))
  return [
    { ...part, amount: at, vatAmount },
    { ...part, amount: part.amount - at, vatAmount: part.vatAmount - vatAmount },
  ]
}

/** The units go with the first piece: if that one fails, they can be given back again. */
function cutLine(part: LinePart, at: number): [LinePart, LinePart] {
  const [first, second] = cutPart(part, at)
  return first.amount > 0 ? [first, { ...second, quantity: 0 }] : [{ ...first, quantity: 0 }, second]
}

/** The first `at` fils of the pieces, in the order of the order: lines, delivery, fee, goodwill; and the rest. */
export function cutPieces(pieces: RefundPieces, at: number): [RefundPieces, RefundPieces] {
  let room = at
  const take = <P extends Part>(part: P, cut: (part: P, at: number) => [P, P]): [P, P] => {
    const halves = cut(part, room)
    room -= halves[0].amount
    return halves
  }
  const lines = pieces.lines.map((part) => take(part, cutLine))
  const delivery = take(pieces.delivery, cutPart)
  const paymentFee = take(pieces.paymentFee, cutPart)
  const first = Math.min(room, pieces.otherAmount)
  const half = (index: 0 | 1, otherAmount: number, amount: number): RefundPieces => ({
    lines: lines.map((halves) => halves[index]).filter((part) => part.amount > 0),
    delivery: delivery[index],
    paymentFee: paymentFee[index],
    otherAmount,
    roundingAmount: index === 1 ? pieces.roundingAmount : 0,
    amount,
  })
  return [half(0, first, at), half(1, pieces.otherAmount - first, pieces.amount - at)]
}

function requireCustomer({ order, payment }: RefundBasis): void {
  if (order.customerId !== null) return
  throw new Problem('refunds/destination-not-possible', {
    detail:
      payment.provider === 'cod'
        ? 'the order was paid in cash by a guest: there is no account for store credit, so money goes back by hand'
        : 'the order was placed by a guest, who has no account for store credit',
  })
}

function requireProviderReady(basis: RefundBasis, isDisputed: boolean): void {
  if (isDisputed) throw new Problem('payments/disputed')
  if (basis.payment.state !== 'captured')
    throw new Problem('payments/operation-in-progress', {
      detail: 'part of the money is still only held: take it or let it go before giving any back',
    })
}

export interface RouteRefund {
  basis: RefundBasis
  pieces: RefundPieces
  destination: RefundWish['destination']
  /** The payer's bank has taken the money back, until it decides or for good. */
  isDisputed: boolean
}

/**
 * Where a refund goes. To the original method, what the payment's provider took goes back first and what store credit paid after
 * it: the shopper gets money before credit, and no one is ever given credit for money that could still go back to a card. What a
 * provider cannot give back – cash, and what credit paid – becomes store credit, which takes an account. What a payer's bank has
 * taken back is not given a second time, neither way.
 */
export function routeRefund({ basis, pieces, destination, isDisputed }: RouteRefund): Routed[] {
  if (destination === 'store-credit') {
    requireCustomer(basis)
    const paidByCredit = leftOf(basis) - leftAtProvider(basis)
    if (isDisputed && pieces.amount > paidByCredit) throw new Problem('payments/disputed')
    return [{ destination: 'store-credit', pieces }]
  }
  if (basis.payment.provider === 'cod') {
    requireCustomer(basis)
    throw new Problem('refunds/destination-not-possible', { detail: 'cash goes back as store credit' })
  }
  const byProvider = Math.min(pieces.amount, leftAtProvider(basis))
  const [original, credit] = cutPieces(pieces, byProvider)
  if (byProvider > 0) requireProviderReady(basis, isDisputed)
  if (credit.amount > 0) requireCustomer(basis)
  return [
    ...(original.amount > 0 ? [{ destination: 'original' as const, pieces: original }] : []),
    ...(credit.amount > 0 ? [{ destination: 'store-credit' as const, pieces: credit }] : []),
  ]
}
