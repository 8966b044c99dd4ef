import type { OtpChallenge } from '@dhow/contracts/auth.ts'
import { Contact } from '@dhow/contracts/address.ts'
import { money } from '@dhow/money/money.ts'
import type { AppContext } from '../../context.ts'
import type { ClientFacts } from '../../platform/auth/client.ts'
import { inTransaction } from '../../platform/db/database.ts'
import type { Tx } from '../../platform/db/database.ts'
import { Problem } from '../../platform/http/problem.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import { cashRefOf, cashTruth } from '../../providers/payments/cod/port.ts'
import { checkCode, sendCode } from '../identity/identity.ts'
import { contactIndexes, readOrder, sealDeliveryCode } from '../orders/orders.ts'
import type { OrderCall, OrderRecord } from '../orders/orders.ts'
import { bookTruth, lockOrderAndPayment } from '../payments/payments.ts'
import { insertCollection } from './collections.sql.ts'
import { newDeliveryCode } from './delivery-code.ts'

/** What the notifications send the courier's code by; they know the order, and its words. */
const deliveryCodeTask = 'notifications.delivery-code'

export interface CodeCall extends OrderCall {
  client: ClientFacts
}

const accountOf = ({ actor }: OrderCall): string | null => (actor.kind === 'customer' ? actor.accountId : null)

const isPromised = (order: OrderRecord): boolean =>
  order.provider === 'cod' && order.state === 'confirmed' && order.paymentState !== 'cancelled'

/** Waits for the code: cash is how it is paid now, nothing is promised yet, and there is time left. */
function isConfirmable(ctx: AppContext, order: OrderRecord): boolean {
  const isOpen = order.paymentState === 'pending' || order.paymentState === 'requires-action'
  const isInTime = order.deadlineAt === null || order.deadlineAt > ctx.clock.now()
  return order.provider === 'cod' && order.state === 'awaiting-payment' && isOpen && isInTime
}

function contactOf(ctx: AppContext, { dataKey, contactSealed }: OrderRecord): Contact {
  if (!dataKey || !contactSealed) throw new Problem('orders/not-found')
  return Contact.parse(ctx.sealer.openJson(dataKey, 'contact', contactSealed))
}

/** Sends a code to the phone the order was placed with, by the same limits as every other. Throws `cod/not-confirmable`. */
export async function requestOrderCode(
  ctx: AppContext,
  call: CodeCall & { proofOfWork?: string | undefined },
): Promise<OtpChallenge> {
  const order = await readOrder(ctx, call)
  if (!isConfirmable(ctx, order)) throw new Problem('cod/not-confirmable')
  const { phone } = contactOf(ctx, order)
  const { client, proofOfWork, locale } = call
  return sendCode(ctx, { purpose: 'confirm-order', phone, accountId: accountOf(call), client, proofOfWork, locale })
}

/** Writes the promise down: the order is confirmed, its goods leave stock, and the courier's code is on its way. */
async function promiseCash(ctx: AppContext, tx: Tx, order: OrderRecord): Promise<void> {
  const locked = await lockOrderAndPayment(tx, order.paymentId)
  const now = ctx.clock.now()
  // Between the code and here another tab may have changed the method, cancelled, or run out of time.
  const isStill =
    locked?.order.state === 'awaiting-payment' &&
    locked.payment.supersededAt === null &&
    locked.payment.state !== 'cancelled' &&
    (locked.order.deadlineAt === null || locked.order.deadlineAt > now)
  if (!locked || !isStill || !order.dataKey) throw new Problem('cod/not-confirmable')
  const { id: paymentId, orderId, amount, providerRef } = locked.payment
  const { phoneIndex } = contactIndexes(ctx, contactOf(ctx, order))
  await insertCollection(tx, {
    paymentId,
    orderId,
    dueAmount: amount,
    deliveryCodeSealed: sealDeliveryCode(ctx.sealer, order.dataKey, newDeliveryCode()),
    phoneIndex,
    customerId: locked.order.customerId,
    now,
  })
  const cash = { orderId, providerRef: providerRef ?? cashRefOf(paymentId), amount: money(amount) }
  const truth = cashTruth(cash, { state: 'authorised', providerState: 'promised', authorisedAmount: amount })
  await bookTruth(ctx, tx, { ...locked, truth })
  await enqueue(tx, {
    task: deliveryCodeTask,
    payload: { orderId },
    key: `${deliveryCodeTask}:${orderId}`,
    priority: -10,
  })
}

/** A code is good once. Who gives one that another tab has just used finds the order confirmed. */
async function requireCode(ctx: AppContext, call: CodeCall & { challengeId: string; code: string }): Promise<string> {
  const { challengeId, code, client } = call
  const { phone } = await checkCode(ctx, {
    challengeId,
    code,
    purpose: 'confirm-order',
    accountId: accountOf(call),
    client,
  })
  return phone
}

/**
 * Promises the cash of an order with the code sent to its phone. Doing it again once it is promised changes nothing. Throws
 * `cod/not-confirmable` when the order waits for no code any more, and as {@link checkCode}.
 */
export async function confirmOrderCode(
  ctx: AppContext,
  call: CodeCall & { challengeId: string; code: string },
): Promise<OrderRecord> {
  const order = await readOrder(ctx, call)
  if (isPromised(order)) return order
  if (!isConfirmable(ctx, order)) throw new Problem('cod/not-confirmable')
  try {
    const phone = await requireCode(ctx, call)
    // The code proves the phone of this order, not just any phone.
    if (phone !== contactOf(ctx, order).phone) throw new Problem('auth/challenge-invalid')
    await inTransaction(ctx.db, (tx) => promiseCash(ctx, tx, order))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const newest = await readOrder(ctx, call)
    if (!isPromised(newest)) throw error
    return newest
  }
  return readOrder(ctx, call)
}
