import type { CartLine } from '@dhow/contracts/cart.ts'
import type { FormState } from '../../framework/form.ts'
import { useShop } from '../../framework/shop.tsx'
import { useForm } from '../../framework/useForm.ts'
import { Icon } from '../../ui/Icon.tsx'
import { FormProblem } from '../../ui/Notice.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import type { CartChange } from './cart-data.ts'
import styles from './quantity-stepper.module.css'

interface QuantityStepperProps {
  line: CartLine
  form: FormState | null
  onChange: (change: CartChange) => void
}

/** One less, a number to type, one more. Each is a plain form post; Enter in the field sends what was typed. */
export function QuantityStepper({ line, form, onChange }: QuantityStepperProps) {
  const { t } = useShop()
  const { ref, onSubmit, isBusy, state, hasFailed } = useForm<CartChange>({
    initial: form,
    intent: 'quantity',
    onDone: onChange,
  })
  const { id, name } = line
  const isAtMost = line.quantity >= line.maxQuantity
  return (
    <form className={styles['form']} method="post" noValidate ref={ref} onSubmit={onSubmit}>
      <input type="hidden" name="intent" value="quantity" />
      <input type="hidden" name="line" value={id} />
      <input type="hidden" name="variant" value={line.variantId} />
      <div className={styles['stepper']} role="group" aria-label={t('cart.line.quantity', { name })} aria-busy={isBusy}>
        {/* The first button is what Enter presses, so the typed number must come before the steps. */}
        <VisuallyHidden>
          <button type="submit" tabIndex={-1}>
            {t('cart.line.update')}
          </button>
        </VisuallyHidden>
        <button
          className={styles['step']}
          type="submit"
          name="to"
          value={line.quantity - 1}
          disabled={line.quantity <= 1}
        >
          <Icon name="minus" isSmall />
          <VisuallyHidden>{t('cart.line.decrease', { name })}</VisuallyHidden>
        </button>
        {/* Keyed by what the server said, so that its answer replaces what was typed; the buttons keep the focus. */}
        <input
          key={line.quantity}
          className={styles['number']}
          name="quantity"
          type="text"
          inputMode="numeric"
          dir="ltr"
          maxLength={3}
          autoComplete="off"
          defaultValue={form?.values['quantity'] ?? line.quantity}
          aria-label={t('cart.line.quantity', { name })}
          aria-invalid={state ? true : undefined}
          onBlur={(event) => {
            if (event.currentTarget.value !== String(line.quantity)) event.currentTarget.form?.requestSubmit()
          }}
        />
        <button className={styles['step']} type="submit" name="to" value={line.quantity + 1} disabled={isAtMost}>
          <Icon name="plus" isSmall />
          <VisuallyHidden>{t('cart.line.increase', { name })}</VisuallyHidden>
        </button>
      </div>
      {isAtMost && <p className={styles['most']}>{t('cart.line.max', { count: line.maxQuantity })}</p>}
      {state?.errors.length ? <p className={styles['wrong']}>{t('cart.line.invalidQuantity')}</p> : null}
      <FormProblem form={state} hasFailed={hasFailed} />
    </form>
  )
}
