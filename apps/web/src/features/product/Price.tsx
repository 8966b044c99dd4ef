import type { VariantView } from '@dhow/contracts/catalog.ts'
import { useShop } from '../../framework/shop.tsx'
import { Money } from '../../ui/Money.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import styles from './price.module.css'

function Stock({ variant }: { variant: VariantView }) {
  const { t } = useShop()
  if (variant.availability === 'out') return <span className={styles['out']}>{t('product.soldOut')}</span>
  if (variant.left !== null) return <span className={styles['few']}>{t('product.left', { count: variant.left })}</span>
  return <span className={styles['there']}>{t('product.inStock')}</span>
}

/** Price first, VAT said, the price before struck through; under it how many there are. Announced when the choice changes. */
export function Price({ variant }: { variant: VariantView }) {
  const { t, format } = useShop()
  const { price, compareAt } = variant
  const isReduced = compareAt !== null && compareAt.amount > price.amount
  const percent = isReduced ? Math.floor(((compareAt.amount - price.amount) * 100) / compareAt.amount) : 0
  return (
    <div className={styles['block']} role="status">
      <p className={styles['price']}>
        <span className={styles['now']}>
          <Money value={price} format={format} />
        </span>
        {isReduced && (
          <>
            <VisuallyHidden>{t('product.was')} </VisuallyHidden>
            <s className={styles['was']}>
              <Money value={compareAt} format={format} />
            </s>
            <span className={styles['save']}>{t('product.save', { percent: format.percent(percent * 100) })}</span>
          </>
        )}
        <span className={styles['vat']}>{t('product.vat')}</span>
      </p>
      <p className={styles['stock']}>
        <Stock variant={variant} />
      </p>
    </div>
  )
}
