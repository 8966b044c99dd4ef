import type { VariantView } from '@dhow/contracts/catalog.ts'
import { useState } from 'react'
import { useShop } from '../../framework/shop.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Money } from '../../ui/Money.tsx'
import styles from './buy-form.module.css'

/** As in the contract's `Quantity`; the server has the last word. */
const mostAtOnce = 20

interface BuyFormProps {
  variant: VariantView
  onQuantity: (quantity: number) => void
}

/** Quantity and one wide button with the price in it; on phones it stays at the foot of the screen. */
export function BuyForm({ variant, onQuantity }: BuyFormProps) {
  const { t, paths, format } = useShop()
  const [typed, setTyped] = useState('1')
  const most = variant.left ?? mostAtOnce
  const quantity = Number(typed) || 1

  function type(text: string): void {
    setTyped(text)
    onQuantity(Math.min(most, Math.max(1, Math.floor(Number(text)) || 1)))
  }

  if (variant.availability === 'out') return <p className={styles['gone']}>{t('product.soldOut.line')}</p>
  return (
    <form className={styles['buy']} action={paths.cartAdd()} method="post" data-add-to-cart="">
      <input type="hidden" name="intent" value="add" />
      <input type="hidden" name="variantId" value={variant.id} />
      <div className={styles['quantity']}>
        <button
          className={styles['step']}
          type="button"
          aria-label={t('product.quantity.less')}
          disabled={quantity <= 1}
          onClick={() => type(String(Math.max(1, quantity - 1)))}
        >
          <Icon name="minus" isSmall />
        </button>
        <input
          className={styles['number']}
          name="quantity"
          value={typed}
          inputMode="numeric"
          maxLength={2}
          dir="ltr"
          autoComplete="off"
          aria-label={t('product.quantity')}
          onChange={(event) => type(event.target.value)}
          onBlur={() => type(String(Math.min(most, Math.max(1, quantity))))}
        />
        <button
          className={styles['step']}
          type="button"
          aria-label={t('product.quantity.more')}
          disabled={quantity >= most}
          onClick={() => type(String(Math.min(most, quantity + 1)))}
        >
          <Icon name="plus" isSmall />
        </button>
      </div>
      <button className={styles['add']} type="submit">
        <span>{t('product.add')}</span>
        <span className={styles['price']}>
          <Money value={variant.price} format={format} />
        </span>
      </button>
    </form>
  )
}
