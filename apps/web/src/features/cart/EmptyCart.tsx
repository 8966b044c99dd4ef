import { useShop } from '../../framework/shop.tsx'
import { ButtonLink } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import styles from './empty-cart.module.css'

export function EmptyCart() {
  const { t, paths, chrome } = useShop()
  return (
    <section className={styles['empty']}>
      <span className={styles['sign']}>
        <Icon name="bag" />
      </span>
      <h2 className={styles['title']}>{t('cart.empty.title')}</h2>
      <p className={styles['text']}>{t('cart.empty.text')}</p>
      <ButtonLink href={paths.shop()}>{t('cart.empty.action')}</ButtonLink>
      {chrome.categories.length > 0 && (
        <ul className={styles['categories']} aria-label={t('cart.empty.categories')}>
          {chrome.categories.slice(0, 8).map((category) => (
            <li key={category.slug}>
              <a className={styles['category']} href={paths.category(category.slug)}>
                {category.name}
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
