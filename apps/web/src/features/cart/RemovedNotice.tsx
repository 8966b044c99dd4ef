import type { FormState } from '../../framework/form.ts'
import { useShop } from '../../framework/shop.tsx'
import { useForm } from '../../framework/useForm.ts'
import { FormProblem } from '../../ui/Notice.tsx'
import { Rich } from '../../ui/Rich.tsx'
import type { CartChange, RemovedLine } from './cart-data.ts'
import styles from './removed-notice.module.css'

interface RemovedNoticeProps {
  removed: RemovedLine
  /** Known while the page stays; after a reload the notice speaks without it. */
  name: string | null
  form: FormState | null
  onChange: (change: CartChange) => void
}

/** Says that a line was taken out and offers to put it back. */
export function RemovedNotice({ removed, name, form, onChange }: RemovedNoticeProps) {
  const { t } = useShop()
  const { ref, onSubmit, isBusy, state, hasFailed } = useForm<CartChange>({
    initial: form,
    intent: 'restore',
    onDone: onChange,
  })
  return (
    <div className={styles['notice']} role="status">
      <p>{name ? <Rich t={t} id="cart.removed" values={{ name: <bdi>{name}</bdi> }} /> : t('cart.removedUnnamed')}</p>
      <form method="post" ref={ref} onSubmit={onSubmit}>
        <input type="hidden" name="intent" value="restore" />
        <input type="hidden" name="variant" value={removed.variantId} />
        <input type="hidden" name="quantity" value={removed.quantity} />
        <button className={styles['undo']} type="submit" aria-busy={isBusy}>
          {t('cart.undo')}
        </button>
      </form>
      <FormProblem form={state} hasFailed={hasFailed} />
    </div>
  )
}
