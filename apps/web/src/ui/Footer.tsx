import type { Shop } from '../framework/shop.tsx'
import { contentPages } from '../paths.ts'
import styles from './footer.module.css'
import { Mark } from './Logo.tsx'

const cardMarks = ['Visa', 'Mastercard', 'American Express'] as const

/** Who sells: trade name, licence, TRN and ways to reach them stand on every page (Decree-Law 14 of 2023). */
function LegalLines({ shop: { t, chrome } }: { shop: Shop }) {
  const { legalName, licence, authority, trn } = chrome.merchant
  return (
    <div className={styles['legal']}>
      <p>
        <bdi>{legalName}</bdi>
      </p>
      <p>{t('footer.licence', { licence, authority })}</p>
      <p>
        {t('footer.trn')} <bdi dir="ltr">{trn}</bdi>
      </p>
      <p>{t('footer.vat')}</p>
    </div>
  )
}

/** How one may pay, in words. */
function PaymentMarks({ shop: { t, chrome } }: { shop: Shop }) {
  if (chrome.payments.length === 0) return null
  return (
    <ul className={styles['payments']} aria-label={t('footer.payments')}>
      {chrome.payments.includes('card') &&
        cardMarks.map((mark) => (
          <li className={styles['payment']} key={mark} lang="en">
            {mark}
          </li>
        ))}
      {chrome.payments.map(
        (method) =>
          method !== 'card' && (
            <li className={styles['payment']} key={method}>
              {t(`footer.payment.${method}`)}
            </li>
          ),
      )}
    </ul>
  )
}

export function Footer({ shop }: { shop: Shop }) {
  const { t, paths, format, chrome } = shop
  const { name, phone, email, address } = chrome.merchant
  return (
    <footer className={styles['footer']}>
      <div className={styles['inside']}>
        <div className={styles['about']}>
          <p className={styles['name']}>
            <Mark />
            {name}
          </p>
          <p className={styles['line']}>{t('footer.line')}</p>
        </div>
        {chrome.categories.length > 0 && (
          <nav aria-label={t('footer.shop')}>
            <h2 className={styles['title']}>{t('footer.shop')}</h2>
            <ul>
              {chrome.categories.slice(0, 6).map((category) => (
                <li key={category.slug}>
                  <a className={styles['link']} href={paths.category(category.slug)}>
                    {category.name}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        )}
        <nav aria-label={t('footer.help')}>
          <h2 className={styles['title']}>{t('footer.help')}</h2>
          <ul>
            <li>
              <a className={styles['link']} href={paths.orderLookup()}>
                {t('footer.track')}
              </a>
            </li>
            {contentPages.map((page) => (
              <li key={page}>
                <a className={styles['link']} href={paths.content(page)}>
                  {t(`pages.${page}`)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <address className={styles['contact']}>
          <h2 className={styles['title']}>{t('footer.contact')}</h2>
          <a className={styles['link']} href={`tel:${phone}`}>
            <bdi dir="ltr">{format.phone(phone)}</bdi>
          </a>
          <a className={styles['link']} href={`mailto:${email}`}>
            <bdi dir="ltr">{email}</bdi>
          </a>
          <p className={styles['line']}>{address}</p>
          <p className={styles['line']}>{t('footer.hours')}</p>
        </address>
        <div className={styles['end']}>
          <LegalLines shop={shop} />
          <PaymentMarks shop={shop} />
        </div>
      </div>
    </footer>
  )
}

export function CheckoutFooter({ shop }: { shop: Shop }) {
  const { t, paths } = shop
  return (
    <footer className={styles['footer']}>
      <div className={`${styles['inside']} ${styles['plain']}`}>
        <LegalLines shop={shop} />
        <ul className={styles['links']}>
          {(['terms', 'privacy', 'returns', 'contact'] as const).map((page) => (
            <li key={page}>
              <a className={styles['link']} href={paths.content(page)}>
                {t(`pages.${page}`)}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </footer>
  )
}
