import { useShop } from '../../framework/shop.tsx'
import { SubmitButton } from '../../ui/Button.tsx'
import { Rich } from '../../ui/Rich.tsx'
import styles from './keep-order.module.css'
import type { OrderData } from './order-data.ts'

/** An account in one press: a code goes to the order's phone, and the order will be in it. */
export function KeepOrder({ order }: { order: OrderData }) {
  const { t, paths } = useShop()
  const phone = (
    <bdi dir="ltr" key="phone">
      {order.contact.phone}
    </bdi>
  )
  return (
    <form className={styles['keep']} method="post" action={paths.signIn()}>
      <input type="hidden" name="intent" value="identify" />
      <input type="hidden" name="identifier" value={order.contact.phone} />
      <input type="hidden" name="next" value={paths.order(order.number)} />
      <div className={styles['words']}>
        <h2 className={styles['title']}>{t('orders.thanks.keep')}</h2>
        <p className={styles['text']}>
          <Rich t={t} id="orders.thanks.keep.text" values={{ phone }} />
        </p>
      </div>
      <SubmitButton isQuiet>{t('orders.thanks.keep.submit')}</SubmitButton>
    </form>
  )
}
