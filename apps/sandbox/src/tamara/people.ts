/** Phones and cards of Tamara's own test page, and what they do. Local nine digits; any other mobile pays. */
export const DECLINED_PHONE = '526422337'
export const APPROVED_PHONE = '544337866'
/** Tamara asks not to test with these: here they are people it offers nothing to. */
export const REFUSED_PHONES: ReadonlySet<string> = new Set(['511111111', '512345678', '500000000'])

export const TAMARA_CARDS = [
  { number: '5436031030606378', pays: true },
  { number: '4242424242424242', pays: true },
  { number: '4573823168710907', pays: true },
  { number: '4111111111111111', pays: true },
  { number: '4556253752712245', pays: false },
  { number: '4000144348235050', pays: false },
  { number: '4544249167673670', pays: false },
] as const

export const MINIMUM_FILS = 1_000
export const MAXIMUM_FILS = 500_000
export const INSTALMENTS = 4
