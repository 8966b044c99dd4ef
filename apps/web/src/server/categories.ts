import type { ApiClient } from '@dhow/api-client/api-client.ts'
import { listCategories } from '@dhow/contracts/catalog.ts'
import type { CategoryView } from '@dhow/contracts/catalog.ts'
import type { Locale } from '@dhow/i18n/locales.ts'

const freshSeconds = 60

export interface Categories {
  /** All categories; at most a minute old, older when the API does not answer. Throws only when there never was an answer. */
  list(locale: Locale, api: ApiClient): Promise<readonly CategoryView[]>
}

interface Kept {
  items: readonly CategoryView[]
  at: number
}

/** The catalogue's categories stand in every header: they are asked for once a minute, by one request at a time. */
export function keepCategories(nowMs: () => number): Categories {
  const kept = new Map<Locale, Kept>()
  const asking = new Map<Locale, Promise<readonly CategoryView[]>>()

  async function ask(locale: Locale, api: ApiClient): Promise<readonly CategoryView[]> {
    const { items } = await api.call(listCategories, { locale })
    kept.set(locale, { items, at: nowMs() })
    return items
  }

  function refresh(locale: Locale, api: ApiClient): Promise<readonly CategoryView[]> {
    let asked = asking.get(locale)
    if (!asked) {
      asked = ask(locale, api).finally(() => asking.delete(locale))
      asking.set(locale, asked)
    }
    return asked
  }

  return {
    async list(locale, api) {
      const known = kept.get(locale)
      if (!known) return refresh(locale, api)
      // Stale ones are shown while new ones are fetched; a failure keeps the old.
      if (nowMs() - known.at > freshSeconds * 1000) void refresh(locale, api).catch(() => undefined)
      return known.items
    },
  }
}
