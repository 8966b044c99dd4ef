import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useWords } from '../app/words.tsx'
import { Icon } from './Icon.tsx'
import styles from './page-header.module.css'

interface PageHeaderProps {
  title: ReactNode
  /** The title as text, where it is put together of elements or still loading. */
  documentTitle?: string
  lead?: ReactNode
  /** The way here, from the section down; the page itself is not among them. */
  crumbs?: readonly { to: string; label: string }[]
  badge?: ReactNode
  actions?: ReactNode
}

/** The head of every page: where it is, what it is, what can be done here. Names the tab too. */
export function PageHeader({ title, documentTitle, lead, crumbs = [], badge, actions }: PageHeaderProps) {
  const { t } = useWords()
  const named = documentTitle ?? (typeof title === 'string' ? title : '')
  // The tab's title is not React's to render in version 18.
  useEffect(() => {
    document.title = t('admin.frame.documentTitle', { page: named })
  }, [named, t])
  return (
    <header className={styles['header']}>
      {crumbs.length > 0 && (
        <nav aria-label={t('admin.frame.breadcrumbs')}>
          <ol className={styles['crumbs']}>
            {crumbs.map(({ to, label }) => (
              <li key={to} className={styles['crumb']}>
                <Link to={to}>{label}</Link>
                <Icon name="forward" isSmall />
              </li>
            ))}
          </ol>
        </nav>
      )}
      <div className={styles['row']}>
        <div className={styles['words']}>
          <div className={styles['titleLine']}>
            <h1 id="page-title" tabIndex={-1}>
              {title}
            </h1>
            {badge}
          </div>
          {lead && <p className={styles['lead']}>{lead}</p>}
        </div>
        {actions && <div className={styles['actions']}>{actions}</div>}
      </div>
    </header>
  )
}
