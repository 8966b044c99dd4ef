import type { ReactNode } from 'react'
import type { FormState } from '../../framework/form.ts'
import { useShop } from '../../framework/shop.tsx'
import { useForm } from '../../framework/useForm.ts'
import { SubmitButton } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { FormProblem } from '../../ui/Notice.tsx'
import { ErrorSummary } from './ErrorSummary.tsx'
import styles from './step-form.module.css'

interface StepFormProps {
  form: FormState | null
  /** What the button says: where it leads. */
  submit: string
  back: { href: string; label: string }
  /** Labels by field name, for the list of what needs another look. */
  labels: Readonly<Record<string, string>>
  children: (state: FormState | null) => ReactNode
}

/** The form of one step: a plain post that leads to the next address, nicer with script. */
export function StepForm({ form, submit, back, labels, children }: StepFormProps) {
  const { t } = useShop()
  const { ref, onSubmit, isBusy, state, hasFailed } = useForm({ initial: form, intent: 'save' })
  return (
    <form className={styles['form']} method="post" noValidate ref={ref} onSubmit={onSubmit}>
      <input type="hidden" name="intent" value="save" />
      <ErrorSummary form={state} labels={labels} />
      <FormProblem form={state} hasFailed={hasFailed} />
      {children(state)}
      <div className={styles['actions']}>
        <a className={styles['back']} href={back.href}>
          <Icon name="backward" isSmall />
          {back.label}
        </a>
        <SubmitButton isBusy={isBusy} busyLabel={t('checkout.saving')}>
          {submit}
        </SubmitButton>
      </div>
    </form>
  )
}
