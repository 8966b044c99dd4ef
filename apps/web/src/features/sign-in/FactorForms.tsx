import type { FormState } from '../../framework/form.ts'
import { useShop } from '../../framework/shop.tsx'
import { useForm } from '../../framework/useForm.ts'
import { SubmitButton } from '../../ui/Button.tsx'
import { TextField } from '../../ui/Field.tsx'
import { CodeField } from '../../ui/CodeField.tsx'
import styles from './factor-forms.module.css'
import { TryProblem } from '../../ui/TryProblem.tsx'

interface FactorFormProps {
  form: FormState | null
  /** What the button says. */
  submit: string
}

/** The six figures an authenticator app shows. */
export function AppCodeForm({ form, submit }: FactorFormProps) {
  const { t } = useShop()
  const { ref, onSubmit, isBusy, state, hasFailed } = useForm({ initial: form, intent: 'app' })
  return (
    <form className={styles['form']} method="post" noValidate ref={ref} onSubmit={onSubmit}>
      <input type="hidden" name="intent" value="app" />
      <TryProblem form={state} hasFailed={hasFailed} />
      <CodeField name="code" label={t('signIn.second.app')} hint={t('signIn.second.app.hint')} form={state} />
      <SubmitButton isBusy={isBusy} busyLabel={t('signIn.busy')}>
        {submit}
      </SubmitButton>
    </form>
  )
}

/** For whoever has lost the app: folded away until it is wanted, or was refused. */
export function RecoveryCodeForm({ form }: Pick<FactorFormProps, 'form'>) {
  const { t } = useShop()
  const { ref, onSubmit, isBusy, state, hasFailed } = useForm({ initial: form, intent: 'recovery' })
  return (
    <details className={styles['details']} open={state !== null || undefined}>
      <summary className={styles['summary']}>{t('signIn.second.recovery.open')}</summary>
      <form className={styles['form']} method="post" noValidate ref={ref} onSubmit={onSubmit}>
        <input type="hidden" name="intent" value="recovery" />
        <TryProblem form={state} hasFailed={hasFailed} />
        <TextField
          name="recovery"
          label={t('signIn.second.recovery')}
          hint={t('signIn.second.recovery.hint')}
          autoComplete="off"
          maxLength={40}
          isLatin
          form={state}
        />
        <SubmitButton isQuiet isBusy={isBusy} busyLabel={t('signIn.busy')}>
          {t('signIn.second.recovery.submit')}
        </SubmitButton>
      </form>
    </details>
  )
}
