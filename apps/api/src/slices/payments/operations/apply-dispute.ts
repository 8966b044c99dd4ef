import { z } from 'zod'
import type { AppContext } from '../../../context.ts'
import { assertNever } from '../../../platform/assert.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { newId } from '../../../platform/ids.ts'
import type { DisputeTruth } from '../../../providers/payments/card-vault.ts'
import { postDispute, postFee } from '../../ledger/ledger.ts'
import { providerUnavailable } from '../begin-payment.ts'
import { findPaymentByRef, lockOrderAndPayment } from '../payments.sql.ts'
import { isEnded, mayMoveDispute } from './dispute-state.ts'
import { findDisputeByRef, putDispute } from './disputes.sql.ts'

interface Known {
  paymentId: string
  orderId: string
}

async function bookMovements(ctx: AppContext, tx: Tx, { paymentId, orderId }: Known, dispute: DisputeTruth) {
  const { provider } = ctx.providers.cards
  for (const { movementRef: source, amount, feeAmount } of dispute.movements) {
    await postDispute(ctx, tx, { provider, source, amount, paymentId, orderId })
    await postFee(ctx, tx, { provider, source, amount: feeAmount, paymentId, orderId })
  }
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

async function write(ctx: AppContext, tx: Tx, known: Known, dispute: DisputeTruth): Promise<void> {
  const { provider } = ctx.providers.cards
  const now = ctx.clock.now()
  const before = await findDisputeByRef(tx, provider, dispute.disputeRef)
  await bookMovements(ctx, tx, known, dispute)
  // News may come late; money the provider has shown us moving stays moved all the same.
  if (before && !mayMoveDispute(before.state, dispute)) return
  await putDispute(tx, {
    id: before?.id ?? newId(),
    paymentId: known.paymentId,
    provider,
    providerRef: dispute.disputeRef,
    state: dispute.state,
    reason: dispute.reason,
    amount: dispute.amount,
    currency: dispute.currency,
    dueAt: dispute.dueAt === null ? null : new Date(dispute.dueAt),
    hasEvidence: dispute.hasEvidence,
    isRefundable: dispute.isRefundable,
    withdrawnAmount: Math.max(0, sumOf(dispute.movements.map(({ amount }) => amount))),
    feeAmount: Math.max(0, sumOf(dispute.movements.map(({ feeAmount }) => feeAmount))),
    openedAt: new Date(dispute.openedAt),
    closedAt: isEnded(dispute.state) ? (before?.closedAt ?? now) : null,
    now,
  })
  if (before) return
  const { paymentId, orderId } = known
  ctx.log.error(
    {
      paymentId,
      orderId,
      disputeRef: dispute.disputeRef,
      reason: dispute.reason,
      dueAt: dispute.dueAt,
      alert: 'dispute-opened',
    },
    'a payer’s bank asks for the money back: evidence is taken until then',
  )
}

/**
 * Writes a dispute down as its provider has it: its state, until when evidence is taken, and what moved on our balance, which the
 * ledger books once for each movement's own id. Applying it again, or an older one, changes nothing. One of a payment that is not
 * ours is noted in the log alone.
 */
export async function applyDispute(ctx: AppContext, dispute: DisputeTruth): Promise<void> {
  const { provider } = ctx.providers.cards
  const { paymentRef } = dispute
  const payment =
    paymentRef === null ? undefined : await findPaymentByRef(ctx.db, { provider, providerRef: paymentRef })
  if (!payment) {
    ctx.log.warn({ disputeRef: dispute.disputeRef }, 'dispute of a payment that is not ours')
    return
  }
  await inTransaction(ctx.db, async (tx) => {
    const locked = await lockOrderAndPayment(tx, payment.id)
    if (locked) await write(ctx, tx, { paymentId: payment.id, orderId: locked.order.id }, dispute)
  })
}

const Payload = z.strictObject({ disputeRef: z.string().min(1).max(255) })

/** A webhook spoke of a dispute: the provider is asked about it. */
export async function settleDispute(ctx: AppContext, payload: unknown): Promise<void> {
  const { disputeRef } = Payload.parse(payload)
  const outcome = await ctx.providers.cards.fetchDispute(disputeRef)
  switch (outcome.kind) {
    case 'done':
      return applyDispute(ctx, outcome.dispute)
    case 'missing':
      ctx.log.warn({ disputeRef }, 'the provider knows no such dispute')
      return
    case 'unknown':
      throw providerUnavailable(outcome.cause)
    default:
      return assertNever(outcome)
  }
}
