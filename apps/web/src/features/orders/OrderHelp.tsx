import { useShop } from '../../framework/shop.tsx'
import { Rich } from '../../ui/Rich.tsx'
import styles from './order-help.module.css'

/** A person to ask, by phone or in writing. */
export function OrderHelp() {
  const { t, format, chrome } = useShop()
  const { phone, email } = chrome.merchant
  const values = {
    phone: (
      <a className={styles['link']} href={`tel:${phone}`} key="phone">
        <bdi dir="ltr">{format.phone(phone)}</bdi>
      </a>
    ),
    email: (
      <a className={styles['link']} href={`mailto:${email}`} key="email">
        <bdi dir="ltr">{email}</bdi>
      </a>
    ),
  }
  return (
    <p className={styles['help']}>
      <Rich t={t} id="orders.help" values={values} />
    </p>
  )
}
