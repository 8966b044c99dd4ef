import { useState } from 'react'
import { useSearchParams } from 'react-router'

/** A filter in the address: its value, and a setter that takes empty for "none" and goes back to the first page. */
export function useFilters<Name extends string>(names: readonly Name[]) {
  const [search, setSearch] = useSearchParams()
  const [generation, setGeneration] = useState(0)
  const values = Object.fromEntries(names.map((name) => [name, search.get(name) ?? ''])) as Record<Name, string>
  const change = (changes: Partial<Record<Name, string>>): void =>
    setSearch(
      (before) => {
        for (const [name, value] of Object.entries<string | undefined>(changes))
          if (value) before.set(name, value)
          else before.delete(name)
        before.delete('cursor')
        return before
      },
      { replace: true, preventScrollReset: true },
    )
  const isFiltered = names.some((name) => values[name] !== '')
  const clear = (): void => {
    change(Object.fromEntries(names.map((name) => [name, ''])) as Record<Name, string>)
    setGeneration(generation + 1)
  }
  /** `generation` counts the clearings: the key of fields that keep what is typed to themselves. */
  return { values, change, isFiltered, clear, generation }
}
