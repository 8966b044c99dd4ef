import type { ReactNode } from 'react'
import { errorOf } from '../../framework/form.ts'
import type { FormState } from '../../framework/form.ts'
import { useShop } from '../../framework/shop.tsx'
import { Icon } from '../../ui/Icon.tsx'
import styles from './choice-list.module.css'

interface ChoiceListProps {
  label: string
  name: string
  form: FormState | null
  children: ReactNode
}

/** One of several: a delivery, a way to pay. */
export function ChoiceList({ label, name, form, children }: ChoiceListProps) {
  const { t } = useShop()
  const code = errorOf(form, name)
  return (
    <fieldset className={styles['list']} aria-describedby={code ? `field-${name}-error` : undefined}>
      <legend className={styles['legend']}>{label}</legend>
      {children}
      {code && (
        <p className={styles['error']} id={`field-${name}-error`}>
          <Icon name="alert" isSmall />
          {t('fields.required')}
        </p>
      )}
    </fieldset>
  )
}

interface ChoiceCardProps {
  name: string
  value: string
  isChosen: boolean
  /** Carries the id the list of errors links to. */
  isFirst: boolean
  title: string
  aside?: ReactNode
  /** Seen but not to be had; the children say why. */
  isDisabled?: boolean
  onChoose?: () => void
  children: ReactNode
}

/** Named by its title; what is beside and below it is its description, so that a long list is quick to listen through. */
export const ChoiceCard = ({
  name,
  value,
  isChosen,
  isFirst,
  title,
  aside,
  isDisabled = false,
  onChoose,
  children,
}: ChoiceCardProps) => (
  <label className={styles['card']} data-disabled={isDisabled || undefined}>
    <input
      className={styles['radio']}
      type="radio"
      name={name}
      value={value}
      id={isFirst ? `field-${name}` : undefined}
      defaultChecked={isChosen}
      onChange={onChoose}
      disabled={isDisabled}
      aria-labelledby={`${name}-${value}-title`}
      aria-describedby={`${name}-${value}-text${aside ? ` ${name}-${value}-aside` : ''}`}
      required
    />
    <span className={styles['words']}>
      <span className={styles['title']} id={`${name}-${value}-title`}>
        {title}
      </span>
      <span className={styles['text']} id={`${name}-${value}-text`}>
        {children}
      </span>
    </span>
    {aside && (
      <span className={styles['aside']} id={`${name}-${value}-aside`}>
        {aside}
      </span>
    )}
  </label>
)
