import type { FormState } from '../../framework/form.ts'
import { useShop } from '../../framework/shop.tsx'
import { useForm } from '../../framework/useForm.ts'
import { SubmitButton } from '../../ui/Button.tsx'
import { TextField } from '../../ui/Field.tsx'
import { FormProblem, Notice } from '../../ui/Notice.tsx'
import styles from './order-lookup.module.css'

function LookupProblem({ state, hasFailed }: { state: FormState | null; hasFailed: boolean }) {
  const { t } = useShop()
  const minutes = state?.problem?.details['minutes']
  if (state?.problem?.code !== 'request/rate-limited' || typeof minutes !== 'number')
    return <FormProblem form={state} hasFailed={hasFailed} />
  return (
    <Notice kind="bad" isFocusable>
      {t('orders.lookup.limited', { minutes })}
    </Notice>
  )
}

/** Number and phone or e-mail: what only the one who ordered has both of. */
export function LookupForm({ number, form }: { number: string; form: FormState | null }) {
  const { t } = useShop()
  const { ref, onSubmit, isBusy, state, hasFailed } = useForm({ initial: form, intent: 'find' })
  return (
    <form className={styles['form']} method="post" noValidate ref={ref} onSubmit={onSubmit}>
      <input type="hidden" name="intent" value="find" />
      <LookupProblem state={state} hasFailed={hasFailed} />
      <TextField
        name="number"
        label={t('orders.lookup.number')}
        hint={t('orders.lookup.number.hint')}
        value={number}
        autoComplete="off"
        maxLength={30}
        isLatin
        form={state}
      />
      <TextField
        name="phoneOrEmail"
        label={t('orders.lookup.phoneOrEmail')}
        autoComplete="email"
        maxLength={254}
        isLatin
        form={state}
      />
      <SubmitButton isBusy={isBusy} busyLabel={t('orders.lookup.busy')}>
        {t('orders.lookup.submit')}
      </SubmitButton>
    </form>
  )
}
