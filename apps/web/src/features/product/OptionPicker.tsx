import type { ProductDetail, VariantView } from '@dhow/contracts/catalog.ts'
import type { MouseEvent } from 'react'
import { useShop } from '../../framework/shop.tsx'
import styles from './option-picker.module.css'
import { optionRows, variantFor } from './variant-choice.ts'
import type { OptionChoice } from './variant-choice.ts'

interface OptionPickerProps {
  product: ProductDetail
  selected: VariantView
  onChoose: (variant: VariantView) => void
}

/** Options as links to the variant they lead to: whole pages without script, at once with it. Sold-out ones can be looked at. */
export function OptionPicker({ product, selected, onChoose }: OptionPickerProps) {
  const { t, paths } = useShop()

  function onClick(event: MouseEvent<HTMLAnchorElement>, choice: OptionChoice): void {
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey
    const variant = variantFor(product, choice.sku)
    if (!isPlain || !variant) return
    event.preventDefault()
    onChoose(variant)
  }

  return (
    <div className={styles['picker']}>
      {optionRows(product, selected).map((row) => (
        <div className={styles['row']} key={row.code} role="group" aria-label={row.name}>
          <p className={styles['label']}>
            {row.name} <span className={styles['value']}>{row.selectedName}</span>
          </p>
          <ul className={styles['chips']}>
            {row.choices.map((choice) => (
              <li key={choice.code}>
                <a
                  className={`${styles['chip']} ${choice.isSoldOut ? styles['soldOut'] : ''}`}
                  href={paths.product(product.slugs, choice.sku)}
                  aria-current={choice.isSelected ? 'true' : undefined}
                  aria-label={choice.isSoldOut ? t('product.option.soldOut', { name: choice.name }) : undefined}
                  onClick={(event) => onClick(event, choice)}
                >
                  {choice.hex && (
                    <svg className={styles['swatch']} viewBox="0 0 24 24" aria-hidden="true">
                      <circle cx="12" cy="12" r="11" fill={choice.hex} />
                    </svg>
                  )}
                  <bdi>{choice.name}</bdi>
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  )
}
