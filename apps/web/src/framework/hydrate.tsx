import type { CompiledMessages } from '@dhow/i18n/compile.ts'
import { makeTranslator } from '@dhow/i18n/translator.ts'
import type { Locale } from '@dhow/i18n/locales.ts'
import { hydrateRoot } from 'react-dom/client'
import 'virtual:tokens.css'
import '../ui/global.css'
import type { PageComponent } from './page.ts'
import { prefetchOnIntent } from './prefetch.ts'
import { Root } from './Root.tsx'
import type { PageState } from './Root.tsx'

export type Words = Readonly<Record<Locale, () => Promise<{ messages: CompiledMessages }>>>

const sharedWords: Words = {
  en: () => import('virtual:messages/en'),
  ar: () => import('virtual:messages/ar'),
}

/** Wakes a server-rendered page. Each page's entry calls it with its own component. */
export async function hydrate(Page: PageComponent<never>, ...ownWords: Words[]): Promise<void> {
  const root = document.getElementById('app')
  const source = document.getElementById('page-state')?.textContent
  if (!root || !source) return
  const state: PageState = JSON.parse(source)
  const words = await Promise.all([sharedWords, ...ownWords].map((some) => some[state.locale]()))
  const messages: CompiledMessages = Object.assign({}, ...words.map((some) => some.messages))
  hydrateRoot(root, <Root state={state} t={makeTranslator(state.locale, messages)} Page={Page} />)
  document.documentElement.dataset['ready'] = ''
  prefetchOnIntent()
}
