import { useWords } from '../../app/words.tsx'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/Field.tsx'
import styles from './sessions.module.css'

interface CustomerSearchProps {
  value: string
  onSearch: (typed: string) => void
}

/** A customer is found by exactly their phone or e-mail; there is no list to look through. */
export function CustomerSearch({ value, onSearch }: CustomerSearchProps) {
  const { t } = useWords()
  return (
    <form
      className={styles['search']}
      role="search"
      onSubmit={(event) => {
        event.preventDefault()
        const typed = new FormData(event.currentTarget).get('phoneOrEmail')
        if (typeof typed === 'string' && typed.trim()) onSearch(typed.trim())
      }}
    >
      <TextField
        name="phoneOrEmail"
        label={t('admin.sessions.phoneOrEmail')}
        value={value}
        autoComplete="off"
        isLatin
        isFirst
        maxLength={254}
      />
      <Button type="submit" icon="search">
        {t('admin.sessions.find')}
      </Button>
    </form>
  )
}
