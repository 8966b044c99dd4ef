import ar from '../messages/ar.json' with { type: 'json' }
import en from '../messages/en.json' with { type: 'json' }
import { compileMessages } from './compile.ts'
import type { Locale } from './locales.ts'
import { makeTranslator } from './translator.ts'
import type { Translator } from './translator.ts'

// Parsed once at start: a message with bad syntax stops the process, not a page.
const translators: Readonly<Record<Locale, Translator>> = {
  en: makeTranslator('en', compileMessages(en)),
  ar: makeTranslator('ar', compileMessages(ar)),
}

/** The server's `t`: `createTranslator('ar')('cart.lines.count', { count: 3 })`. */
export const createTranslator = (locale: Locale): Translator => translators[locale]
