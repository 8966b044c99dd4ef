/** Proper names, the same in every language. */
const brands: Readonly<Record<string, string>> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'American Express',
  unionpay: 'UnionPay',
  discover: 'Discover',
  jcb: 'JCB',
  diners: 'Diners Club',
}

/** A card's brand as people know it. */
export const brandName = (brand: string): string => brands[brand] ?? brand

/** Where a card was taken from. */
export const walletNames = { 'apple-pay': 'Apple Pay', 'google-pay': 'Google Pay', link: 'Link' } as const
