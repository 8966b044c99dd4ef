import type { HTMLInputAutoCompleteAttribute, ReactNode } from 'react'
import type { MessageId } from '@dhow/i18n/translator.ts'
import { errorOf } from '../framework/form.ts'
import type { FormState } from '../framework/form.ts'
import { useShop } from '../framework/shop.tsx'
import styles from './field.module.css'
import { Icon } from './Icon.tsx'

export interface FieldProps {
  /** The contract's field as a JSON pointer without its first slash: `name`, `address/area`. */
  name: string
  label: string
  /** What is known already; what was typed and refused comes before it. */
  value?: string
  hint?: ReactNode
  isOptional?: boolean
  /** The state of this field's form: from `useForm`, or the page's `form`. */
  form: FormState | null
}

interface TextFieldProps extends FieldProps {
  type?: 'text' | 'email' | 'tel' | 'search'
  autoComplete?: HTMLInputAutoCompleteAttribute
  inputMode?: 'text' | 'email' | 'tel' | 'numeric' | 'search'
  maxLength?: number
  /** Phones, e-mails and codes read left to right in Arabic too. */
  isLatin?: boolean
  rows?: number
  list?: string
}

const fieldMessage = (code: string): MessageId => `fields.${code}` as MessageId

export function useField({ name, form, value, hint, isOptional = false }: FieldProps) {
  const { t } = useShop()
  const code = errorOf(form, name)
  const id = `field-${name.replaceAll('/', '-')}`
  const describedBy = [code && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ')
  return {
    t,
    id,
    error: code ? t(fieldMessage(code)) : undefined,
    control: {
      id,
      name,
      defaultValue: form?.values[name] ?? value ?? '',
      required: !isOptional,
      'aria-invalid': code ? true : undefined,
      'aria-describedby': describedBy || undefined,
    },
  }
}

export function FieldFrame({
  field,
  label,
  hint,
  isOptional,
  children,
}: { field: ReturnType<typeof useField>; children: ReactNode } & Pick<FieldProps, 'label' | 'hint' | 'isOptional'>) {
  const { id, error, t } = field
  return (
    <div className={styles['field']}>
      <label className={styles['label']} htmlFor={id}>
        {label} {isOptional && <span className={styles['optional']}>{t('form.optional')}</span>}
      </label>
      {children}
      {hint && (
        <p className={styles['hint']} id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className={styles['error']} id={`${id}-error`}>
          <Icon name="alert" isSmall />
          {error}
        </p>
      )}
    </div>
  )
}

/** A labelled line (or, with `rows`, box) of text with its error under it. Put `noValidate` on the form: the words are ours. */
export function TextField(props: TextFieldProps) {
  const { type = 'text', autoComplete, inputMode, maxLength, isLatin = false, rows, list } = props
  const field = useField(props)
  const shared = { ...field.control, autoComplete, inputMode, maxLength, dir: isLatin ? 'ltr' : undefined } as const
  return (
    <FieldFrame field={field} {...props}>
      {rows ? (
        <textarea className={`${styles['control']} ${styles['area']}`} rows={rows} {...shared} />
      ) : (
        <input className={styles['control']} type={type} list={list} {...shared} />
      )}
    </FieldFrame>
  )
}

interface SelectFieldProps extends FieldProps {
  options: readonly { value: string; label: string }[]
  /** First, unselectable line, such as "Choose an emirate". */
  placeholder?: string
}

export function SelectField(props: SelectFieldProps) {
  const field = useField(props)
  return (
    <FieldFrame field={field} {...props}>
      <span className={styles['selectBox']}>
        <select className={`${styles['control']} ${styles['select']}`} {...field.control}>
          {props.placeholder && <option value="">{props.placeholder}</option>}
          {props.options.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
        <span className={styles['arrow']}>
          <Icon name="down" isSmall />
        </span>
      </span>
    </FieldFrame>
  )
}
