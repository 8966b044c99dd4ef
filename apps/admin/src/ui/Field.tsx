import { useId } from 'react'
import type { HTMLInputAutoCompleteAttribute, ReactNode } from 'react'
import { useWords } from '../app/words.tsx'
import styles from './field.module.css'
import { faultWords } from './form.ts'
import type { FormState } from './form.ts'
import { Icon } from './Icon.tsx'

interface FieldProps {
  /** The contract's field as a JSON pointer without its first slash. */
  name: string
  label: string
  hint?: ReactNode
  isOptional?: boolean
  /** Of the form the field is in; left out where it filters instead of being sent. */
  form?: FormState
}

function useField({ name, form, hint }: FieldProps) {
  const { t } = useWords()
  const id = useId()
  const code = form?.errors[name]
  const describedBy = [code && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ')
  return {
    id,
    error: code ? faultWords(t, code) : undefined,
    control: {
      id,
      name,
      'aria-invalid': code ? true : undefined,
      'aria-describedby': describedBy || undefined,
    } as const,
  }
}

type UsedField = ReturnType<typeof useField>

function Below({ field, hint }: { field: UsedField; hint: ReactNode }) {
  return (
    <>
      {hint && (
        <p className={styles['hint']} id={`${field.id}-hint`}>
          {hint}
        </p>
      )}
      {field.error && (
        <p className={styles['error']} id={`${field.id}-error`}>
          <Icon name="alert" isSmall />
          {field.error}
        </p>
      )}
    </>
  )
}

function Frame({
  field,
  label,
  hint,
  isOptional,
  children,
}: Omit<FieldProps, 'name' | 'form'> & { field: UsedField; children: ReactNode }) {
  const { t } = useWords()
  return (
    <div className={styles['field']}>
      <label className={styles['label']} htmlFor={field.id}>
        {label} {isOptional && <span className={styles['optional']}>{t('admin.fields.optional')}</span>}
      </label>
      {children}
      <Below field={field} hint={hint} />
    </div>
  )
}

interface TextFieldProps extends FieldProps {
  value?: string
  type?: 'text' | 'email' | 'password' | 'search' | 'date' | 'datetime-local'
  autoComplete?: HTMLInputAutoCompleteAttribute
  inputMode?: 'text' | 'email' | 'numeric' | 'decimal' | 'search'
  maxLength?: number
  rows?: number
  /** E-mails, codes and amounts read left to right in Arabic too. */
  isLatin?: boolean
  /** Takes the focus when it appears: the first field of a dialog or step. */
  isFirst?: boolean
  /** Something before or after the text, such as the currency. */
  unit?: string
}

/** A labelled line (or, with `rows`, box) of text with its fault under it. */
export function TextField(props: TextFieldProps) {
  const {
    value,
    type = 'text',
    autoComplete,
    inputMode,
    maxLength,
    rows,
    isLatin = false,
    isFirst = false,
    unit,
  } = props
  const field = useField(props)
  const shared = {
    ...field.control,
    defaultValue: value,
    autoComplete,
    inputMode,
    maxLength,
    dir: isLatin ? 'ltr' : undefined,
    required: !props.isOptional,
    'data-autofocus': isFirst || undefined,
    ref: isFirst ? focusWhenShown : undefined,
  } as const
  return (
    <Frame field={field} {...props}>
      {rows ? (
        <textarea className={`${styles['control']} ${styles['area']}`} rows={rows} {...shared} />
      ) : (
        <span className={styles['box']}>
          {unit && <span className={styles['unit']}>{unit}</span>}
          <input className={`${styles['control']} ${isLatin ? styles['latin'] : ''}`} type={type} {...shared} />
        </span>
      )}
    </Frame>
  )
}

/** Dialogs put the focus on themselves first; the first field takes it from them. */
const focusWhenShown = (element: HTMLElement | null): void => {
  if (element) requestAnimationFrame(() => element.focus())
}

interface SearchFieldProps {
  label: string
  /** What the address says at first; from then on what is typed leads, and the address follows. */
  value: string
  onChange: (value: string) => void
  isLatin?: boolean
}

/** Narrows a list down while typing. Give it another `key` to empty it. */
export function SearchField({ label, value, onChange, isLatin = false }: SearchFieldProps) {
  const id = useId()
  return (
    <div className={styles['field']}>
      <label className={styles['label']} htmlFor={id}>
        {label}
      </label>
      <span className={styles['box']}>
        <input
          className={styles['control']}
          id={id}
          type="search"
          defaultValue={value}
          dir={isLatin ? 'ltr' : undefined}
          onChange={(event) => onChange(event.target.value)}
        />
      </span>
    </div>
  )
}

interface SelectFieldProps extends FieldProps {
  value?: string
  options: readonly { value: string; label: string }[]
  onChange?: (value: string) => void
}

/** A choice of few: the browser's own list, which every keyboard and screen reader knows. */
export function SelectField(props: SelectFieldProps) {
  const { value, options, onChange } = props
  const field = useField(props)
  const current = onChange ? { value: value ?? '' } : { defaultValue: value }
  return (
    <Frame field={field} {...props}>
      <span className={styles['selectBox']}>
        <select
          className={`${styles['control']} ${styles['select']}`}
          {...field.control}
          {...current}
          onChange={(event) => onChange?.(event.target.value)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <span className={styles['arrow']}>
          <Icon name="down" isSmall />
        </span>
      </span>
    </Frame>
  )
}

interface CheckFieldProps {
  name: string
  value?: string
  label: ReactNode
  hint?: ReactNode
  isChecked?: boolean
  isDisabled?: boolean
  onChange?: (isChecked: boolean) => void
}

/** A box to tick, with what it means beside it. */
export function CheckField({ name, value, label, hint, isChecked, isDisabled, onChange }: CheckFieldProps) {
  const id = useId()
  return (
    <div className={styles['check']}>
      <input
        type="checkbox"
        id={id}
        name={name}
        value={value}
        defaultChecked={isChecked}
        disabled={isDisabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange?.(event.target.checked)}
      />
      <div>
        <label htmlFor={id}>{label}</label>
        {hint && (
          <p className={styles['hint']} id={`${id}-hint`}>
            {hint}
          </p>
        )}
      </div>
    </div>
  )
}

/** Boxes of one question. Its fault is said once, under it; the first box takes the focus. */
export function CheckGroup(props: FieldProps & { children: ReactNode }) {
  const field = useField(props)
  return (
    <fieldset
      className={styles['field']}
      aria-describedby={field.control['aria-describedby']}
      data-invalid={field.error ? true : undefined}
    >
      <legend className={styles['label']}>{props.label}</legend>
      <div className={styles['checks']}>{props.children}</div>
      <Below field={field} hint={props.hint} />
    </fieldset>
  )
}
