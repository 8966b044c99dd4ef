import { useId } from 'react'
import type { ReactNode } from 'react'
import styles from './section.module.css'

interface SectionProps {
  title: string
  more?: { href: string; words: string }
  children: ReactNode
}

/** A titled part of a page, with an optional way to more of the same. */
export function Section({ title, more, children }: SectionProps) {
  const id = useId()
  return (
    <section className={styles['section']} aria-labelledby={id}>
      <div className={styles['head']}>
        <h2 id={id}>{title}</h2>
        {more && (
          <a className={styles['more']} href={more.href}>
            {more.words}
          </a>
        )}
      </div>
      {children}
    </section>
  )
}
