import { useWords } from '../../app/words.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { Icon } from '../../ui/Icon.tsx'
import type { IconName } from '../../ui/Icon.tsx'
import { RowLink } from '../../ui/RowLink.tsx'
import styles from './queue.module.css'

interface QueueProps {
  icon: IconName
  label: string
  count: number
  /** What to say when nothing waits. */
  none: string
  to: string
  isUrgent?: boolean
}

/** One kind of work that waits, and the way to it. */
export function Queue({ icon, label, count, none, to, isUrgent = false }: QueueProps) {
  const { t, format } = useWords()
  return (
    <div className={styles['queue']}>
      <Icon name={icon} />
      <span className={styles['words']}>
        <RowLink to={to}>{label}</RowLink>
        <span className={styles['note']}>
          {count === 0 ? none : t('admin.home.waits', { count, shown: format.number(count) })}
        </span>
      </span>
      {count > 0 && <Badge tone={isUrgent ? 'bad' : 'warn'}>{format.number(count)}</Badge>}
      <Icon name="forward" isSmall />
    </div>
  )
}
