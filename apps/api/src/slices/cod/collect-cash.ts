import type { CashOrder } from '@dhow/contracts/cod.ts'
import { money } from '@dhow/money/money.ts'
import type { AppContext } from '../../context.ts'
import type { StaffActor } from '../../platform/auth/actor.ts'
import type { ClientFacts } from '../../platform/auth/client.ts'
import { inTransaction } from '../../platform/db/database.ts'
import type { Tx } from '../../platform/db/database.ts'
import { doOnce, isDone } from '../../platform/http/do-once.ts'
import { Problem } from '../../platform/http/problem.ts'
import { cashRefOf, cashTruth } from '../../providers/payments/cod/port.ts'
import { recordAudit } from '../audit/audit.ts'
import { postCashRounding } from '../ledger/ledger.ts'
import { openDeliveryCode } from '../orders/orders.ts'
import { bookTruth, lockOrderAndPayment } from '../payments/payments.ts'
import type { LockedPayment } from '../payments/payments.ts'
import { limitOf } from '../staff/staff.ts'
import { findCashOrder } from './cash-orders.sql.ts'
import type { CashOrderRow } from './cash-orders.sql.ts'
import { toCashOrder } from './cash-view.ts'
import { addCodeTry, markCollected, markRefused } from './collections.sql.ts'
import { DELIVERY_CODE_TRIES, isSameCode } from './delivery-code.ts'

export interface ByStaff {
  actor: StaffActor
  client: ClientFacts
}

export interface CashRecord extends ByStaff {
  number: string
  /** The same one again finds it recorded. */
  requestId: string
}

export interface CollectCash extends CashRecord {
  /** Minor units. */
  amount: number
  deliveryCode?: string | undefined
  overrideReason?: string | undefined
  shortReason?: string | undefined
  courier?: string | undefined
}

const required = (pointer: string): Problem =>
  new Problem('request/invalid', { errors: [{ pointer, code: 'required' }] })

async function requireCashOrder(ctx: AppContext, number: string): Promise<CashOrderRow> {
  const row = await findCashOrder(ctx.db, number)
  if (!row) throw new Problem('orders/not-found')
  if (row.cashState !== 'pending') throw new Problem('cod/not-collectable', { state: row.cashState })
  return row
}

/** Counts a wrong code before anybody hears of it, so that guesses made at once share the five. */
async function refuseCode(ctx: AppContext, row: CashOrderRow, { actor, client }: ByStaff): Promise<never> {
  const { paymentId, orderId } = row
  const now = ctx.clock.now()
  const triesLeft = await inTransaction(ctx.db, async (tx) => {
    const tries = await addCodeTry(tx, { paymentId, limit: DELIVERY_CODE_TRIES, now })
    const left = DELIVERY_CODE_TRIES - (tries ?? DELIVERY_CODE_TRIES)
    await recordAudit(ctx, tx, {
      action: 'cod.code-refused',
      result: 'refused',
      actor,
      client,
      object: { type: 'order', id: orderId },
      details: { triesLeft: left },
    })
    return left
  })
  throw new Problem('cod/delivery-code-wrong', { triesLeft })
}

/** The shopper's code proves that the goods were handed over; without it somebody says why, and after five wrong ones somebody trusted with money. */
async function requireHandedOver(ctx: AppContext, row: CashOrderRow, wish: CollectCash): Promise<void> {
  const isExhausted = (row.deliveryCodeTries ?? 0) >= DELIVERY_CODE_TRIES
  if (wish.overrideReason !== undefined) {
    if (isExhausted && !wish.actor.permissions.has('payments.write')) throw new Problem('auth/forbidden')
    return
  }
  if (wish.deliveryCode === undefined) throw required('/overrideReason')
  if (isExhausted) throw new Problem('cod/delivery-code-wrong', { triesLeft: 0 })
  const code = openDeliveryCode(ctx.sealer, row.dataKey, row.deliveryCodeSealed)
  if (code === null || !isSameCode(code, wish.deliveryCode)) await refuseCode(ctx, row, wish)
}

/**
 * Less than what is due needs a reason, and beyond what one may give away, like a refund, somebody trusted with money. More is a
 * mistake, or change nobody gave back.
 */
function requireAmount(ctx: AppContext, row: CashOrderRow, { amount, shortReason, actor }: CollectCash): void {
  const missing = row.dueAmount - amount
  if (missing < 0) throw new Problem('payments/amount-too-high', { left: money(row.dueAmount) })
  if (missing > 0 && shortReason === undefined) throw required('/shortReason')
  if (missing > 0 && missing > limitOf(ctx, actor) && !actor.permissions.has('payments.write'))
    throw new Problem('auth/forbidden', { detail: 'more is missing than this person may give away' })
}

/** Locks what is about to move, order first. Throws `cod/not-collectable` when somebody else was quicker. */
async function lockPromise(tx: Tx, paymentId: string): Promise<LockedPayment> {
  const locked = await lockOrderAndPayment(tx, paymentId)
  if (locked?.order.state !== 'confirmed' || locked.payment.state !== 'authorised')
    throw new Problem('cod/not-collectable')
  return locked
}

const cashOf = ({ payment }: LockedPayment) => ({
  orderId: payment.orderId,
  providerRef: payment.providerRef ?? cashRefOf(payment.id),
  amount: money(payment.amount),
})

/**
 * The courier has the cash: the payment is captured and booked, and what cash rounded off with it. Throws `cod/not-collectable`,
 * `cod/delivery-code-wrong`, `payments/amount-too-high`, `auth/forbidden`.
 */
export async function collectCash(ctx: AppContext, wish: CollectCash): Promise<CashOrder> {
  const { number, amount, actor, client, requestId, courier = null } = wish
  if (await isDone(ctx.db, requestId)) return viewCash(ctx, number)
  const row = await requireCashOrder(ctx, number)
  requireAmount(ctx, row, wish)
  await requireHandedOver(ctx, row, wish)
  const now = ctx.clock.now()
  await doOnce(ctx, requestId, async (tx) => {
    const { paymentId, orderId } = row
    const locked = await lockPromise(tx, paymentId)
    if (!(await markCollected(tx, { paymentId, amount, courier, by: actor.accountId, now })))
      throw new Problem('cod/not-collectable')
    const taken = { authorisedAmount: locked.payment.amount, capturedAmount: amount }
    const truth = cashTruth(cashOf(locked), { state: 'captured', providerState: 'collected', ...taken })
    await bookTruth(ctx, tx, { ...locked, truth })
    const rounding = locked.order.roundingAmount
    if (rounding !== 0) await postCashRounding(ctx, tx, { orderId, paymentId, rounding })
    await recordAudit(ctx, tx, {
      action: 'cod.collected',
      result: 'ok',
      actor,
      client,
      object: { type: 'order', id: orderId },
      reason: [wish.overrideReason, wish.shortReason].filter(Boolean).join('; ') || undefined,
      details: { amount, due: row.dueAmount, hasCode: wish.overrideReason === undefined, courier },
    })
  })
  return viewCash(ctx, number)
}

/**
 * Nobody took the goods: the promise is over, the order called off, and the refusal remembered. The goods are still with the
 * courier (`receiveRefused`). Throws `cod/not-collectable`.
 */
export async function refuseCash(
  ctx: AppContext,
  { number, reason, requestId, actor, client }: CashRecord & { reason: string },
): Promise<CashOrder> {
  if (await isDone(ctx.db, requestId)) return viewCash(ctx, number)
  const { paymentId, orderId } = await requireCashOrder(ctx, number)
  const now = ctx.clock.now()
  await doOnce(ctx, requestId, async (tx) => {
    const locked = await lockPromise(tx, paymentId)
    // Before the payment is cancelled: what is still pending then counts as called off, and not as refused.
    if (!(await markRefused(tx, { paymentId, reason, now }))) throw new Problem('cod/not-collectable')
    const { amount } = locked.payment
    const truth = cashTruth(cashOf(locked), {
      state: 'cancelled',
      providerState: 'refused',
      authorisedAmount: amount,
      cancelledBy: 'shop',
    })
    await bookTruth(ctx, tx, { ...locked, truth, cancelKind: 'cash-refused' })
    await recordAudit(ctx, tx, {
      action: 'cod.refused',
      result: 'ok',
      actor,
      client,
      reason,
      object: { type: 'order', id: orderId },
      details: { due: amount },
    })
  })
  return viewCash(ctx, number)
}

/** Throws `orders/not-found`. */
export async function viewCash(ctx: AppContext, number: string): Promise<CashOrder> {
  const row = await findCashOrder(ctx.db, number)
  if (!row) throw new Problem('orders/not-found')
  return toCashOrder(row, ctx.clock.now())
}
