import { useShop } from '../../framework/shop.tsx'
import styles from './product-text.module.css'

interface ProductTextProps {
  /** Sanitised by the API when it was stored. */
  descriptionHtml: string
  facts: readonly { name: string; value: string }[]
  sku: string | null
}

/** The description beside a table of what is known. */
export function ProductText({ descriptionHtml, facts, sku }: ProductTextProps) {
  const { t } = useShop()
  return (
    <div className={styles['text']}>
      <section aria-labelledby="about-it">
        <h2 className={styles['title']} id="about-it">
          {t('product.description')}
        </h2>
        <div className={styles['description']} dangerouslySetInnerHTML={{ __html: descriptionHtml }} />
      </section>
      <section aria-labelledby="details">
        <h2 className={styles['title']} id="details">
          {t('product.attributes')}
        </h2>
        <dl className={styles['facts']}>
          {facts.map(({ name, value }) => (
            <div className={styles['fact']} key={name}>
              <dt className={styles['name']}>{name}</dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ))}
          {sku && (
            <div className={styles['fact']}>
              <dt className={styles['name']}>{t('product.sku')}</dt>
              <dd>
                <bdi dir="ltr">{sku}</bdi>
              </dd>
            </div>
          )}
        </dl>
      </section>
    </div>
  )
}
