import type { ProductCard as ProductCardData } from '@dhow/contracts/catalog.ts'
import type { Shop } from '../../framework/shop.tsx'
import { ProductCard } from './ProductCard.tsx'
import styles from './product-grid.module.css'

interface ProductGridProps {
  products: readonly ProductCardData[]
  shop: Shop
  /** How many cards the first screen shows: their pictures are not lazy. */
  firstScreen?: number
  /** Four larger cards in a row, for a short shelf. */
  isLarge?: boolean
}

/** `sizes` of card pictures in a grid; also what a page preloads its first picture with. */
export const cardSizes = '(width <= 48rem) 46vw, (width <= 80rem) 23vw, 250px'

export function ProductGrid({ products, shop, firstScreen = 0, isLarge = false }: ProductGridProps) {
  return (
    <ul className={`${styles['grid']} ${isLarge ? styles['large'] : ''}`}>
      {products.map((product, at) => (
        <li key={product.id}>
          <ProductCard product={product} shop={shop} sizes={cardSizes} isFirst={at < firstScreen} />
        </li>
      ))}
    </ul>
  )
}
