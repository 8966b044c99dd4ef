import type { ReactNode } from 'react'
import type { FormState } from '../framework/form.ts'
import styles from './check-field.module.css'

interface CheckFieldProps {
  name: string
  label: ReactNode
  text?: ReactNode
  isChecked?: boolean
  form: FormState | null
}

/** A box to tick. Forms leave out boxes that are not, so a refused form says how it stood. */
export function CheckField({ name, label, text, isChecked = false, form }: CheckFieldProps) {
  return (
    <label className={styles['check']}>
      <input
        className={styles['box']}
        type="checkbox"
        name={name}
        defaultChecked={form ? form.values[name] === 'on' : isChecked}
      />
      <span className={styles['words']}>
        {label}
        {text && <span className={styles['text']}>{text}</span>}
      </span>
    </label>
  )
}
