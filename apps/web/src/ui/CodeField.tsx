import type { FormEvent } from 'react'
import { FieldFrame, useField } from './Field.tsx'
import type { FieldProps } from './Field.tsx'
import styles from './code-field.module.css'

const codeLength = 6

/** What was typed or pasted as plain digits: spaces and dashes go, Arabic-Indic digits become what the boxes are measured for. */
const digitsOf = (typed: string): string =>
  typed
    .replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replace(/\D/g, '')
    .slice(0, codeLength)

function onInput({ currentTarget }: FormEvent<HTMLInputElement>): void {
  const digits = digitsOf(currentTarget.value)
  if (digits !== currentTarget.value) currentTarget.value = digits
}

/**
 * Six boxes, and one field: it can be pasted into, filled in by the phone, and read by a screen reader as what it is. Without
 * script it takes the code as it is written.
 */
export function CodeField(props: FieldProps) {
  const field = useField(props)
  const { defaultValue: _never, ...control } = field.control
  return (
    <FieldFrame field={field} {...props}>
      <span className={styles['boxes']} dir="ltr">
        <span className={styles['drawn']} aria-hidden="true">
          {Array.from({ length: codeLength }, (_, at) => (
            <span key={at} />
          ))}
        </span>
        <input
          {...control}
          className={styles['input']}
          type="text"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={20}
          onInput={onInput}
        />
      </span>
    </FieldFrame>
  )
}
