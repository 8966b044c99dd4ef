import type { FormState } from '../../framework/form.ts'
import { useShop } from '../../framework/shop.tsx'
import { useForm } from '../../framework/useForm.ts'
import { SubmitButton } from '../../ui/Button.tsx'
import { FormProblem } from '../../ui/Notice.tsx'
import { Rich } from '../../ui/Rich.tsx'
import styles from './cancel-order.module.css'

/** Cancelling asks once more, with the order's number, before it does. */
export function CancelOrder({ number, form }: { number: string; form: FormState | null }) {
  const { t } = useShop()
  const { ref, onSubmit, isBusy, state, hasFailed } = useForm({ initial: form, intent: 'cancel' })
  const code = (
    <bdi dir="ltr" key="number">
      {number}
    </bdi>
  )
  return (
    <details className={styles['cancel']} open={state !== null || undefined}>
      <summary className={styles['open']}>{t('orders.cancel.open')}</summary>
      <form className={styles['form']} method="post" ref={ref} onSubmit={onSubmit}>
        <input type="hidden" name="intent" value="cancel" />
        <p>{t('orders.cancel.text')}</p>
        <FormProblem form={state} hasFailed={hasFailed} />
        <SubmitButton isQuiet isBusy={isBusy} busyLabel={t('orders.cancel.busy')}>
          <span>
            <Rich t={t} id="orders.cancel.confirm" values={{ number: code }} />
          </span>
        </SubmitButton>
      </form>
    </details>
  )
}
