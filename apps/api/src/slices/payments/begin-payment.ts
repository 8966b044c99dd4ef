import type { PaymentAction } from '@dhow/contracts/orders.ts'
import { money } from '@dhow/money/money.ts'
import type { AppContext } from '../../context.ts'
import { assertNever } from '../../platform/assert.ts'
import { Problem } from '../../platform/http/problem.ts'
import type { BeginOutcome, BeginPayment, PaymentProvider } from '../../providers/payments/port.ts'
import { findOrderToPay } from '../orders/orders.ts'
import type { OrderToPay } from '../orders/orders.ts'
import { followExpiry } from './deadlines.ts'
import { findCustomerRef, findPayment, setBegun } from './payments.sql.ts'
import type { PaymentRow } from './payments.sql.ts'
import { begunOf, providerOf } from './provider-of.ts'
import { purchaseDetailsOf } from './purchase-details.ts'
import { refusePayment } from './refuse-payment.ts'

export type PaymentToBegin = Pick<
  PaymentRow,
  'id' | 'orderId' | 'amount' | 'provider' | 'providerRef' | 'sessionRef' | 'redirectUrl'
> & {
  /** Saves a query where it is at hand. */
  order?: OrderToPay
}

/** No answer came. Nothing has changed on our side, and asking again is safe. */
export const providerUnavailable = (cause: unknown): Problem =>
  new Problem('payments/provider-unavailable', { headers: { 'Retry-After': '5' }, cause })

/**
 * Where the provider sends the shopper back to. `result` is a hint for the words of that page and nothing else: the page asks us
 * how the payment stands, whatever it says.
 */
function returnUrlsOf(ctx: AppContext, { number, locale }: OrderToPay): BeginPayment['returnUrls'] {
  const page = (result: string) =>
    `${ctx.config.WEBSITE_URL}/${locale}/checkout/return?order=${encodeURIComponent(number)}&result=${result}`
  return { success: page('success'), cancelled: page('cancelled'), failed: page('failed') }
}

async function requestFor(ctx: AppContext, payment: PaymentToBegin, provider: PaymentProvider): Promise<BeginPayment> {
  const { id: paymentId, orderId } = payment
  const order = payment.order ?? (await findOrderToPay(ctx.db, orderId))
  if (!order) throw new Problem('orders/not-found')
  const { customerId } = order
  const isOfCustomer = provider.method === 'card' && customerId !== null
  return {
    paymentId,
    orderId,
    orderNumber: order.number,
    amount: money(payment.amount),
    locale: order.locale,
    returnUrls: returnUrlsOf(ctx, order),
    customerRef: isOfCustomer ? await findCustomerRef(ctx.db, customerId, provider.name) : null,
    details: () => purchaseDetailsOf(ctx, orderId),
  }
}

/** Somebody else was faster: theirs is the payment, and ours is shown to nobody. */
async function reopenStored(ctx: AppContext, payment: PaymentToBegin, stored: string): Promise<BeginOutcome> {
  const known = await findPayment(ctx.db, payment.id)
  return known
    ? providerOf(ctx, known.provider).reopen(begunOf(known, stored))
    : { kind: 'unknown', cause: new Error('the payment is gone') }
}

/** Stores what was begun before anybody hears of it, so that a payment without a name can have been paid by nobody. */
async function keepBegun(ctx: AppContext, payment: PaymentToBegin, outcome: BeginOutcome): Promise<BeginOutcome> {
  if (outcome.kind !== 'begun') return outcome
  const { providerRef, sessionRef, redirectUrl, expiresAt } = outcome
  const now = ctx.clock.now()
  const stored = await setBegun(ctx.db, { id: payment.id, providerRef, sessionRef, redirectUrl, expiresAt, now })
  if (stored === undefined) return { kind: 'unknown', cause: new Error('the payment is over') }
  if (stored !== providerRef) return reopenStored(ctx, payment, stored)
  if (expiresAt !== null) await followExpiry(ctx, payment, new Date(expiresAt))
  return outcome
}

/**
 * Begins a payment at its provider, or finds the one begun before: the payment's id is the idempotency key, so a request that
 * died in between, a second tab and the poll all get the same one. Where a provider makes a new one each time, the first to be
 * stored is the payment; the address of the other reaches nobody.
 */
export async function openPayment(ctx: AppContext, payment: PaymentToBegin): Promise<BeginOutcome> {
  const { providerRef } = payment
  const provider = providerOf(ctx, payment.provider)
  // Cash is begun again, not reopened: it has nothing to open, and beginning tells the phone the code goes to.
  if (providerRef !== null && provider.name !== 'cod') return provider.reopen(begunOf(payment, providerRef))
  return keepBegun(ctx, payment, await provider.begin(await requestFor(ctx, payment, provider)))
}

/**
 * {@link openPayment} for whoever wants it paid. Talks to the provider, so never inside a transaction. A provider that will not
 * lend is no failure of the call: the attempt has failed, and the shopper may choose another way. Throws
 * `payments/provider-unavailable` when no answer came: nothing has been charged then, and trying again is safe.
 */
export async function beginPayment(ctx: AppContext, payment: PaymentToBegin): Promise<{ action: PaymentAction }> {
  if (payment.provider === 'store-credit') return { action: { kind: 'none' } }
  return takeBegun(ctx, payment, await openPayment(ctx, payment))
}

/** What an outcome means for whoever wants to pay. */
export async function takeBegun(
  ctx: AppContext,
  payment: PaymentToBegin,
  outcome: BeginOutcome,
): Promise<{ action: PaymentAction }> {
  switch (outcome.kind) {
    case 'begun':
      return outcome
    case 'refused':
      if (await refusePayment(ctx, payment, outcome)) return { action: { kind: 'none' } }
      throw new Problem('payments/amount-not-supported')
    case 'unknown':
      throw providerUnavailable(outcome.cause)
    default:
      return assertNever(outcome)
  }
}
