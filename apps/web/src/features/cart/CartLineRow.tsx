import type { CartLine } from '@dhow/contracts/cart.ts'
import type { FormState } from '../../framework/form.ts'
import { useShop } from '../../framework/shop.tsx'
import { useForm } from '../../framework/useForm.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Money } from '../../ui/Money.tsx'
import { FormProblem } from '../../ui/Notice.tsx'
import { Picture } from '../../ui/Picture.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import styles from './cart-line.module.css'
import type { CartChange } from './cart-data.ts'
import { LineNotices } from './LineNotices.tsx'
import { QuantityStepper } from './QuantityStepper.tsx'

interface CartLineRowProps {
  line: CartLine
  form: FormState | null
  onChange: (change: CartChange) => void
}

function RemoveForm({ line, form, onChange }: CartLineRowProps) {
  const { t } = useShop()
  const { ref, onSubmit, isBusy, state, hasFailed } = useForm<CartChange>({
    initial: form,
    intent: 'remove',
    onDone: onChange,
  })
  return (
    <form method="post" ref={ref} onSubmit={onSubmit}>
      <input type="hidden" name="intent" value="remove" />
      <input type="hidden" name="line" value={line.id} />
      <input type="hidden" name="variant" value={line.variantId} />
      <input type="hidden" name="quantity" value={line.quantity} />
      <button className={styles['remove']} type="submit" aria-busy={isBusy}>
        <Icon name="trash" isSmall />
        <span>
          {t('cart.line.remove')} <VisuallyHidden>{line.name}</VisuallyHidden>
        </span>
      </button>
      <FormProblem form={state} hasFailed={hasFailed} />
    </form>
  )
}

/** A product in the cart: what it is, how many, what it costs, and what has happened to it meanwhile. */
export function CartLineRow({ line, form, onChange }: CartLineRowProps) {
  const { t, format, paths } = useShop()
  const href = paths.product(line.slugs, line.sku)
  const own = form?.values['line'] === line.id ? form : null
  const canBeBought = line.maxQuantity > 0
  return (
    <li className={styles['line']}>
      <a className={styles['frame']} href={href} tabIndex={-1} aria-hidden="true">
        {line.picture && <Picture picture={line.picture} sizes="(width < 40rem) 88px, 120px" isDecorative />}
      </a>
      <div className={styles['body']}>
        <div className={styles['top']}>
          <div className={styles['words']}>
            <a className={styles['name']} href={href}>
              <bdi>{line.name}</bdi>
            </a>
            {line.optionText && <bdi className={styles['options']}>{line.optionText}</bdi>}
            <span className={styles['options']}>
              <Money value={line.unitPrice} format={format} />{' '}
              {line.compareAt && (
                <s>
                  <VisuallyHidden>{t('cart.line.was')} </VisuallyHidden>
                  <Money value={line.compareAt} format={format} />
                </s>
              )}
            </span>
          </div>
          <strong className={styles['total']}>
            <Money value={line.total} format={format} />
          </strong>
        </div>
        <LineNotices line={line} />
        <div className={styles['controls']}>
          {canBeBought && <QuantityStepper line={line} form={own} onChange={onChange} />}
          <RemoveForm line={line} form={own} onChange={onChange} />
        </div>
      </div>
    </li>
  )
}
