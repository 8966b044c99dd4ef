import { useShop } from '../../framework/shop.tsx'
import { accountParts } from '../../paths.ts'
import { Icon } from '../../ui/Icon.tsx'
import { partIcons } from './AccountFrame.tsx'
import styles from './overview.module.css'

/** The parts of the account; on a phone the only way to them. */
export function Shortcuts() {
  const { t, paths } = useShop()
  return (
    <nav className={styles['shortcuts']} aria-label={t('account.shortcuts')}>
      <ul className={styles['tiles']}>
        {accountParts.map((part) => (
          <li key={part}>
            <a className={styles['tile']} href={paths.accountPart(part)}>
              <Icon name={partIcons[part]} />
              <span className={styles['tileName']}>{t(`account.${part}.title`)}</span>
              <span className={styles['tileText']}>{t(`account.${part}.short`)}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
