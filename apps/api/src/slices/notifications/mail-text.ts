import { cleanText } from '@dhow/contracts/primitives.ts'
import { formatterFor } from '@dhow/i18n/format.ts'
import type { Locale } from '@dhow/i18n/locales.ts'
import type { Money } from '@dhow/money/money.ts'

/** One line of somebody's text: no line breaks (they end a header), no control and no bidi characters. */
export const oneLine = (text: string): string => cleanText(text).replace(/\s+/g, ' ')

/**
 * `AED 1,234.50` in both languages: mail programs have no glyph for U+20C3, and mixed-script currency words move about between
 * right-to-left figures (UAE facts §1.3).
 */
export const amountText = (value: Money, locale: Locale): string => `AED ${formatterFor(locale).figure(value)}`

const FIRST_STRONG_ISOLATE = '\u2068'
const LEFT_TO_RIGHT_ISOLATE = '\u2066'
const POP_ISOLATE = '\u2069'
const rightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/

/**
 * Somebody's text inside a plain-text sentence, so that neither turns the other round. Only where directions can mix: the
 * marks are invisible, but not to everything that reads a mail.
 */
export function isolate(text: string, locale: Locale): string {
  const clean = oneLine(text)
  return locale === 'ar' || rightToLeft.test(clean) ? `${FIRST_STRONG_ISOLATE}${clean}${POP_ISOLATE}` : clean
}

/** A number, code, phone or address of the web inside a plain-text sentence. */
export const isolateLtr = (text: string, locale: Locale): string =>
  locale === 'ar' ? `${LEFT_TO_RIGHT_ISOLATE}${oneLine(text)}${POP_ISOLATE}` : oneLine(text)
