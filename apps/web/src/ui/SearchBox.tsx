import { useEffect, useId, useRef, useState } from 'react'
import type { FocusEvent, KeyboardEvent } from 'react'
import type { Suggestions } from '../framework/suggestions.ts'
import type { Shop } from '../framework/shop.tsx'
import { Icon } from './Icon.tsx'
import styles from './search-box.module.css'
import { SuggestionList } from './SuggestionList.tsx'

const pauseMs = 120

/** Suggestions for what is typed: waits for a pause, keeps the last ones meanwhile, drops answers that come too late. */
function useSuggestions(path: string, typed: string): Suggestions | null {
  const [found, setFound] = useState<Suggestions | null>(null)
  const q = typed.trim()
  const isLongEnough = q.length >= 2
  useEffect(() => {
    if (!isLongEnough) return undefined
    const cancel = new AbortController()
    const timer = setTimeout(async () => {
      try {
        const response = await fetch(`${path}?q=${encodeURIComponent(q)}`, { signal: cancel.signal })
        if (response.ok) setFound(await response.json())
      } catch {
        // Suggestions are a courtesy: the form searches without them.
      }
    }, pauseMs)
    return () => {
      clearTimeout(timer)
      cancel.abort()
    }
  }, [path, q, isLongEnough])
  return isLongEnough ? found : null
}

/** A plain GET form; with script it offers products and categories while one types (ARIA combobox with a list of links). */
export function SearchBox({ shop }: { shop: Shop }) {
  const { t, paths, chrome } = shop
  const [q, setQuery] = useState(chrome.query)
  const [isOpen, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const box = useRef<HTMLFormElement>(null)
  const listId = useId()
  const suggestions = useSuggestions(paths.suggest(), isOpen ? q : '')
  const count = (suggestions?.products.length ?? 0) + (suggestions?.categories.length ?? 0)
  const isShown = isOpen && count > 0
  const optionId = (at: number) => `${listId}-${at}`

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key === 'Escape') {
      if (isShown) event.preventDefault()
      setOpen(false)
      setActive(-1)
    } else if (isShown && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault()
      const step = event.key === 'ArrowDown' ? 1 : -1
      // -1 is the text itself, between the last and the first suggestion.
      setActive((at) => ((at + 1 + step + count + 1) % (count + 1)) - 1)
    } else if (isShown && event.key === 'Enter' && active >= 0) {
      event.preventDefault()
      box.current?.querySelector<HTMLAnchorElement>(`#${CSS.escape(optionId(active))}`)?.click()
    }
  }

  function onBlur(event: FocusEvent): void {
    if (!box.current?.contains(event.relatedTarget)) setOpen(false)
  }

  return (
    <form className={styles['search']} action={paths.search()} role="search" ref={box}>
      <Icon name="search" />
      <input
        className={styles['input']}
        name="q"
        type="search"
        value={q}
        maxLength={100}
        placeholder={t('search.placeholder')}
        aria-label={t('search.label')}
        autoComplete="off"
        enterKeyHint="search"
        role="combobox"
        aria-expanded={isShown}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={isShown && active >= 0 ? optionId(active) : undefined}
        onChange={(event) => {
          setQuery(event.target.value)
          setOpen(true)
          setActive(-1)
        }}
        onFocus={() => setOpen(true)}
        onBlur={onBlur}
        onKeyDown={onKeyDown}
      />
      <button className={styles['go']} type="submit">
        {t('search.submit')}
      </button>
      <div
        id={listId}
        className={styles['panel']}
        role="listbox"
        aria-label={t('search.suggestions')}
        hidden={!isShown}
      >
        {isShown && suggestions && (
          <SuggestionList shop={shop} suggestions={suggestions} active={active} optionId={optionId} />
        )}
      </div>
    </form>
  )
}
