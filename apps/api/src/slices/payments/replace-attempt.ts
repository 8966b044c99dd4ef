import type { PaidMethod } from '@dhow/contracts/cart.ts'
import type { AppContext } from '../../context.ts'
import { inTransaction } from '../../platform/db/database.ts'
import type { Tx } from '../../platform/db/database.ts'
import { Problem } from '../../platform/http/problem.ts'
import { newId } from '../../platform/ids.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import { extendHolds } from '../inventory/inventory.ts'
import { addTimeline, confirmOrder, setPaymentTerms } from '../orders/orders.ts'
import type { PaymentTerms } from '../orders/orders.ts'
import { returnCredit, spendCredit } from '../store-credit/store-credit.ts'
import { countAttempts, insertPayment, supersedePayment } from './attempts.sql.ts'
import type { PaymentToBegin } from './begin-payment.ts'
import { deadlineFor } from './deadlines.ts'
import { releaseJob } from './operations/operation-tasks.ts'
import { isBacked, isOver } from './payment-state.ts'
import { lockOrderAndPayment } from './payments.sql.ts'
import type { LockedPayment, Payer, PaymentRow } from './payments.sql.ts'
import { hasNobodyToAsk } from './provider-of.ts'

/** More tries than any shopper needs: each may hold the stock for as long again. */
const MAX_ATTEMPTS = 10
/** A replaced attempt that is open at its provider is stopped by a job, again and again until an answer comes. */
const STOP_AGAIN_MS = 60_000

export interface NextAttempt {
  provider: Payer
  method: PaidMethod
  /** What is left to pay by it. */
  due: number
  terms: PaymentTerms
}

/** Credit is kept under the name of the attempt that spent it, so it goes back and is spent anew. */
async function moveCredit(
  ctx: AppContext,
  tx: Tx,
  { order, payment }: LockedPayment,
  next: { id: string; amount: number },
): Promise<void> {
  const { id: orderId, customerId } = order
  if (customerId === null) return
  const before = order.storeCreditAmount
  if (before > 0) await returnCredit(ctx, tx, { orderId, customerId, amount: before, source: payment.id })
  if (next.amount > 0) await spendCredit(ctx, tx, { orderId, customerId, amount: next.amount, source: next.id })
}

/** Its provider has not said that it is over: it could not be stopped, or did not answer. */
const isOpenThere = ({ provider, providerRef, state }: PaymentRow): boolean =>
  providerRef !== null && !isOver(state) && !hasNobodyToAsk(provider)

/**
 * Puts another attempt in the place of the one that counts, with what it makes the order cost, in the caller's transaction: order
 * and attempt are locked, and the attempt has been stopped as far as its provider can. Credit that covers all confirms the order.
 * Throws `payments/not-payable`, `store-credit/not-enough`.
 */
export async function replaceAttempt(
  ctx: AppContext,
  tx: Tx,
  locked: LockedPayment,
  next: NextAttempt,
): Promise<PaymentToBegin> {
  const { order, payment } = locked
  const attempt = (await countAttempts(tx, order.id)) + 1
  const isPaying = isBacked(payment.state) || payment.state === 'processing'
  // Money that does not fit may be there already: a second payment beside it would be one too many.
  const isHeld = payment.heldReason !== null
  if (order.state !== 'awaiting-payment' || isPaying || isHeld || attempt > MAX_ATTEMPTS)
    throw new Problem('payments/not-payable', { orderState: order.state })
  const now = ctx.clock.now()
  const { provider, method, due: amount, terms } = next
  const id = newId()
  await supersedePayment(tx, { id: payment.id, now })
  if (isOpenThere(payment)) await enqueue(tx, releaseJob(payment.id, new Date(now.getTime() + STOP_AGAIN_MS)))
  await moveCredit(ctx, tx, locked, { id, amount: terms.storeCreditAmount })
  const deadlineAt = deadlineFor(ctx, provider)
  await setPaymentTerms(tx, { orderId: order.id, terms, deadlineAt, now })
  await extendHolds(tx, order.id, deadlineAt)
  await insertPayment(tx, { id, orderId: order.id, provider, method, attempt, amount, now })
  if (method !== payment.method) await addTimeline(tx, { orderId: order.id, kind: 'method-changed', at: now })
  if (provider === 'store-credit') await confirmOrder(ctx, tx, { orderId: order.id, kinds: ['paid', 'confirmed'] })
  const { number, locale, customerId } = order
  const unbegun = { providerRef: null, sessionRef: null, redirectUrl: null }
  return { id, orderId: order.id, amount, provider, ...unbegun, order: { number, locale, customerId } }
}

/** Whether nobody can pay by it any more, though its order waits: the provider's session has ended, or was stopped. */
export function isSpent(payment: PaymentRow, now: Date): boolean {
  if (payment.state === 'cancelled') return true
  const isHosted = payment.provider === 'tabby' || payment.provider === 'tamara'
  if (!isHosted || payment.providerRef === null) return false
  return payment.state === 'failed' || (payment.expiresAt !== null && payment.expiresAt <= now)
}

/**
 * The same method once more, since a provider's session that has ended is not opened again. The first of two tabs makes it; the
 * other finds it there.
 */
export function tryAgain(ctx: AppContext, paymentId: string): Promise<PaymentToBegin | undefined> {
  return inTransaction(ctx.db, async (tx) => {
    const locked = await lockOrderAndPayment(tx, paymentId)
    if (!locked || locked.payment.supersededAt !== null) return undefined
    const { order, payment } = locked
    const { provider, method, amount: due } = payment
    return replaceAttempt(ctx, tx, locked, { provider, method, due, terms: order })
  })
}
