import type { ReactNode } from 'react'
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components'
import { Icon } from './Icon.tsx'
import type { IconName } from './Icon.tsx'
import styles from './menu.module.css'

export interface MenuEntry {
  id: string
  label: string
  icon?: IconName
  isDangerous?: boolean
  onAction: () => void
}

interface MenuButtonProps {
  /** Said and not shown, where the button is only a sign or a face. */
  label: string
  children?: ReactNode
  header?: ReactNode
  /** Groups, with a line between them. */
  groups: readonly (readonly MenuEntry[])[]
}

/** A button that opens a list of things to do. */
export const MenuButton = ({ label, children, header, groups }: MenuButtonProps) => (
  <MenuTrigger>
    <AriaButton className={styles['trigger']} aria-label={label}>
      {children ?? <Icon name="more" />}
    </AriaButton>
    <Popover className={styles['popover']} placement="bottom end">
      {header && <div className={styles['header']}>{header}</div>}
      <Menu className={styles['menu']} aria-label={label}>
        {groups
          .filter((group) => group.length > 0)
          .flatMap((group, number) => [
            ...(number > 0 ? [<Separator key={`line-${number}`} className={styles['line']} />] : []),
            ...group.map(({ id, label: words, icon, isDangerous, onAction }) => (
              <MenuItem
                key={id}
                id={id}
                textValue={words}
                className={`${styles['item']} ${isDangerous ? styles['danger'] : ''}`}
                onAction={onAction}
              >
                {icon && <Icon name={icon} isSmall />}
                {words}
              </MenuItem>
            )),
          ])}
      </Menu>
    </Popover>
  </MenuTrigger>
)
