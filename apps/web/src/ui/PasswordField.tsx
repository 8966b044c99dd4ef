import { useId, useState } from 'react'
import { useShop } from '../framework/shop.tsx'
import { useHasScript } from '../framework/useHasScript.ts'
import fieldStyles from './field.module.css'
import { FieldFrame, useField } from './Field.tsx'
import type { FieldProps } from './Field.tsx'
import styles from './password-field.module.css'

interface PasswordFieldProps extends FieldProps {
  autoComplete: 'current-password' | 'new-password'
  /** Shows how many characters there are, of at least so many. */
  minLength?: number
}

/** In code points, as the contract counts. */
const lengthOf = (text: string): number => Array.from(text).length

/** A password that can be pasted, managed and looked at. Length is all we ask of a new one, so length is what we show. */
export function PasswordField({ autoComplete, minLength, ...props }: PasswordFieldProps) {
  const { t } = useShop()
  const field = useField(props)
  const hasScript = useHasScript()
  const countId = useId()
  const [isShown, setShown] = useState(false)
  const [length, setLength] = useState(0)
  const isLongEnough = minLength !== undefined && length >= minLength
  const { defaultValue: _never, ...control } = field.control
  return (
    <FieldFrame field={field} {...props}>
      <span className={styles['box']} dir="ltr">
        <input
          {...control}
          className={`${fieldStyles['control']} ${styles['input']}`}
          type={isShown ? 'text' : 'password'}
          autoComplete={autoComplete}
          autoCapitalize="none"
          spellCheck={false}
          maxLength={1000}
          dir="ltr"
          onChange={(event) => setLength(lengthOf(event.target.value))}
        />
        {hasScript && (
          <button className={styles['show']} type="button" aria-pressed={isShown} onClick={() => setShown(!isShown)}>
            {t(isShown ? 'signIn.password.hide' : 'signIn.password.show')}
          </button>
        )}
      </span>
      {minLength !== undefined && hasScript && (
        <span className={styles['count']} id={countId} role="status" data-enough={isLongEnough || undefined}>
          {isLongEnough ? t('signIn.password.enough') : t('signIn.password.missing', { count: minLength - length })}
        </span>
      )}
    </FieldFrame>
  )
}
