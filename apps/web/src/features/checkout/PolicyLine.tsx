import { useShop } from '../../framework/shop.tsx'
import { Rich } from '../../ui/Rich.tsx'
import styles from './policy-line.module.css'

/** What is agreed to by paying; the pages open beside this one, so that nothing is lost. */
export function PolicyLine() {
  const { t, paths } = useShop()
  const link = (page: 'terms' | 'returns' | 'privacy') => (
    <a className={styles['link']} href={paths.content(page)} target="_blank" rel="noopener">
      {t(`pages.${page}`)}
    </a>
  )
  const values = { terms: link('terms'), returns: link('returns'), privacy: link('privacy') }
  return (
    <p className={styles['line']}>
      <Rich t={t} id="checkout.review.policies" values={values} />
    </p>
  )
}
