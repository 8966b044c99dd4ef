import type { MessageId } from '@dhow/i18n/translator.ts'
import { CancelOrder } from '../features/orders/CancelOrder.tsx'
import { CashAtTheDoor } from '../features/orders/DeliveryCode.tsx'
import { NextSteps } from '../features/orders/NextSteps.tsx'
import { OrderDetails } from '../features/orders/OrderDetails.tsx'
import type { OrderData } from '../features/orders/order-data.ts'
import { isGivenBack, isStillToCome } from '../features/orders/order-standing.ts'
import { OrderHelp } from '../features/orders/OrderHelp.tsx'
import styles from '../features/orders/order-status.module.css'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { HeldOrder } from '../ui/HeldOrder.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Rich } from '../ui/Rich.tsx'

export interface OrderPageData {
  order: OrderData
  isSignedIn: boolean
}

/** How the order stands, in a word or two. */
function stateWords(order: OrderData): MessageId {
  if (order.held?.needsCode) return 'orders.state.awaiting-code'
  return order.state === 'confirmed' && isGivenBack(order) ? 'orders.state.refunded' : `orders.state.${order.state}`
}

/** Cancelled before anything was paid, because nothing was in time, or with money on its way back. */
function cancelledWords({ payment, refunds, timeline }: OrderData): MessageId {
  if (payment.captured.amount === 0)
    return timeline.some(({ kind }) => kind === 'expired') ? 'orders.status.expired' : 'orders.status.cancelled'
  return refunds.length > 0 ? 'orders.status.cancelledRefunded' : 'orders.status.cancelledPaid'
}

export function Page({ data: { order, isSignedIn }, form }: PageProps<OrderPageData>) {
  const { t, paths } = useShop()
  const { number, state, held } = order
  const isRefunded = state === 'confirmed' && isGivenBack(order)
  const code = (
    <bdi dir="ltr" key="number" className={styles['number']}>
      {number}
    </bdi>
  )
  return (
    <div className={styles['page']}>
      <header className={styles['head']}>
        {isSignedIn && (
          <a className={styles['up']} href={paths.accountPart('orders')}>
            <Icon name="backward" isSmall />
            {t('orders.status.all')}
          </a>
        )}
        <h1 className={styles['title']}>
          <Rich t={t} id="orders.status.title" values={{ number: code }} />
        </h1>
        <p className={styles['state']} data-state={isRefunded ? 'refunded' : state}>
          {t(stateWords(order))}
        </p>
        <p className={styles['quiet']}>{t('orders.status.placed', { when: order.placed })}</p>
      </header>
      {held && (
        <HeldOrder
          held={{ ...held, canChange: false }}
          payHref={paths.checkoutPay(number)}
          {...(order.canChangeMethod ? { otherWaysHref: paths.checkoutMethods(number) } : {})}
        />
      )}
      {state === 'confirmed' && <CashAtTheDoor order={order} />}
      {isStillToCome(order) && <NextSteps order={order} />}
      {isRefunded && <p className={styles['text']}>{t('orders.status.refunded')}</p>}
      {state === 'cancelled' && (
        <p className={styles['text']}>
          {t(cancelledWords(order))}{' '}
          <a className={styles['link']} href={paths.cart()}>
            {t('orders.status.toCart')}
          </a>
        </p>
      )}
      <OrderDetails order={order} />
      {order.canCancel && <CancelOrder number={number} form={form} />}
      <OrderHelp />
    </div>
  )
}
