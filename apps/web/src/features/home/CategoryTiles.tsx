import type { Picture as PictureData } from '@dhow/contracts/primitives.ts'
import type { Shop } from '../../framework/shop.tsx'
import { Picture } from '../../ui/Picture.tsx'
import styles from './category-tiles.module.css'

interface CategoryTilesProps {
  shop: Shop
  categories: readonly { slug: string; name: string; productCount: number; picture: PictureData | null }[]
}

export function CategoryTiles({ shop: { t, paths }, categories }: CategoryTilesProps) {
  return (
    <ul className={styles['tiles']}>
      {categories.map(({ slug, name, productCount, picture }) => (
        <li key={slug}>
          <a className={styles['tile']} href={paths.category(slug)}>
            <span className={styles['frame']}>
              {picture && <Picture picture={picture} sizes="(width <= 48rem) 30vw, 170px" isDecorative />}
            </span>
            <span className={styles['name']}>{name}</span>
            <span className={styles['count']}>{t('home.categories.count', { count: productCount })}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}
