import type { ReactNode } from 'react'
import styles from './badge.module.css'

export type Tone = 'calm' | 'good' | 'warn' | 'bad' | 'plain'

/** A state in one or two words. The colour only repeats what the word says. */
export const Badge = ({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) => (
  <span className={`${styles['badge']} ${styles[tone]}`}>{children}</span>
)
