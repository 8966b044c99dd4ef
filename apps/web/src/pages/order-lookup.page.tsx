import { LookupForm } from '../features/orders/LookupForm.tsx'
import styles from '../features/orders/order-lookup.module.css'
import { OrderHelp } from '../features/orders/OrderHelp.tsx'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'

export interface OrderLookupData {
  /** Known from the address when somebody came by a link without its key. */
  number: string
}

export function Page({ data, form }: PageProps<OrderLookupData>) {
  const { t } = useShop()
  return (
    <div className={styles['page']}>
      <h1 className={styles['title']}>{t('orders.lookup.title')}</h1>
      <p className={styles['lead']}>{t(data.number ? 'orders.lookup.private' : 'orders.lookup.lead')}</p>
      <LookupForm number={data.number} form={form} />
      <OrderHelp />
    </div>
  )
}
