import { formatterFor } from '@dhow/i18n/format.ts'
import type { Formatter } from '@dhow/i18n/format.ts'
import { directions, intlTags, isLocale } from '@dhow/i18n/locales.ts'
import type { Locale } from '@dhow/i18n/locales.ts'
import { makeTranslator } from '@dhow/i18n/translator.ts'
import type { Translator } from '@dhow/i18n/translator.ts'
import { useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { I18nProvider } from 'react-aria-components'

interface Words {
  t: Translator
  locale: Locale
  format: Formatter
}

// The language of this device before somebody signs in; afterwards the account's, which is written here too.
const remembered = 'dhow-admin-locale'

let current: Words | undefined
const listeners = new Set<() => void>()

const messagesOf = {
  en: () => import('virtual:messages/en'),
  ar: () => import('virtual:messages/ar'),
}

/** The language to begin in: what was chosen here before, else the browser's. */
export function firstLocale(): Locale {
  const kept = localStorage.getItem(remembered)
  if (isLocale(kept)) return kept
  return navigator.language.startsWith('ar') ? 'ar' : 'en'
}

/** Shows everything in a language; resolves when its words are there. */
export async function speak(locale: Locale): Promise<void> {
  if (current?.locale === locale) return
  const { messages } = await messagesOf[locale]()
  current = { t: makeTranslator(locale, messages), locale, format: formatterFor(locale) }
  localStorage.setItem(remembered, locale)
  document.documentElement.lang = locale
  document.documentElement.dir = directions[locale]
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** The words, their language and how numbers and dates are written in it. Ready before the first render. */
export function useWords(): Words {
  const words = useSyncExternalStore(subscribe, () => current)
  if (!words) throw new Error('no language was loaded before rendering')
  return words
}

/** React Aria's own words and directions follow the same language. */
export function WordsProvider({ children }: { children: ReactNode }) {
  const { locale } = useWords()
  return <I18nProvider locale={intlTags[locale]}>{children}</I18nProvider>
}
