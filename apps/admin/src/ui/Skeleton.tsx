import type { ReactNode } from 'react'
import { useRevalidator } from 'react-router'
import { useWords } from '../app/words.tsx'
import { Button } from './Button.tsx'
import styles from './skeleton.module.css'

/** A grey line where text will be; `width` in percent of its place. */
export const Line = ({
  width = 100,
  isTall = false,
}: {
  width?: 20 | 30 | 40 | 50 | 60 | 70 | 80 | 90 | 100
  isTall?: boolean
}) => <span className={`${styles['line']} ${styles[`w${width}`]} ${isTall ? styles['tall'] : ''}`} />

/** Rows as of a table, in its final height. */
export const SkeletonRows = ({ rows = 6 }: { rows?: number }) => (
  <div>
    {Array.from({ length: rows }, (_, row) => (
      <div key={row} className={styles['row']}>
        <Line width={70} />
        <Line width={90} />
        <Line width={50} />
        <Line width={60} />
      </div>
    ))}
  </div>
)

/** A few lines as of a card's facts. */
export const SkeletonLines = ({ lines = 4 }: { lines?: number }) => (
  <div className={styles['lines']}>
    {Array.from({ length: lines }, (_, line) => (
      <Line key={line} width={line % 2 === 0 ? 70 : 50} />
    ))}
  </div>
)

/** What is shown until the data is there, in its shape. After eight seconds it says that it takes long, and offers to try again. */
export function Waiting({ children }: { children: ReactNode }) {
  const { t } = useWords()
  const { revalidate } = useRevalidator()
  return (
    <div aria-busy="true">
      <p className={styles['hidden']} role="status">
        {t('admin.states.loading')}
      </p>
      <div aria-hidden="true">{children}</div>
      <div className={styles['slow']}>
        <p>{t('admin.states.slow')}</p>
        <Button onPress={() => void revalidate()}>{t('admin.states.retry')}</Button>
      </div>
    </div>
  )
}
