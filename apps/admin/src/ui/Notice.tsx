import type { ReactNode } from 'react'
import { Icon } from './Icon.tsx'
import styles from './notice.module.css'

interface NoticeProps {
  kind?: 'info' | 'bad' | 'good' | 'warn'
  title?: string
  children?: ReactNode
  /** Said at once by screen readers: for what went wrong just now. */
  isUrgent?: boolean
}

/** A few sentences set apart from the page: what to know before going on, or what went wrong. */
export const Notice = ({ kind = 'info', title, children, isUrgent = false }: NoticeProps) => (
  <div className={`${styles['notice']} ${styles[kind]}`} role={isUrgent ? 'alert' : undefined}>
    <Icon name={kind === 'good' ? 'check' : kind === 'info' ? 'info' : 'alert'} />
    <div className={styles['words']}>
      {title && <p className={styles['title']}>{title}</p>}
      {children}
    </div>
  </div>
)
