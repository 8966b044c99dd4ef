import { useShop } from '../framework/shop.tsx'
import styles from './breadcrumbs.module.css'

export interface Crumb {
  name: string
  path: string
}

/** The way here from the home page; the last step is where one is. */
export function Breadcrumbs({ steps }: { steps: readonly Crumb[] }) {
  const { t } = useShop()
  return (
    <nav aria-label={t('crumbs.label')}>
      <ol className={styles['crumbs']}>
        {steps.map(({ name, path }, at) => (
          <li className={styles['step']} key={path}>
            {at < steps.length - 1 ? (
              <a className={styles['link']} href={path}>
                <bdi>{name}</bdi>
              </a>
            ) : (
              <bdi aria-current="page">{name}</bdi>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}
