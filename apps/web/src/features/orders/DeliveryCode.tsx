import { useShop } from '../../framework/shop.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Money } from '../../ui/Money.tsx'
import { Rich } from '../../ui/Rich.tsx'
import styles from './delivery-code.module.css'
import type { OrderData } from './order-data.ts'

/** What the courier asks for at the door, large enough to be read out, and what to have ready. Nothing once it is paid. */
export function CashAtTheDoor({ order }: { order: Pick<OrderData, 'cash' | 'payment'> }) {
  const { t, format } = useShop()
  const { cash, payment } = order
  if (cash?.state !== 'pending' || !cash.deliveryCode) return null
  return (
    <section className={styles['panel']} aria-labelledby="delivery-code">
      <Icon name="cash" />
      <div className={styles['words']}>
        <h2 className={styles['title']} id="delivery-code">
          <Rich
            t={t}
            id="orders.code.title"
            values={{ amount: <Money key="amount" value={payment.amount} format={format} /> }}
          />
        </h2>
        <p className={styles['text']}>{t('orders.code.text')}</p>
      </div>
      <bdi className={styles['code']} dir="ltr">
        {cash.deliveryCode}
      </bdi>
    </section>
  )
}
