import type { ReactNode } from 'react'
import type { FormState } from '../../framework/form.ts'
import { useShop } from '../../framework/shop.tsx'
import { useForm } from '../../framework/useForm.ts'
import { SubmitButton } from '../../ui/Button.tsx'
import { TryProblem } from '../../ui/TryProblem.tsx'
import styles from './panel.module.css'

interface ConfirmActionProps {
  intent: string
  /** Which of several it is done to. */
  id?: string
  form: FormState | null
  /** What opens the question; with the thing's name for those who listen. */
  open: string
  openLabel?: string
  question: ReactNode
  /** The button's words: what it does. */
  submit: string
}

/** Something that cannot be taken back: asks once more, naming the thing, and needs no script to. */
export function ConfirmAction({ intent, id, form, open, openLabel, question, submit }: ConfirmActionProps) {
  const { t } = useShop()
  const isOurs = form?.intent === intent && (id === undefined || form.values['id'] === id)
  const { ref, onSubmit, isBusy, state, hasFailed } = useForm({ initial: isOurs ? form : null, intent })
  return (
    <details className={styles['details']} open={state !== null || undefined}>
      <summary className={styles['summary']} aria-label={openLabel}>
        {open}
      </summary>
      <form className={styles['confirm']} method="post" ref={ref} onSubmit={onSubmit}>
        <input type="hidden" name="intent" value={intent} />
        {id !== undefined && <input type="hidden" name="id" value={id} />}
        <p>{question}</p>
        <TryProblem form={state} hasFailed={hasFailed} />
        <SubmitButton isQuiet isBusy={isBusy} busyLabel={t('signIn.busy')}>
          {submit}
        </SubmitButton>
      </form>
    </details>
  )
}
