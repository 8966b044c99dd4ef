import { useShop } from '../../framework/shop.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Rich } from '../../ui/Rich.tsx'
import styles from './next-steps.module.css'
import type { OrderData } from './order-data.ts'

/** What happens now: the e-mail, the packing, the door. */
export function NextSteps({ order }: { order: OrderData }) {
  const { t } = useShop()
  const email = (
    <bdi dir="ltr" key="email">
      {order.contact.email}
    </bdi>
  )
  const phone = (
    <bdi dir="ltr" key="phone">
      {order.address.phone}
    </bdi>
  )
  return (
    <section aria-labelledby="next-title">
      <h2 className={styles['title']} id="next-title">
        {t('orders.next.title')}
      </h2>
      <ol className={styles['steps']}>
        <li className={styles['step']}>
          <Icon name="mail" />
          <span>
            <Rich t={t} id="orders.next.email" values={{ email }} />
          </span>
        </li>
        <li className={styles['step']}>
          <Icon name="bag" />
          <span>{t('orders.next.pack')}</span>
        </li>
        <li className={styles['step']}>
          <Icon name="truck" />
          <span>
            <strong>{order.delivery.promise}</strong> <Rich t={t} id="orders.next.door" values={{ phone }} />
          </span>
        </li>
      </ol>
    </section>
  )
}
