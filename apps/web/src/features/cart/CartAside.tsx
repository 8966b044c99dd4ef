import { useShop } from '../../framework/shop.tsx'
import { ButtonLink } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { InstalmentPromos } from '../../ui/InstalmentPromos.tsx'
import { Money } from '../../ui/Money.tsx'
import { Rich } from '../../ui/Rich.tsx'
import { Totals } from '../../ui/Totals.tsx'
import { freeDeliveryPercent } from './cart-data.ts'
import type { CartData } from './cart-data.ts'
import styles from './cart.module.css'

function FreeDelivery({ cart }: { cart: CartData }) {
  const { t, format } = useShop()
  const remaining = cart.untilFreeDelivery
  if (!remaining) return null
  return (
    <div className={styles['free']}>
      <p id="free-delivery">
        <Rich t={t} id="cart.free.remaining" values={{ amount: <Money value={remaining} format={format} /> }} />
      </p>
      <progress
        className={styles['progress']}
        max={100}
        value={freeDeliveryPercent(cart.totals.subtotal, remaining)}
        aria-labelledby="free-delivery"
      />
    </div>
  )
}

/** What the cart comes to and the way on; sticks beside the lines on wide windows. */
export function CartAside({ cart }: { cart: CartData }) {
  const { t, paths } = useShop()
  return (
    <aside className={styles['aside']} aria-label={t('cart.totals.label')}>
      <h2 className={styles['asideTitle']}>{t('cart.lines.count', { count: cart.itemCount })}</h2>
      <FreeDelivery cart={cart} />
      <Totals totals={cart.totals} />
      <InstalmentPromos promos={cart.promos} amount={cart.totals.grandTotal} place="cart" />
      {cart.needsAttention ? (
        <p className={styles['blocked']}>{t('cart.changes.first')}</p>
      ) : (
        <ButtonLink href={paths.checkout('contact')} isWide>
          {t('cart.checkout')}
        </ButtonLink>
      )}
      <p className={styles['safe']}>
        <Icon name="shield" isSmall />
        {t('cart.safe')}
      </p>
      <a className={styles['continue']} href={paths.shop()}>
        {t('cart.continue')}
      </a>
    </aside>
  )
}
