import { useShop } from '../../framework/shop.tsx'
import { Money } from '../../ui/Money.tsx'
import { Picture } from '../../ui/Picture.tsx'
import styles from './order-card.module.css'
import type { OrderRow } from './order-rows.ts'

/** One order: what was in it, when, how it stands. All of it leads to the order. */
export function OrderCard({ order }: { order: OrderRow }) {
  const { t, paths, format } = useShop()
  const others = order.itemCount - 1
  return (
    <article className={styles['card']}>
      <span className={styles['pictures']} aria-hidden="true">
        {order.pictures.map((picture) => (
          <span className={styles['thumb']} key={picture.key}>
            <Picture picture={picture} sizes="72px" isDecorative />
          </span>
        ))}
      </span>
      <div className={styles['words']}>
        <p className={styles['name']}>
          <bdi>{order.firstLineName}</bdi>
          {others > 0 && <span className={styles['quiet']}> {t('account.orders.andMore', { count: others })}</span>}
        </p>
        <p className={styles['quiet']}>
          <a className={styles['link']} href={paths.order(order.number)}>
            <bdi dir="ltr">{order.number}</bdi>
          </a>{' '}
          · {order.placed}
        </p>
        <p className={styles['state']} data-state={order.standing}>
          {t(order.standing === 'failed' ? 'account.orders.failed' : `orders.state.${order.standing}`)}
        </p>
      </div>
      <p className={styles['total']}>
        <Money value={order.total} format={format} />
      </p>
    </article>
  )
}
