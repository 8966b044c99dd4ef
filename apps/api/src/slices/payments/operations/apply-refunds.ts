import { Id } from '@dhow/contracts/primitives.ts'
import type { AppContext } from '../../../context.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { newId } from '../../../platform/ids.ts'
import type { PaymentTruth, RefundMove } from '../../../providers/payments/port.ts'
import { addToPayment, insertRefund, readMoney, refundsOfPayment } from './refunds.sql.ts'
import type { NewRefund, RefundRow } from './refunds.sql.ts'
import { settleRefund } from './settle-refund.ts'

export interface TruthOfRefunds {
  payment: { id: string }
  order: { id: string; state: string }
  truth: Pick<PaymentTruth, 'refunds'>
}

/** The row a movement at the provider is. A refund that failed here before it had a name there is not the one that went through. */
function rowOf(rows: readonly RefundRow[], move: RefundMove): RefundRow | undefined {
  const ourId = Id.safeParse(move.ourId).data
  return (
    rows.find((row) => row.providerRef === move.providerRef) ??
    rows.find((row) => row.id === ourId && row.providerRef === null && row.state !== 'failed')
  )
}

/** Asked for, or about to be, without a word about it yet. */
const isUnheard = ({ destination, state, providerRef }: RefundRow): boolean =>
  destination === 'original' && state === 'requested' && providerRef === null

/**
 * Somebody gave money back at the provider's own page. Refunds of ours that nobody has heard of yet may find nothing left there:
 * the newest of them fail until there is room, as the provider is about to say itself.
 */
async function makeRoom(ctx: AppContext, tx: Tx, paymentId: string, amount: number): Promise<boolean> {
  const waiting = (await refundsOfPayment(tx, paymentId)).filter(isUnheard)
  for (;;) {
    const { capturedAmount, refundRequestedAmount } = await readMoney(tx, paymentId)
    if (refundRequestedAmount + amount <= capturedAmount) return true
    const newest = waiting.pop()
    if (!newest) return false
    const news = { state: 'failed', providerRef: null, failureReason: 'refunded-at-provider' } as const
    await settleRefund(ctx, tx, newest, news)
  }
}

/** What no line, delivery or fee accounts for is goodwill: it takes nothing off the VAT until a person has issued a credit note. */
async function addExternal(ctx: AppContext, tx: Tx, known: TruthOfRefunds, move: RefundMove): Promise<void> {
  const { payment, order } = known
  if (!(await makeRoom(ctx, tx, payment.id, move.amount))) {
    ctx.log.error(
      { paymentId: payment.id, providerRef: move.providerRef, amount: move.amount, alert: 'payment-held' },
      'the provider gave back more than it has taken',
    )
    return
  }
  const now = ctx.clock.now()
  const isOfSale = order.state === 'confirmed' && !(await readMoney(tx, payment.id)).isSuperseded
  const refund: NewRefund = {
    id: newId(),
    orderId: order.id,
    paymentId: payment.id,
    destination: 'original',
    state: 'requested',
    amount: move.amount,
    vatAmount: 0,
    deliveryAmount: 0,
    deliveryVatAmount: 0,
    paymentFeeAmount: 0,
    paymentFeeVatAmount: 0,
    otherAmount: isOfSale ? move.amount : 0,
    roundingAmount: 0,
    isOfSale,
    isExternal: true,
    reason: 'made at the provider',
    providerRef: move.providerRef,
    failureReason: null,
    requestedBy: null,
    approvalId: null,
    customerId: null,
    createdAt: now,
    succeededAt: null,
    nextTryAt: null,
  }
  await insertRefund(tx, refund)
  await addToPayment(tx, { paymentId: payment.id, requested: move.amount, refunded: 0, now })
  await settleRefund(ctx, tx, { ...refund, tryCount: 0, updatedAt: now }, move)
}

function warnOfOtherAmount(ctx: AppContext, row: RefundRow, move: RefundMove): void {
  if (row.amount === move.amount) return
  ctx.log.error(
    { refundId: row.id, ours: row.amount, theirs: move.amount, alert: 'payment-held' },
    'a refund is another amount at the provider',
  )
}

interface Match {
  move: RefundMove
  row: RefundRow | undefined
}

/**
 * Which of ours each movement is. One without an id of ours, where the provider keeps none, is the only one of its amount that we
 * have asked for and not heard of; of two, neither, until the answer to one of them tells which it is.
 */
function matchesOf(rows: readonly RefundRow[], moves: readonly RefundMove[]): Match[] {
  const known = moves.map((move) => ({ move, row: rowOf(rows, move) }))
  const matched = new Set(known.map(({ row }) => row?.id))
  return known.flatMap((match) => {
    const { move, row } = match
    if (row || move.ourId !== null || !move.mayBeOurs) return match
    const waiting = rows.filter((one) => isUnheard(one) && one.amount === move.amount && !matched.has(one.id))
    if (waiting.length > 1) return []
    matched.add(waiting[0]?.id)
    return { move, row: waiting[0] }
  })
}

/**
 * Brings our refunds of a payment to what its provider says of them, and adds those made at the provider's own page. Called by
 * whoever applies a truth, with order and payment locked and the payment's captured amount brought up to date before. Applying
 * the same truth again, or an older one, changes nothing.
 */
export async function applyRefunds(ctx: AppContext, tx: Tx, known: TruthOfRefunds): Promise<void> {
  const { payment, truth } = known
  if (truth.refunds.length === 0) return
  const rows = await refundsOfPayment(tx, payment.id)
  const moves = matchesOf(rows, truth.refunds)
  // Ours first: what they turn out to be decides how much room there is for others.
  for (const { move, row } of moves) {
    if (!row) continue
    warnOfOtherAmount(ctx, row, move)
    await settleRefund(ctx, tx, row, move)
  }
  for (const { move, row } of moves) if (!row && move.state !== 'failed') await addExternal(ctx, tx, known, move)
}
