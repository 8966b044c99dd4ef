import type { Shop } from '../../framework/shop.tsx'
import { ButtonLink } from '../../ui/Button.tsx'
import { Rich } from '../../ui/Rich.tsx'
import styles from './search-help.module.css'

interface SearchHelpProps {
  shop: Shop
  title: string
  hasTips?: boolean
}

/** Nothing was found, or nothing asked: other words, the shop's parts, a person. */
export function SearchHelp({ shop: { t, paths, format, chrome }, title, hasTips = false }: SearchHelpProps) {
  const { phone } = chrome.merchant
  return (
    <div className={styles['help']}>
      <h1>{title}</h1>
      {hasTips && <p className={styles['line']}>{t('search.tips')}</p>}
      <form className={styles['form']} action={paths.search()}>
        <input
          className={styles['input']}
          name="q"
          type="search"
          aria-label={t('search.label')}
          placeholder={t('search.placeholder')}
          maxLength={100}
        />
        <button className={styles['button']} type="submit">
          {t('search.submit')}
        </button>
      </form>
      <h2 className={styles['subtitle']}>{t('search.browse')}</h2>
      <ul className={styles['ways']}>
        {chrome.categories.map(({ slug, name }) => (
          <li key={slug}>
            <ButtonLink href={paths.category(slug)} isQuiet>
              {name}
            </ButtonLink>
          </li>
        ))}
      </ul>
      <p className={styles['line']}>
        <Rich
          t={t}
          id="search.ask"
          values={{
            phone: (
              <a key="phone" className={styles['phone']} href={`tel:${phone}`}>
                <bdi dir="ltr">{format.phone(phone)}</bdi>
              </a>
            ),
          }}
        />
      </p>
    </div>
  )
}
