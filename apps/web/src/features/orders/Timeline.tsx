import { useShop } from '../../framework/shop.tsx'
import type { OrderData } from './order-data.ts'
import styles from './timeline.module.css'

/** What happened to an order, oldest first. */
export function Timeline({ entries }: { entries: OrderData['timeline'] }) {
  const { t } = useShop()
  return (
    <ol className={styles['timeline']}>
      {entries.map((entry) => (
        <li className={styles['entry']} key={`${entry.at} ${entry.kind}`}>
          <span>{t(`orders.timeline.${entry.kind}`)}</span>
          <time className={styles['when']} dateTime={entry.at}>
            {entry.when}
          </time>
        </li>
      ))}
    </ol>
  )
}
