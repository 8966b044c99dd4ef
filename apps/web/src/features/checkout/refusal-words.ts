import type { MethodRefusal, PaymentMethod } from '@dhow/contracts/cart.ts'
import type { MessageId, Translator } from '@dhow/i18n/translator.ts'

type Worded = Partial<Record<MethodRefusal, MessageId>>

/** Tabby's own three texts, word for word (docs.tabby.ai, checkout flow, read November 2026). */
const tabby: Worded = {
  'not-available': 'checkout.refusal.tabby.not-available',
  'amount-too-high': 'checkout.refusal.tabby.amount-too-high',
  'amount-too-low': 'checkout.refusal.tabby.amount-too-low',
}

const tamara: Worded = {
  'not-available': 'checkout.refusal.tamara.not-available',
  'amount-too-high': 'checkout.refusal.tamara.amount-too-high',
  'amount-too-low': 'checkout.refusal.tamara.amount-too-low',
}

const cod: Worded = {
  'amount-too-high': 'checkout.refusal.cod.amount-too-high',
  'amount-too-low': 'checkout.refusal.cod.amount-too-low',
  'not-in-this-emirate': 'checkout.refusal.cod.not-in-this-emirate',
  'not-for-these-goods': 'checkout.refusal.cod.not-for-these-goods',
  'too-many-open-orders': 'checkout.refusal.cod.too-many-open-orders',
  'refused-before': 'checkout.refusal.cod.refused-before',
}

const anyMethod: Worded = {
  'amount-too-high': 'checkout.refusal.none.amount-too-high',
  'amount-too-low': 'checkout.refusal.none.amount-too-low',
  'no-answer': 'checkout.refusal.none.no-answer',
}

const ofMethod: Readonly<Record<PaymentMethod, Worded>> = { card: {}, tabby, tamara, cod }

/** Why a method cannot be chosen: in its provider's words where it asks for them, else in ours. */
export const refusalWords = (t: Translator, method: PaymentMethod, reason: MethodRefusal): string =>
  t(ofMethod[method][reason] ?? anyMethod[reason] ?? 'checkout.refusal.none.not-available')
