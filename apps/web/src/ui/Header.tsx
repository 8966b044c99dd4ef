import { endonyms, otherLocale } from '@dhow/i18n/locales.ts'
import { useEffect, useState } from 'react'
import { cartCountFromCookie, onCartNews } from '../framework/cart-events.ts'
import { useReadableCookie } from '../framework/useReadableCookie.ts'
import type { Shop } from '../framework/shop.tsx'
import styles from './header.module.css'
import { Icon } from './Icon.tsx'
import { Logo } from './Logo.tsx'
import { SearchBox } from './SearchBox.tsx'

function LanguageLink({ shop }: { shop: Shop }) {
  const other = otherLocale(shop.locale)
  return (
    <a className={styles['action']} href={shop.chrome.otherLanguagePath} hrefLang={other} lang={other}>
      {endonyms[other]}
    </a>
  )
}

/** Whether somebody is signed in is the browser's to say; both words have their room, so nothing moves when it does. */
function AccountLink({ shop: { t, paths, chrome } }: { shop: Shop }) {
  const isSignedIn = useReadableCookie(chrome.signedInCookie) !== undefined
  return (
    <a className={styles['action']} href={paths.account()}>
      <Icon name="person" />
      <span className={`${styles['actionWord']} ${styles['eitherWord']}`}>
        <span data-hidden={isSignedIn || undefined}>{t('header.signIn')}</span>
        <span data-hidden={!isSignedIn || undefined}>{t('header.account')}</span>
      </span>
    </a>
  )
}

/** The number is the browser's to fill in: the page itself is the same for everybody. */
function CartLink({ shop: { t, paths, chrome } }: { shop: Shop }) {
  const [count, setCount] = useState(0)
  useEffect(() => {
    const read = () => setCount(cartCountFromCookie(chrome.cartCountCookie))
    read()
    window.addEventListener('pageshow', read)
    const end = onCartNews((news) => {
      if (news.kind === 'added') setCount(news.added.itemCount)
      if (news.kind === 'count') setCount(news.itemCount)
    })
    return () => {
      window.removeEventListener('pageshow', read)
      end()
    }
  }, [chrome.cartCountCookie])
  return (
    <a className={styles['action']} href={paths.cart()} aria-label={t('header.cartLabel', { count })}>
      <Icon name="bag" />
      <span className={styles['actionWord']}>{t('header.cart')}</span>
      <span className={styles['count']} data-count={count} data-empty={count === 0 || undefined} />
    </a>
  )
}

export function Header({ shop }: { shop: Shop }) {
  const { t, paths, chrome } = shop
  return (
    <header className={styles['header']}>
      <div className={styles['bar']}>
        <Logo
          name={chrome.merchant.name}
          href={paths.home()}
          label={t('header.home', { name: chrome.merchant.name })}
        />
        <SearchBox shop={shop} />
        <div className={styles['actions']}>
          <LanguageLink shop={shop} />
          <AccountLink shop={shop} />
          <CartLink shop={shop} />
        </div>
      </div>
      {chrome.categories.length > 0 && (
        <nav className={styles['nav']} aria-label={t('header.categories')}>
          <ul className={styles['categories']}>
            <li>
              <a className={`${styles['category']} ${styles['new']}`} href={paths.shop({ tag: 'new' })}>
                {t('header.new')}
              </a>
            </li>
            {chrome.categories.map(({ slug, name }) => (
              <li key={slug}>
                <a
                  className={styles['category']}
                  href={paths.category(slug)}
                  aria-current={paths.category(slug) === chrome.path ? 'page' : undefined}
                >
                  {name}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </header>
  )
}

/** Nothing here leads away from paying, except the logo and the language. */
export function CheckoutHeader({ shop }: { shop: Shop }) {
  const { t, paths, chrome } = shop
  return (
    <header className={styles['header']}>
      <div className={styles['bar']}>
        <Logo
          name={chrome.merchant.name}
          href={paths.home()}
          label={t('header.home', { name: chrome.merchant.name })}
        />
        <p className={styles['secure']}>
          <Icon name="shield" isSmall />
          {t('header.secure')}
        </p>
        <div className={styles['actions']}>
          <LanguageLink shop={shop} />
        </div>
      </div>
    </header>
  )
}
