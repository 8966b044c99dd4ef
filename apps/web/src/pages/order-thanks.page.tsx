import type { ReactNode } from 'react'
import { CashAtTheDoor } from '../features/orders/DeliveryCode.tsx'
import { KeepOrder } from '../features/orders/KeepOrder.tsx'
import { NextSteps } from '../features/orders/NextSteps.tsx'
import { OrderDetails } from '../features/orders/OrderDetails.tsx'
import type { OrderData } from '../features/orders/order-data.ts'
import { isStillToCome } from '../features/orders/order-standing.ts'
import styles from '../features/orders/order-thanks.module.css'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { ButtonLink } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Money } from '../ui/Money.tsx'
import { Rich } from '../ui/Rich.tsx'

export interface OrderThanksData {
  order: OrderData
  isSignedIn: boolean
}

/** Never says "paid" of money that is only promised or set aside. */
function ThanksLead({ order: { payment, cash }, number }: { order: OrderData; number: ReactNode }) {
  const { t, format } = useShop()
  if (cash?.state === 'pending') {
    const amount = <Money key="amount" value={payment.amount} format={format} />
    return <Rich t={t} id="orders.thanks.lead.cash" values={{ number, amount }} />
  }
  const id = payment.state === 'captured' ? 'orders.thanks.lead' : 'orders.thanks.lead.approved'
  return <Rich t={t} id={id} values={{ number }} />
}

export function Page({ data: { order, isSignedIn } }: PageProps<OrderThanksData>) {
  const { t, paths } = useShop()
  const number = (
    <bdi dir="ltr" key="number" className={styles['number']}>
      {order.number}
    </bdi>
  )
  return (
    <div className={styles['page']}>
      <header className={styles['hero']}>
        <span className={styles['sign']}>
          <Icon name="check" />
        </span>
        <h1 className={styles['title']}>
          <Rich t={t} id="orders.thanks.title" values={{ name: <bdi key="name">{order.contact.name}</bdi> }} />
        </h1>
        <p className={styles['lead']}>
          <ThanksLead order={order} number={number} />
        </p>
        <div className={styles['actions']}>
          <ButtonLink href={paths.order(order.number)}>{t('orders.thanks.follow')}</ButtonLink>
          <ButtonLink href={paths.home()} isQuiet>
            {t('cart.continue')}
          </ButtonLink>
        </div>
      </header>
      <CashAtTheDoor order={order} />
      {isStillToCome(order) && <NextSteps order={order} />}
      {!isSignedIn && <KeepOrder order={order} />}
      <OrderDetails order={order} />
    </div>
  )
}
