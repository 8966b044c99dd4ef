import { useId } from 'react'
import type { ReactNode } from 'react'
import styles from './card.module.css'

interface CardProps {
  title?: string
  /** What the section is for, in a sentence. */
  lead?: ReactNode
  actions?: ReactNode
  children?: ReactNode
  /** For tables and lists that go to the edge. */
  isFlush?: boolean
}

/** A section of a page with its heading and its own actions. */
export function Card({ title, lead, actions, children, isFlush = false }: CardProps) {
  const id = useId()
  return (
    <section className={styles['card']} aria-labelledby={title ? id : undefined}>
      {(title || actions) && (
        <div className={styles['head']}>
          <div className={styles['words']}>
            {title && <h2 id={id}>{title}</h2>}
            {lead && <p className={styles['lead']}>{lead}</p>}
          </div>
          {actions && <div className={styles['actions']}>{actions}</div>}
        </div>
      )}
      {children !== undefined && <div className={isFlush ? styles['flush'] : styles['body']}>{children}</div>}
    </section>
  )
}

/** Names and what they are, such as the facts of a staff member. */
export const Facts = ({ items }: { items: readonly { name: string; value: ReactNode }[] }) => (
  <dl className={styles['facts']}>
    {items.map(({ name, value }) => (
      <div key={name} className={styles['fact']}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)

/** Cards under one another, or with `isSplit` beside one another where there is room: the first is the wider. */
export const Stack = ({ children, isSplit = false }: { children: ReactNode; isSplit?: boolean }) => (
  <div className={isSplit ? styles['split'] : styles['stack']}>{children}</div>
)
