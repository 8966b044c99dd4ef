import type { PaymentAction } from '@dhow/contracts/orders.ts'
import { sameMoney } from '@dhow/money/money.ts'
import type { Money } from '@dhow/money/money.ts'
import type { PaidMethod } from '@dhow/contracts/cart.ts'
import type { AppContext } from '../../context.ts'
import { inTransaction } from '../../platform/db/database.ts'
import type { Tx } from '../../platform/db/database.ts'
import { Problem } from '../../platform/http/problem.ts'
import { readOrder } from '../orders/orders.ts'
import type { OrderCall, OrderRecord } from '../orders/orders.ts'
import { requireOption, subjectOfOrder } from '../payment-options/payment-options.ts'
import type { ChosenOption } from '../payment-options/payment-options.ts'
import {
  beginPayment,
  findPaymentOfOrder,
  goOnPaying,
  isSpent,
  lockOrderAndPayment,
  noteChange,
  replaceAttempt,
  stopPayment,
} from '../payments/payments.ts'
import type { PaymentRow, PaymentToBegin } from '../payments/payments.ts'
import { termsOf } from './payment-terms.ts'

export interface MethodChange {
  paymentMethod: PaidMethod
  expectedTotal: Money
  useStoreCredit?: boolean | undefined
}

type Chosen = { order: OrderRecord; change: MethodChange; call: OrderCall }

async function chooseOption(ctx: AppContext, tx: Tx, { order, change, call }: Chosen): Promise<ChosenOption> {
  const subject = subjectOfOrder(ctx, { order, actor: call.actor, locale: call.locale })
  const { paymentMethod: method, useStoreCredit } = change
  const option = await requireOption(ctx, tx, subject, { method, useStoreCredit })
  if (!sameMoney(option.due, change.expectedTotal)) throw new Problem('cart/total-changed', { total: option.due })
  return option
}

/** The same way to pay, at the same price, that can still be paid: there is nothing to change, and a second tab loses nothing. */
const isSame = (order: OrderRecord, payment: PaymentRow, option: ChosenOption): boolean =>
  payment.method === option.method &&
  payment.amount === option.due.amount &&
  order.storeCreditAmount === option.credit.amount

async function requirePayable(ctx: AppContext, order: OrderRecord): Promise<PaymentRow> {
  const payment = order.state === 'awaiting-payment' ? await findPaymentOfOrder(ctx.db, order.id) : undefined
  if (!payment) throw new Problem('payments/not-payable', { orderState: order.state })
  return payment
}

/**
 * A provider that is away need not keep the shopper from paying another way, where no money can be taken twice: nobody was told
 * where to pay, or what is paid there is only held until we take it, and let go by a job.
 */
const mayBeLeft = (ctx: AppContext, { provider, providerRef }: PaymentRow): boolean =>
  providerRef === null || (provider !== 'store-credit' && ctx.providers.payments[provider]?.takesByItself === false)

interface Stopped {
  payment: PaymentRow
  /** Its provider did not answer: what it says when it is back is for the job. */
  isLeft: boolean
}

/**
 * Stops the attempt that counts as far as its provider can. That it was stopped must not give the order up, whoever hears of it
 * first, so that is written down before the provider is asked.
 */
async function stop(ctx: AppContext, payment: PaymentRow): Promise<Stopped> {
  await noteChange(ctx.db, { id: payment.id, now: ctx.clock.now() })
  try {
    const result = await stopPayment(ctx, payment, { by: 'shopper', endsOrder: false })
    if (result === 'too-late') throw new Problem('payments/not-payable')
    return { payment, isLeft: false }
  } catch (error) {
    const isAway = error instanceof Problem && error.code === 'payments/provider-unavailable'
    if (!isAway || !mayBeLeft(ctx, payment)) throw error
    ctx.log.warn({ paymentId: payment.id, err: error }, 'the provider is away: its payment is left to the job')
    return { payment, isLeft: true }
  }
}

/** Undefined when another tab was faster: then the attempt that was stopped does not count any more. */
function replace(ctx: AppContext, stopped: Stopped, chosen: Chosen): Promise<PaymentToBegin | undefined> {
  return inTransaction(ctx.db, async (tx) => {
    const locked = await lockOrderAndPayment(tx, stopped.payment.id)
    if (!locked) throw new Problem('orders/not-found')
    if (locked.payment.supersededAt !== null) return undefined
    // Another tab has begun it meanwhile, and somebody may be paying there.
    if (stopped.isLeft && locked.payment.providerRef !== stopped.payment.providerRef)
      throw new Problem('payments/provider-unavailable', { headers: { 'Retry-After': '5' } })
    const option = await chooseOption(ctx, tx, chosen)
    const { provider, method, due } = option
    return replaceAttempt(ctx, tx, locked, { provider, method, due: due.amount, terms: termsOf(option) })
  })
}

/**
 * Pays a waiting order another way: the attempt that counts is stopped at its provider, or left to run out there, and another takes
 * its place with the fee, the credit and the rounding of the new method. Whatever money still arrives by the old one is let go.
 * Throws `payments/not-payable` when money is there or on its way, and `payments/provider-unavailable` with nothing changed, of a
 * provider that may take money meanwhile.
 */
export async function changeMethod(
  ctx: AppContext,
  call: OrderCall,
  change: MethodChange,
): Promise<{ order: OrderRecord; payment: { id: string; action: PaymentAction } }> {
  const order = await readOrder(ctx, call)
  const payment = await requirePayable(ctx, order)
  const chosen = { order, change, call }
  // Before anything is stopped: what is not offered leaves the payment as it is.
  const option = await inTransaction(ctx.db, (tx) => chooseOption(ctx, tx, chosen))
  if (isSame(order, payment, option) && !isSpent(payment, ctx.clock.now())) {
    const { paymentId, action } = await goOnPaying(ctx, payment)
    return { order: await readOrder(ctx, call), payment: { id: paymentId, action } }
  }
  const next = (await replace(ctx, await stop(ctx, payment), chosen)) ?? (await findPaymentOfOrder(ctx.db, order.id))
  if (!next) throw new Problem('payments/not-payable')
  const { action } = await beginPayment(ctx, next)
  return { order: await readOrder(ctx, call), payment: { id: next.id, action } }
}
