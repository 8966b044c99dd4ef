import { roundHalfAwayFromZero } from '@dhow/money/money.ts'
import { Id } from '@dhow/contracts/primitives.ts'
import type { AppContext } from '../../../context.ts'
import type { Tx } from '../../../platform/db/database.ts'
import type { PaymentTruth } from '../../../providers/payments/port.ts'
import { postSaleReduced } from '../../ledger/ledger.ts'
import { capturesOf, endCapture } from './captures.sql.ts'
import type { CaptureRow } from './captures.sql.ts'

export interface TruthOfCaptures {
  payment: { id: string; amount: number; supersededAt: Date | null }
  order: { id: string; state: string; grandTotalAmount: number; vatAmount: number }
  truth: Pick<PaymentTruth, 'state' | 'captures' | 'capturedAmount'>
}

/** VAT of what is not delivered, pro rata: nobody says which lines it was. */
export const releasedVat = (sale: { grandTotalAmount: number; vatAmount: number }, released: number): number =>
  Number(roundHalfAwayFromZero(BigInt(sale.vatAmount) * BigInt(released), BigInt(sale.grandTotalAmount)))

/** What earlier captures have taken. */
export const takenSoFar = (rows: readonly CaptureRow[]): number =>
  rows.filter((row) => row.state === 'succeeded').reduce((all, row) => all + row.amount, 0)

type Ending = { state: 'succeeded'; providerRef: string | null } | { state: 'failed'; providerRef: null } | undefined

/**
 * How a capture that is under way has ended, if it has. Named by the provider, or by the height of what was taken: only one is
 * under way at a time, so if everything before it and it are there, it went through. The last one has not while the rest is still
 * held: letting go of that may have been lost, and is asked for with it again.
 */
function endingOf(row: CaptureRow, takenBefore: number, truth: TruthOfCaptures['truth']): Ending {
  if (row.isFinal && truth.state === 'authorised') return undefined
  const named = truth.captures.find(
    (move) =>
      Id.safeParse(move.ourId).data === row.id || (row.providerRef !== null && move.providerRef === row.providerRef),
  )
  if (named) return { state: 'succeeded', providerRef: named.providerRef }
  if (truth.capturedAmount >= takenBefore + row.amount) return { state: 'succeeded', providerRef: null }
  return truth.state === 'cancelled' ? { state: 'failed', providerRef: null } : undefined
}

/** Nothing more will be taken: what was held beyond it is no sale. */
async function bookRelease(ctx: AppContext, tx: Tx, { payment, order, truth }: TruthOfCaptures): Promise<void> {
  if (truth.state !== 'captured' || order.state !== 'confirmed' || payment.supersededAt !== null) return
  const amount = payment.amount - truth.capturedAmount
  if (amount <= 0) return
  await postSaleReduced(ctx, tx, {
    orderId: order.id,
    paymentId: payment.id,
    amount,
    vat: releasedVat(order, amount),
    source: payment.id,
  })
}

/**
 * Ends the capture that a truth shows to be done, and takes off the sale what a payment that is over did not bring. Called by
 * whoever applies a truth, with order and payment locked and the sale booked before. Again, it changes nothing.
 */
export async function applyCaptures(ctx: AppContext, tx: Tx, known: TruthOfCaptures): Promise<void> {
  const rows = await capturesOf(tx, known.payment.id)
  const waiting = rows.find((row) => row.state === 'requested')
  if (waiting) {
    const ending = endingOf(waiting, takenSoFar(rows), known.truth)
    const failureReason = ending?.state === 'failed' ? 'let-go' : null
    if (ending) await endCapture(tx, { id: waiting.id, ...ending, failureReason, now: ctx.clock.now() })
  }
  await bookRelease(ctx, tx, known)
}
