import type { FormState } from '../../framework/form.ts'
import { useShop } from '../../framework/shop.tsx'
import { useForm } from '../../framework/useForm.ts'
import { SubmitButton } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { FormProblem } from '../../ui/Notice.tsx'
import styles from './cart-changes.module.css'
import type { CartChange, CartData } from './cart-data.ts'

interface CartChangesProps {
  cart: CartData
  form: FormState | null
  onChange: (change: CartChange) => void
}

/** One action for everything that changed since it was put in; the lines say what each change is. */
export function CartChanges({ cart, form, onChange }: CartChangesProps) {
  const { t } = useShop()
  const { ref, onSubmit, isBusy, state, hasFailed } = useForm<CartChange>({
    initial: form,
    intent: 'accept-changes',
    onDone: onChange,
  })
  const count = cart.lines.filter((line) => line.notices.length > 0).length
  return (
    <section className={styles['changes']} aria-label={t('cart.changes.label')}>
      <Icon name="alert" />
      <div className={styles['words']}>
        <h2 className={styles['title']}>{t('cart.changes.title', { count })}</h2>
        <p>{t('cart.changes.text')}</p>
      </div>
      <form className={styles['form']} method="post" ref={ref} onSubmit={onSubmit}>
        <input type="hidden" name="intent" value="accept-changes" />
        <SubmitButton isBusy={isBusy}>{t('cart.changes.accept')}</SubmitButton>
        <FormProblem form={state} hasFailed={hasFailed} />
      </form>
    </section>
  )
}
