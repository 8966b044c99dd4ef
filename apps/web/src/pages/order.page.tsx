import { CancelOrder } from '../features/orders/CancelOrder.tsx'
import { HeldOrder } from '../features/orders/HeldOrder.tsx'
import { NextSteps } from '../features/orders/NextSteps.tsx'
import { OrderDetails } from '../features/orders/OrderDetails.tsx'
import type { OrderData } from '../features/orders/order-data.ts'
import { OrderHelp } from '../features/orders/OrderHelp.tsx'
import styles from '../features/orders/order-status.module.css'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { Rich } from '../ui/Rich.tsx'

export interface OrderPageData {
  order: OrderData
}

export function Page({ data: { order }, form }: PageProps<OrderPageData>) {
  const { t, paths, format } = useShop()
  const { number, state, payBefore } = order
  const isWaiting = state === 'awaiting-payment'
  const code = (
    <bdi dir="ltr" key="number" className={styles['number']}>
      {number}
    </bdi>
  )
  return (
    <div className={styles['page']}>
      <header className={styles['head']}>
        <h1 className={styles['title']}>
          <Rich t={t} id="orders.status.title" values={{ number: code }} />
        </h1>
        <p className={styles['state']} data-state={state}>
          {t(`orders.state.${state}`)}
        </p>
        <p className={styles['quiet']}>{t('orders.status.placed', { when: format.dateTime(order.placedAt) })}</p>
      </header>
      {isWaiting && <HeldOrder held={{ number, payBefore, canChange: false }} payHref={paths.checkoutPay(number)} />}
      {state === 'confirmed' && <NextSteps order={order} />}
      {state === 'cancelled' && <p className={styles['text']}>{t('orders.status.cancelled')}</p>}
      <OrderDetails order={order} />
      {order.canCancel && <CancelOrder number={number} form={form} />}
      <OrderHelp />
    </div>
  )
}
