import type { Money as MoneyValue } from '@dhow/money/money.ts'
import { useShop } from '../framework/shop.tsx'
import { Money } from './Money.tsx'
import styles from './totals.module.css'

export interface TotalsData {
  subtotal: MoneyValue
  /** Null until a delivery is chosen. */
  delivery: MoneyValue | null
  vat: MoneyValue
  grandTotal: MoneyValue
}

/** What there is to pay, as the server computed it. */
export function Totals({ totals }: { totals: TotalsData }) {
  const { t, format } = useShop()
  const { delivery } = totals
  return (
    <dl className={styles['totals']}>
      <div className={styles['row']}>
        <dt>{t('cart.totals.subtotal')}</dt>
        <dd>
          <Money value={totals.subtotal} format={format} />
        </dd>
      </div>
      <div className={styles['row']}>
        <dt>{t('cart.totals.delivery')}</dt>
        <dd className={styles[delivery?.amount === 0 ? 'free' : 'amount']}>
          {!delivery && <span className={styles['later']}>{t('cart.totals.deliveryLater')}</span>}
          {delivery && (delivery.amount === 0 ? t('cart.totals.free') : <Money value={delivery} format={format} />)}
        </dd>
      </div>
      <div className={`${styles['row']} ${styles['total']}`}>
        <dt>{t('cart.totals.total')}</dt>
        <dd>
          <Money value={totals.grandTotal} format={format} />
        </dd>
      </div>
      <div className={`${styles['row']} ${styles['vat']}`}>
        <dt>{t('cart.totals.vat')}</dt>
        <dd>
          <Money value={totals.vat} format={format} />
        </dd>
      </div>
    </dl>
  )
}
