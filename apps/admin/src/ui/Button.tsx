import type { MouseEventHandler, ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { Link } from 'react-router'
import styles from './button.module.css'
import { Icon } from './Icon.tsx'
import type { IconName } from './Icon.tsx'

type Kind = 'main' | 'quiet' | 'plain' | 'danger'

interface Look {
  /** `main` is what the page is for, once; `danger` cannot be undone; `plain` has no edge. */
  kind?: Kind
  icon?: IconName
  isSmall?: boolean
  isWide?: boolean
}

const classes = ({ kind = 'quiet', isSmall, isWide }: Look, isBusy = false) =>
  [styles['button'], styles[kind], isSmall && styles['small'], isWide && styles['wide'], isBusy && styles['busy']]
    .filter(Boolean)
    .join(' ')

interface ButtonProps extends Look {
  children: ReactNode
  type?: 'button' | 'submit'
  onPress?: () => void
  isBusy?: boolean
  isDisabled?: boolean
  /** Where the words alone do not say what the button is about. */
  label?: string
  form?: string
}

/** Does something. While busy it says so, keeps its focus and takes no second press. */
export function Button({
  children,
  icon,
  type = 'button',
  onPress,
  isBusy = false,
  isDisabled,
  label,
  form,
  ...look
}: ButtonProps) {
  return (
    <AriaButton
      type={type}
      className={classes(look, isBusy)}
      onPress={onPress}
      isPending={isBusy}
      isDisabled={isDisabled}
      aria-label={label}
      form={form}
    >
      {icon && !isBusy && <Icon name={icon} isSmall />}
      {children}
    </AriaButton>
  )
}

interface IconButtonProps {
  icon: IconName
  label: string
  onPress?: () => void
  isDisabled?: boolean
}

/** A button that shows a sign only; its label is said, and shown on hovering. */
export const IconButton = ({ icon, label, onPress, isDisabled }: IconButtonProps) => (
  <AriaButton className={styles['iconButton']} aria-label={label} onPress={onPress} isDisabled={isDisabled}>
    <Icon name={icon} />
  </AriaButton>
)

interface ButtonLinkProps extends Look {
  to: string
  children: ReactNode
  onClick?: MouseEventHandler<HTMLAnchorElement>
}

/** A link that looks like a button, where the next step is another page. */
export const ButtonLink = ({ to, children, icon, onClick, ...look }: ButtonLinkProps) => (
  <Link className={classes(look)} to={to} onClick={onClick}>
    {icon && <Icon name={icon} isSmall />}
    {children}
  </Link>
)
