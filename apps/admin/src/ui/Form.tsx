import type { ReactNode } from 'react'
import { useWords } from '../app/words.tsx'
import styles from './form.module.css'
import { Notice } from './Notice.tsx'
import { problemWords, referenceOf } from './problem-words.ts'
import type { UsedForm } from './useForm.ts'

/** What went wrong with all of a form, at its end where the button is. */
export function FormFailure({ error }: { error: unknown }) {
  const { t } = useWords()
  const reference = referenceOf(error)
  if (!error) return null
  return (
    <Notice kind="bad" isUrgent>
      <p>{problemWords(t, error)}</p>
      {reference && (
        <p className={styles['reference']}>
          {t('admin.states.reference')} <bdi>{reference}</bdi>
        </p>
      )}
    </Notice>
  )
}

interface FormProps {
  form: UsedForm
  children: ReactNode
  /** The buttons; they come after what went wrong. */
  actions?: ReactNode
  id?: string
  label?: string
}

/** Fields under one another, sent by `useForm`. */
export const Form = ({ form, children, actions, id, label }: FormProps) => (
  <form className={styles['form']} ref={form.ref} id={id} aria-label={label} onSubmit={form.onSubmit} noValidate>
    {children}
    <FormFailure error={form.state.failure} />
    {actions}
  </form>
)
