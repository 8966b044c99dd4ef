import { useShop } from '../../framework/shop.tsx'
import { Money } from '../../ui/Money.tsx'
import { Rich } from '../../ui/Rich.tsx'
import type { RefundRow } from './order-data.ts'
import styles from './refund-list.module.css'

/** What was given back, where to, and whether it has arrived. */
export function RefundList({ refunds }: { refunds: readonly RefundRow[] }) {
  const { t, format } = useShop()
  return (
    <ul className={styles['refunds']}>
      {refunds.map((refund) => (
        <li className={styles['refund']} key={refund.id} data-state={refund.state}>
          <span>
            <Rich
              t={t}
              id={`orders.refund.${refund.destination}`}
              values={{ amount: <Money key="amount" value={refund.amount} format={format} /> }}
            />
          </span>
          <span className={styles['state']}>
            {t(`orders.refund.state.${refund.state}`)} · {refund.when}
          </span>
        </li>
      ))}
    </ul>
  )
}
