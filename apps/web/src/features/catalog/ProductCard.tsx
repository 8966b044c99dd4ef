import type { ProductCard as ProductCardData } from '@dhow/contracts/catalog.ts'
import type { Shop } from '../../framework/shop.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Money } from '../../ui/Money.tsx'
import { Picture } from '../../ui/Picture.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import styles from './product-card.module.css'

interface ProductCardProps {
  product: ProductCardData
  shop: Shop
  sizes: string
  /** True for cards of the first screen. */
  isFirst?: boolean
}

const maxSwatches = 5

function Badge({ product, shop: { t, format } }: Pick<ProductCardProps, 'product' | 'shop'>) {
  const { price, compareAt, availability, tags } = product
  if (availability === 'out') return <span className={styles['badge']}>{t('card.soldOut')}</span>
  if (compareAt && compareAt.amount > price.amount) {
    const basisPoints = Math.floor(((compareAt.amount - price.amount) * 100) / compareAt.amount) * 100
    return (
      <span className={`${styles['badge']} ${styles['sale']}`}>
        {t('card.sale', { percent: format.percent(basisPoints) })}
      </span>
    )
  }
  return tags.includes('new') ? <span className={styles['badge']}>{t('card.new')}</span> : null
}

function Swatches({ colours, label }: { colours: readonly string[]; label: string }) {
  return (
    <svg
      className={styles['swatches']}
      viewBox={`0 0 ${Math.min(colours.length, maxSwatches) * 16} 12`}
      role="img"
      aria-label={label}
    >
      {colours.slice(0, maxSwatches).map((colour, at) => (
        <circle className={styles['swatch']} key={colour} cx={at * 16 + 6} cy="6" r="5" fill={colour} />
      ))}
    </svg>
  )
}

/**
 * One product of a list: picture, name, what it is, price, scarcity, quick add. Rendered by the two dozen, so it reads no
 * context and has no state or handlers: adding is a plain form the page listens to.
 */
export function ProductCard({ product, shop, sizes, isFirst = false }: ProductCardProps) {
  const { t, paths, format } = shop
  const { slug, name, subtitle, picture, price, compareAt, priceVaries, left, colours, quickAddVariantId } = product
  return (
    <article className={styles['card']}>
      <div className={styles['frame']}>
        {picture && <Picture picture={picture} sizes={sizes} isFirst={isFirst} isDecorative />}
      </div>
      <Badge product={product} shop={shop} />
      <h3 className={styles['name']}>
        <a className={styles['link']} href={paths.product(slug)}>
          {name}
        </a>
      </h3>
      <p className={styles['subtitle']}>{subtitle}</p>
      <p className={styles['price']}>
        {priceVaries && <span className={styles['from']}>{t('card.from')} </span>}
        <Money value={price} format={format} wholeShort />
        {compareAt && (
          <s className={styles['was']}>
            <VisuallyHidden>{t('product.was')} </VisuallyHidden>
            <Money value={compareAt} format={format} wholeShort />
          </s>
        )}
      </p>
      {left !== null && <p className={styles['few']}>{t('card.left', { count: left })}</p>}
      {colours.length > 1 && <Swatches colours={colours} label={t('card.colours', { count: colours.length })} />}
      {quickAddVariantId && (
        <form className={styles['quick']} action={paths.cartAdd()} method="post" data-add-to-cart="">
          <input type="hidden" name="intent" value="add" />
          <input type="hidden" name="variantId" value={quickAddVariantId} />
          <button className={styles['add']} type="submit" aria-label={t('card.add', { name })}>
            <Icon name="plus" />
          </button>
        </form>
      )}
    </article>
  )
}
