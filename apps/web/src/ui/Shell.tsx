import type { ReactNode } from 'react'
import { onAddToCart } from '../framework/add-to-cart.ts'
import type { Shop } from '../framework/shop.tsx'
import { CartSheet } from './CartSheet.tsx'
import { CheckoutFooter, Footer } from './Footer.tsx'
import { CheckoutHeader, Header } from './Header.tsx'
import styles from './shell.module.css'

/** Header, main and footer round every page. */
export function Shell({ shop, children }: { shop: Shop; children: ReactNode }) {
  const isCheckout = shop.chrome.kind === 'checkout'
  return (
    <div className={styles['shell']} onSubmit={onAddToCart}>
      <a className={styles['skip']} href="#main">
        {shop.t('shell.skip')}
      </a>
      {isCheckout ? <CheckoutHeader shop={shop} /> : <Header shop={shop} />}
      <main className={styles['main']} id="main" tabIndex={-1}>
        {children}
      </main>
      {isCheckout ? <CheckoutFooter shop={shop} /> : <Footer shop={shop} />}
      {!isCheckout && <CartSheet shop={shop} />}
    </div>
  )
}
