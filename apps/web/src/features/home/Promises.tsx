import type { Shop } from '../../framework/shop.tsx'
import { Icon } from '../../ui/Icon.tsx'
import styles from './promises.module.css'

const promises = [
  ['delivery', 'truck'],
  ['returns', 'back'],
  ['price', 'shield'],
  ['person', 'phone'],
] as const

export function Promises({ shop: { t } }: { shop: Shop }) {
  return (
    <ul className={styles['promises']}>
      {promises.map(([name, icon]) => (
        <li className={styles['promise']} key={name}>
          <Icon name={icon} />
          <b className={styles['name']}>{t(`home.promise.${name}`)}</b>
          <span className={styles['line']}>{t(`home.promise.${name}.line`)}</span>
        </li>
      ))}
    </ul>
  )
}
