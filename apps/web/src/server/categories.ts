import type { ApiClient } from '@dhow/api-client/api-client.ts'
import { listCategories } from '@dhow/contracts/catalog.ts'
import type { CategoryView } from '@dhow/contracts/catalog.ts'
import type { Locale } from '@dhow/i18n/locales.ts'
import { keepAnswers } from './kept-answers.ts'

export interface Categories {
  /** All categories; at most a minute old, older when the API does not answer. Throws only when there never was an answer. */
  list(locale: Locale, api: ApiClient): Promise<readonly CategoryView[]>
}

/** The catalogue's categories stand in every header. */
export function keepCategories(nowMs: () => number): Categories {
  const kept = keepAnswers<Locale, readonly CategoryView[]>(nowMs)
  return {
    list: (locale, api) => kept.get(locale, async () => (await api.call(listCategories, { locale })).items),
  }
}
