import type { ReactNode } from 'react'
import styles from './page-head.module.css'

/** The title of a page with a line of what it is. */
export const PageHead = ({ title, line, children }: { title: ReactNode; line?: string; children?: ReactNode }) => (
  <div className={styles['head']}>
    <h1>{title}</h1>
    {line && <p className={styles['line']}>{line}</p>}
    {children}
  </div>
)
