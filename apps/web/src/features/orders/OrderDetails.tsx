import { useShop } from '../../framework/shop.tsx'
import { AddressBlock } from '../../ui/AddressBlock.tsx'
import { OrderSummary } from '../../ui/OrderSummary.tsx'
import styles from './order-details.module.css'
import type { OrderData } from './order-data.ts'
import { PaidWith } from './PaidWith.tsx'
import { RefundList } from './RefundList.tsx'
import { Timeline } from './Timeline.tsx'

/** What was bought, where it goes, how it was paid, and what has happened so far. */
export function OrderDetails({ order }: { order: OrderData }) {
  const { t } = useShop()
  return (
    <div className={styles['columns']}>
      <section className={styles['panel']} aria-labelledby="items-title">
        <h2 className={styles['title']} id="items-title">
          {t('cart.lines.count', { count: order.summary.itemCount })}
        </h2>
        <OrderSummary summary={order.summary} />
      </section>
      <div className={styles['facts']}>
        <section className={styles['fact']}>
          <h2 className={styles['title']}>{t('orders.details.delivery')}</h2>
          <p>{order.delivery.promise}</p>
          <p className={styles['quiet']}>{t(`checkout.delivery.${order.delivery.method}`)}</p>
        </section>
        <section className={styles['fact']}>
          <h2 className={styles['title']}>{t('orders.details.address')}</h2>
          <AddressBlock address={order.address} />
        </section>
        <section className={styles['fact']}>
          <h2 className={styles['title']}>{t('orders.details.payment')}</h2>
          <PaidWith order={order} />
        </section>
        {order.refunds.length > 0 && (
          <section className={styles['fact']}>
            <h2 className={styles['title']}>{t('orders.payment.refunds')}</h2>
            <RefundList refunds={order.refunds} />
          </section>
        )}
        <section className={styles['fact']}>
          <h2 className={styles['title']}>{t('orders.details.timeline')}</h2>
          <Timeline entries={order.timeline} />
        </section>
      </div>
    </div>
  )
}
