import type { ReactNode } from 'react'
import { useWords } from '../app/words.tsx'
import { Button } from './Button.tsx'
import styles from './filter-bar.module.css'

interface FilterBarProps {
  children: ReactNode
  /** Shown when something is filtered by. */
  onClear?: () => void
  label: string
}

/** What a list is narrowed down by; all of it stands in the address. */
export function FilterBar({ children, onClear, label }: FilterBarProps) {
  const { t } = useWords()
  return (
    <div className={styles['bar']} role="search" aria-label={label}>
      {children}
      {onClear && (
        <Button kind="plain" icon="close" onPress={onClear}>
          {t('admin.states.clearFilters')}
        </Button>
      )}
    </div>
  )
}
