import { useWords } from '../app/words.tsx'
import { IconButton } from './Button.tsx'
import { Icon } from './Icon.tsx'
import styles from './toasts.module.css'
import { dismissToast, useToasts } from './toasts.ts'

/** The corner where `toast(…)` speaks. Announced politely, and never hidden behind an open dialog. */
export function Toasts() {
  const { t } = useWords()
  const items = useToasts()
  return (
    <div className={styles['corner']} role="status" aria-live="polite" data-react-aria-top-layer="true">
      {items.map(({ id, kind, text }) => (
        <div key={id} className={`${styles['toast']} ${styles[kind]}`}>
          <Icon name={kind === 'good' ? 'check' : 'alert'} />
          <span className={styles['text']}>{text}</span>
          <IconButton icon="close" label={t('admin.actions.dismiss')} onPress={() => dismissToast(id)} />
        </div>
      ))}
    </div>
  )
}
