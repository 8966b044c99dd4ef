import type { ReactNode } from 'react'
import styles from './button.module.css'

interface Look {
  isQuiet?: boolean
  isWide?: boolean
}

const classes = ({ isQuiet, isWide }: Look, isBusy = false) =>
  [styles['button'], isQuiet && styles['quiet'], isWide && styles['wide'], isBusy && styles['busy']]
    .filter(Boolean)
    .join(' ')

interface SubmitProps extends Look {
  children: ReactNode
  /** Shows it is working and takes no second click; the form's own guard is what holds. */
  isBusy?: boolean
  /** The words while busy, such as "Adding…". */
  busyLabel?: string
  isDisabled?: boolean
  name?: string
  value?: string
}

/** Submits its form; the words say what it does. */
export function SubmitButton({
  children,
  isBusy = false,
  busyLabel,
  isDisabled = false,
  name,
  value,
  ...look
}: SubmitProps) {
  return (
    <button
      className={classes(look, isBusy)}
      type="submit"
      name={name}
      value={value}
      disabled={isDisabled}
      aria-busy={isBusy}
    >
      {isBusy && busyLabel ? busyLabel : children}
    </button>
  )
}

/** A link that looks like a button, where the next step is another page. */
export const ButtonLink = ({ href, children, ...look }: Look & { href: string; children: ReactNode }) => (
  <a className={classes(look)} href={href}>
    {children}
  </a>
)
