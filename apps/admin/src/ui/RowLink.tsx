import type { ReactNode } from 'react'
import { Link } from 'react-router'
import styles from './row-link.module.css'

/** The link of a table's row: all of the row can be pressed, and it is still one link. */
export const RowLink = ({ to, children, isQuiet = false }: { to: string; children: ReactNode; isQuiet?: boolean }) => (
  <Link className={`${styles['link']} ${isQuiet ? styles['quiet'] : ''}`} to={to} preventScrollReset={isQuiet}>
    {children}
  </Link>
)
