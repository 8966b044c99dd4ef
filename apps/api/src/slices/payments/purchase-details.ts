import { Address, Contact } from '@dhow/contracts/address.ts'
import { money } from '@dhow/money/money.ts'
import type { AppContext } from '../../context.ts'
import type { PurchaseDetails } from '../../providers/payments/port.ts'
import { findPurchase } from '../orders/orders.ts'
import type { Purchase } from '../orders/orders.ts'
import { buyerDetails } from './buyer-details.ts'

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
  return {
    buyer: { name: contact.name, email: contact.email, phone: contact.phone },
    address,
    items: itemsOf(ctx, purchase),
    vat: money(purchase.vatAmount),
    delivery: money(purchase.deliveryAmount),
    discount: money(purchase.storeCreditAmount),
    ...(await buyerDetails(ctx, purchase.customerId, purchase)),
  }
}
