import type { Locale } from '@dhow/i18n/locales.ts'
import type { FrameLocator, Page } from 'playwright-core'

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

export function cardFrame(page: Page, locale: Locale): FrameLocator {
  return page.getByTitle(words[locale].frame).contentFrame()
}

export async function typeCard(page: Page, locale: Locale, number: string): Promise<void> {
  const frame = cardFrame(page, locale)
  await frame.getByLabel(labels[locale].number).fill(number)
  await frame.getByLabel(labels[locale].expiry).fill('1234')
  await frame.getByLabel(labels[locale].cvc).fill('123')
}

/** Answers the bank's question, which opens over the page. */
export async function answerBank(page: Page, locale: Locale, answer: 'complete' | 'fail'): Promise<void> {
  const bank = page.getByRole('dialog', { name: words[locale].bank }).getByTitle(words[locale].bank).contentFrame()
  await bank.getByRole('button', { name: words[locale][answer], exact: true }).click()
}
