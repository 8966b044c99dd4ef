import type { ReactNode } from 'react'
import styles from './skeleton.module.css'

/** Said by screen readers and not shown. */
export const VisuallyHidden = ({ children }: { children: ReactNode }) => (
  <span className={styles['hidden']}>{children}</span>
)
