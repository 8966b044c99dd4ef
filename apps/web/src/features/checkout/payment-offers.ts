import type { PaymentMethod, PaymentOption, PaymentOptions } from '@dhow/contracts/cart.ts'
import { sameMoney } from '@dhow/money/money.ts'
import type { Money } from '@dhow/money/money.ts'
import type { PageContext } from '../../framework/page.ts'
import type { TotalsByMethod } from './pay-totals.ts'
import { refusalWords } from './refusal-words.ts'

/** A way to pay, as its card shows it. */
export interface OfferedMethod {
  method: PaymentMethod
  title: string
  text: string
  /** How it is split, in words. */
  instalments: string | null
  /** Why it cannot be chosen. */
  refusal: string | null
  due: Money
  /** What it adds; null when nothing. */
  fee: Money | null
  /** What cash rounds, below zero when the shopper pays less; null when nothing. */
  rounding: Money | null
}

export interface CreditOffer {
  balance: Money
  usable: Money
  isUsed: boolean
  /** Nothing is left to pay by any method. */
  coversAll: boolean
}

export interface PaymentOffers {
  methods: readonly OfferedMethod[]
  /** Null for guests and for those who have none. */
  credit: CreditOffer | null
}

/** What the payment step shows, and what its script shows instead when store credit is taken or left. */
export interface PricedOffers extends PaymentOffers {
  totals: TotalsByMethod
}

type Speaking = Pick<PageContext, 't' | 'format'>

/** `4 payments of AED 81.25`; with another first part where the amount cannot be split evenly. */
export function instalmentWords({ t, format }: Speaking, split: PaymentOption['instalments']): string | null {
  if (!split) return null
  const { count, first, each } = split
  if (sameMoney(first, each)) return t('checkout.payment.instalments', { count, each: format.money(each) })
  const values = { first: format.money(first), count: count - 1, each: format.money(each) }
  return t('checkout.payment.instalmentsFirst', values)
}

function toOffer(ctx: Speaking, option: PaymentOption): OfferedMethod {
  const { method, refusal, due, fee, rounding, label } = option
  const { t } = ctx
  return {
    method,
    title: t(`checkout.method.${method}`),
    text: label ?? t(`checkout.method.${method}.text`),
    instalments: refusal ? null : instalmentWords(ctx, option.instalments),
    refusal: refusal && refusalWords(t, method, refusal),
    due,
    fee: fee.amount === 0 ? null : fee,
    rounding: rounding.amount === 0 ? null : rounding,
  }
}

export const toPaymentOffers = (ctx: Speaking, { items, storeCredit }: PaymentOptions): PaymentOffers => ({
  methods: items.map((option) => toOffer(ctx, option)),
  credit: storeCredit,
})

/** Store credit alone pays. */
export const isCovered = ({ credit }: PaymentOffers): boolean => credit !== null && credit.isUsed && credit.coversAll

/** What is chosen when the page opens: the wish if it can be had, else the first that can. */
export function chosenAmong(methods: readonly OfferedMethod[], wish: string | null): string {
  const open = methods.filter(({ refusal }) => refusal === null)
  return (open.find(({ method }) => method === wish) ?? open[0])?.method ?? ''
}
