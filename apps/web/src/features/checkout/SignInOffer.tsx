import { useShop } from '../../framework/shop.tsx'
import { Icon } from '../../ui/Icon.tsx'
import styles from './sign-in-offer.module.css'

/** Offered, never asked for: guests go on below. */
export function SignInOffer({ next }: { next: string }) {
  const { t, paths } = useShop()
  return (
    <p className={styles['offer']}>
      <Icon name="person" />
      <span>
        {t('checkout.contact.known')}{' '}
        <a className={styles['link']} href={paths.signIn(next)}>
          {t('checkout.contact.signIn')}
        </a>
      </span>
    </p>
  )
}
