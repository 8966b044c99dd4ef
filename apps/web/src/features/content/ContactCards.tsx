import type { ReactNode } from 'react'
import { useShop } from '../../framework/shop.tsx'
import { Icon } from '../../ui/Icon.tsx'
import type { IconName } from '../../ui/Icon.tsx'
import styles from './contact-cards.module.css'

const Card = ({ icon, title, children }: { icon: IconName; title: string; children: ReactNode }) => (
  <li className={styles['card']}>
    <Icon name={icon} />
    <b className={styles['title']}>{title}</b>
    {children}
  </li>
)

/** Every way to reach the merchant, and who that is. */
export function ContactCards() {
  const { t, format, chrome } = useShop()
  const { phone, email, address, legalName, licence, authority, trn } = chrome.merchant
  return (
    <ul className={styles['cards']}>
      <Card icon="phone" title={t('contact.call')}>
        <a className={styles['link']} href={`tel:${phone}`}>
          <bdi dir="ltr">{format.phone(phone)}</bdi>
        </a>
      </Card>
      <Card icon="mail" title={t('contact.write')}>
        <a className={styles['link']} href={`mailto:${email}`}>
          <bdi dir="ltr">{email}</bdi>
        </a>
      </Card>
      <Card icon="pin" title={t('contact.visit')}>
        <span>{address}</span>
      </Card>
      <Card icon="shield" title={t('contact.company')}>
        <bdi>{legalName}</bdi>
        <span>{t('contact.licence', { licence })}</span>
        <span>{authority}</span>
        <span>
          {t('contact.trn')} <bdi dir="ltr">{trn}</bdi>
        </span>
      </Card>
    </ul>
  )
}
