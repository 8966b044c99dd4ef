import { money, subtract, sum } from '@dhow/money/money.ts'
import { randomUUID } from 'node:crypto'
import type { BeginPayment, BegunPayment, PurchaseDetails, PurchaseItem } from '../src/providers/payments/port.ts'

export const lineOf = (unitPrice: number, quantity: number, vat = 0): PurchaseItem => ({
  sku: `SKU-${unitPrice}`,
  name: 'Finjan cups',
  category: 'Home',
  quantity,
  unitPrice: money(unitPrice),
  total: money(unitPrice * quantity),
  vat: money(vat),
  pictureUrl: 'https://shop.test/finjan.webp',
  productUrl: 'https://shop.test/en/p/finjan-cups',
})

/** A guest's basket: the shop ships to Dubai, nobody has bought before. */
export const purchaseOf = (wish: Partial<PurchaseDetails> = {}): PurchaseDetails => ({
  buyer: { name: 'Mariam Al Mansoori', email: 'mariam@example.com', phone: '+971544337866' },
  address: {
    recipientName: 'Mariam Al Mansoori',
    phone: '+971544337866',
    emirate: 'AE-DU',
    area: 'Al Barsha 1',
    kind: 'apartment',
    building: 'Marina Heights',
    unit: '1204',
    street: '',
    landmark: '',
    makani: '',
    location: null,
    notes: '',
  },
  items: [lineOf(12_950, 1, 617)],
  vat: money(712),
  delivery: money(2_000),
  discount: money(0),
  buyerHistory: { registeredSince: null, successfulOrders: 0, isPhoneVerified: false, isEmailVerified: false },
  orderHistory: [],
  ...wish,
})

/** A payment to begin, of exactly what its basket comes to. */
export function paymentFor(details: PurchaseDetails = purchaseOf(), wish: Partial<BeginPayment> = {}): BeginPayment {
  const goods = sum([...details.items.map((item) => item.total), details.delivery])
  return {
    paymentId: randomUUID(),
    orderId: randomUUID(),
    orderNumber: 'DH-7K3M-9QX2',
    amount: subtract(goods, details.discount),
    locale: 'en',
    returnUrls: {
      success: 'https://shop.test/en/paid',
      cancelled: 'https://shop.test/en/left',
      failed: 'https://shop.test/en/refused',
    },
    customerRef: null,
    details: () => Promise.resolve(details),
    ...wish,
  }
}

/** The payment as every later call names it. */
export const begunAs = (
  { paymentId, orderId, amount }: BeginPayment,
  refs: Pick<BegunPayment, 'providerRef' | 'sessionRef' | 'redirectUrl'>,
): BegunPayment => ({ paymentId, orderId, amount, ...refs })
