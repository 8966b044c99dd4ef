import type { Locale } from '@dhow/i18n/locales.ts'
import type { FrameLocator, Locator, Page } from 'playwright-core'

/** Test cards of the sandbox (and of Stripe), by what happens. */
export const cards = {
  pays: '4242424242424242',
  declined: '4000000000000002',
  insufficientFunds: '4000000000009995',
  secure: '4000002760003184',
}

/** The provider's words, not ours: as a shopper reads them in its frame. */
const words = {
  en: { frame: 'Secure card payment frame', bank: 'Bank confirmation', complete: 'Complete', fail: 'Fail' },
  ar: { frame: 'إطار آمن لبيانات البطاقة', bank: 'تأكيد المصرف', complete: 'تأكيد', fail: 'رفض' },
} as const

const labels = {
  en: { number: 'Card number', expiry: 'Expiry date', cvc: 'Security code' },
  ar: { number: 'رقم البطاقة', expiry: 'تاريخ الانتهاء', cvc: 'رمز الأمان' },
} as const

function cardFrame(page: Page, locale: Locale): FrameLocator {
  return page.getByTitle(words[locale].frame).contentFrame()
}

/** The frame's fields in their order, and what is typed into each. */
export function typedCard(page: Page, locale: Locale, number: string): [field: Locator, typed: string][] {
  const frame = cardFrame(page, locale)
  const { number: numberLabel, expiry, cvc } = labels[locale]
  return [
    [frame.getByLabel(numberLabel), number],
    [frame.getByLabel(expiry), '1234'],
    [frame.getByLabel(cvc), '123'],
  ]
}

export async function typeCard(page: Page, locale: Locale, number: string): Promise<void> {
  for (const [field, typed] of typedCard(page, locale, number)) await field.fill(typed)
}

const keepWords = { en: 'Save this card for next time', ar: 'احفظ هذه البطاقة للمرة القادمة' } as const

/** Ticks the box that keeps the card, which signed-in shoppers have. */
export const keepCard = (page: Page, locale: Locale): Promise<void> =>
  cardFrame(page, locale).getByLabel(keepWords[locale]).check()

/** A card kept before, among those to choose from. */
export const keptCard = (page: Page, locale: Locale, last4: string): Locator =>
  cardFrame(page, locale).getByRole('radio', { name: new RegExp(last4) })

/** Answers the bank's question, which opens over the page. */
export async function answerBank(page: Page, locale: Locale, answer: 'complete' | 'fail'): Promise<void> {
  const bank = page.getByRole('dialog', { name: words[locale].bank }).getByTitle(words[locale].bank).contentFrame()
  await bank.getByRole('button', { name: words[locale][answer], exact: true }).click()
}
