import type { Address, Contact } from '@dhow/contracts/address.ts'
import type { Locale } from '@dhow/contracts/primitives.ts'
import { money } from '@dhow/money/money.ts'
import type { Money } from '@dhow/money/money.ts'
import type { AppContext } from '../../context.ts'
import type { Anonymous, CustomerActor } from '../../platform/auth/actor.ts'
import type { EligibilityRequest } from '../../providers/payments/port.ts'
import { openCartDetails } from '../cart/cart.ts'
import type { CartRecord } from '../cart/cart.ts'
import { purchaseDetailsOf } from '../payments/payments.ts'

/** What is to be paid, of a cart or of an order that waits. Making one costs no query; what costs something is a function. */
export interface OptionSubject {
  /** The order that waits; null of a cart, or of the order that is just being placed. */
  orderId: string | null
  productIds: readonly string[]
  /** Goods and delivery, VAT included: without any method's fee, before store credit. */
  total: Money
  /** Contained in `total`. */
  vat: Money
  /** Whose it is: promises of cash count by it, wherever it is paid from. */
  customerId: string | null
  /** Whose store credit and saved cards may pay: only while they are signed in, since an order's link may lie in other hands. */
  payerId: string | null
  emirate: string | null
  /** Store credit the order has taken already: it may be spent again, since changing the method returns it first. */
  spentCredit: Money
  locale: Locale
  /** Opens what is sealed. */
  who: () => { contact: Contact | null; address: Address | null }
  /** What a provider of instalments may want to know beyond: asked for only where one is asked. */
  details: EligibilityRequest['details']
}

/** @param totals of the cart as it is priced now, delivery included where one is chosen. */
export function subjectOfCart(
  ctx: Pick<AppContext, 'sealer'>,
  { cart, totals, locale }: { cart: CartRecord; totals: { grandTotal: Money; vat: Money }; locale: Locale },
): OptionSubject {
  return {
    orderId: null,
    productIds: cart.lines.map((line) => line.productId),
    total: totals.grandTotal,
    vat: totals.vat,
    customerId: cart.customerId,
    payerId: cart.customerId,
    emirate: cart.emirate,
    spentCredit: money(0),
    locale,
    who: () => openCartDetails(ctx.sealer, cart),
    details: () => Promise.resolve(undefined),
  }
}

/** What is known of an order that waits for its payment. */
export interface WaitingOrder {
  id: string
  customerId: string | null
  lines: readonly { productId: string }[]
  grandTotalAmount: number
  vatAmount: number
  paymentFeeAmount: number
  paymentFeeVatAmount: number
  storeCreditAmount: number
  dataKey: Buffer | null
  contactSealed: Buffer | null
  addressSealed: Buffer | null
}

/** @param actor whoever pays now: the holder of the order's token, or the customer themselves. */
export function subjectOfOrder(
  ctx: AppContext,
  { order, actor, locale }: { order: WaitingOrder; actor: Anonymous | CustomerActor; locale: Locale },
): OptionSubject {
  const { contact, address } = openCartDetails(ctx.sealer, order)
  const isTheirs = actor.kind === 'customer' && actor.accountId === order.customerId
  return {
    orderId: order.id,
    productIds: order.lines.map((line) => line.productId),
    total: money(order.grandTotalAmount - order.paymentFeeAmount),
    vat: money(order.vatAmount - order.paymentFeeVatAmount),
    customerId: order.customerId,
    payerId: isTheirs ? order.customerId : null,
    emirate: address?.emirate ?? null,
    spentCredit: money(order.storeCreditAmount),
    locale,
    who: () => ({ contact, address }),
    details: () => purchaseDetailsOf(ctx, order.id),
  }
}
