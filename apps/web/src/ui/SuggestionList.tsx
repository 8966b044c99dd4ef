import type { Suggestions } from '../framework/suggestions.ts'
import type { Shop } from '../framework/shop.tsx'
import { Icon } from './Icon.tsx'
import { Money } from './Money.tsx'
import { Picture } from './Picture.tsx'
import styles from './search-box.module.css'

interface SuggestionListProps {
  shop: Shop
  suggestions: Suggestions
  /** The one the arrow keys are on, -1 for none. */
  active: number
  optionId: (at: number) => string
}

/** Categories first (they are the wider answer), then products with picture and price. */
export function SuggestionList({ shop: { format }, suggestions, active, optionId }: SuggestionListProps) {
  const { categories, products } = suggestions
  const option = (at: number) => ({
    id: optionId(at),
    role: 'option' as const,
    'aria-selected': at === active,
    tabIndex: -1,
    className: styles['option'],
  })
  return (
    <>
      {categories.map(({ path, name }, at) => (
        <a key={path} href={path} {...option(at)}>
          <span className={styles['sign']}>
            <Icon name="search" isSmall />
          </span>
          <span>{name}</span>
        </a>
      ))}
      {products.map(({ path, name, subtitle, picture, price }, at) => (
        <a key={path} href={path} {...option(categories.length + at)}>
          <span className={styles['thumb']}>{picture && <Picture picture={picture} sizes="48px" isDecorative />}</span>
          <span className={styles['words']}>
            <span>{name}</span>
            <span className={styles['subtitle']}>{subtitle}</span>
          </span>
          <Money value={price} format={format} wholeShort />
        </a>
      ))}
    </>
  )
}
