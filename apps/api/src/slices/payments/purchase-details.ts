import { Address, Contact } from '@dhow/contracts/address.ts'
import { money } from '@dhow/money/money.ts'
import type { AppContext } from '../../context.ts'
import type { PurchaseDetails } from '../../providers/payments/port.ts'
import { findAccount } from '../identity/identity.ts'
import { findPurchase } from '../orders/orders.ts'
import type { Purchase } from '../orders/orders.ts'

type Earlier = PurchaseDetails['orderHistory'][number]

function statusOf(order: Purchase['earlier'][number]): Earlier['status'] {
  if (order.state === 'cancelled') return 'cancelled'
  if (order.state === 'awaiting-payment') return 'new'
  if (order.capturedAmount > 0 && order.refundedAmount >= order.capturedAmount) return 'refunded'
  return order.paymentState === 'captured' ? 'complete' : 'processing'
}

/** Orders that credit paid wholly were lent by nobody and tell a lender nothing. */
const historyOf = (purchase: Purchase): Earlier[] =>
  purchase.earlier.flatMap((order) =>
    order.method === 'store-credit'
      ? []
      : [
          {
            placedAt: order.placedAt,
            amount: money(order.amount),
            method: order.method,
            status: statusOf(order),
          },
        ],
  )

function itemsOf({ config }: AppContext, purchase: Purchase): PurchaseDetails['items'] {
  const isArabic = purchase.locale === 'ar'
  return purchase.items.map((item) => ({
    sku: item.sku,
    name: isArabic ? item.nameAr : item.nameEn,
    category: item.category,
    quantity: item.quantity,
    unitPrice: money(item.unitPriceAmount),
    total: money(item.totalAmount),
    vat: money(item.vatAmount),
    pictureUrl: item.pictureKey && `${config.WEBSITE_URL}/media/${encodeURIComponent(item.pictureKey)}/640.webp`,
    productUrl: `${config.WEBSITE_URL}/${purchase.locale}/p/${encodeURIComponent(isArabic ? item.slugAr : item.slugEn)}`,
  }))
}

function openDetails(ctx: AppContext, orderId: string, purchase: Purchase): { contact: Contact; address: Address } {
  const { dataKey, contactSealed, addressSealed } = purchase
  if (!dataKey || !contactSealed || !addressSealed) throw new Error(`order ${orderId} has been erased`)
  return {
    contact: Contact.parse(ctx.sealer.openJson(dataKey, 'contact', contactSealed)),
    address: Address.parse(ctx.sealer.openJson(dataKey, 'address', addressSealed)),
  }
}

/** What a provider of instalments asks before it lends: read only when one asks, since it opens what is sealed. */
export async function purchaseDetailsOf(ctx: AppContext, orderId: string): Promise<PurchaseDetails> {
  const purchase = await findPurchase(ctx.db, orderId)
  if (!purchase) throw new Error(`no order ${orderId}`)
  const { contact, address } = openDetails(ctx, orderId, purchase)
  const account = purchase.customerId === null ? undefined : await findAccount(ctx.db, { id: purchase.customerId })
  return {
    buyer: { name: contact.name, email: contact.email, phone: contact.phone },
    address,
    items: itemsOf(ctx, purchase),
    vat: money(purchase.vatAmount),
    delivery: money(purchase.deliveryAmount),
    discount: money(purchase.storeCreditAmount),
    buyerHistory: {
      registeredSince: account?.createdAt.toISOString() ?? null,
      successfulOrders: purchase.paidCount,
      isPhoneVerified: (account?.phoneVerifiedAt ?? null) !== null,
      isEmailVerified: (account?.emailVerifiedAt ?? null) !== null,
    },
    orderHistory: historyOf(purchase),
  }
}
