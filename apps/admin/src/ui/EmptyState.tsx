import type { ReactNode } from 'react'
import styles from './empty-state.module.css'
import { Icon } from './Icon.tsx'
import type { IconName } from './Icon.tsx'

interface EmptyStateProps {
  icon: IconName
  title: string
  children?: ReactNode
  /** The one next step. */
  action?: ReactNode
}

/** Says why there is nothing to see, and what to do next. "Nothing yet" and "nothing matches" are different sentences. */
export const EmptyState = ({ icon, title, children, action }: EmptyStateProps) => (
  <div className={styles['empty']}>
    <span className={styles['icon']}>
      <Icon name={icon} />
    </span>
    <p className={styles['title']}>{title}</p>
    {children && <div className={styles['words']}>{children}</div>}
    {action}
  </div>
)
