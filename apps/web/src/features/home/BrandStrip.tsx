import type { Shop } from '../../framework/shop.tsx'
import styles from './brand-strip.module.css'

interface BrandStripProps {
  shop: Shop
  brands: readonly { code: string; name: string }[]
}

export function BrandStrip({ shop: { paths }, brands }: BrandStripProps) {
  return (
    <ul className={styles['strip']}>
      {brands.map(({ code, name }) => (
        <li key={code}>
          <a className={styles['brand']} href={paths.shop({ brand: [code] })}>
            <bdi>{name}</bdi>
          </a>
        </li>
      ))}
    </ul>
  )
}
