import { useShop } from '../../framework/shop.tsx'
import type { AccountPart } from '../../paths.ts'
import { Icon } from '../../ui/Icon.tsx'
import styles from './overview.module.css'
import panel from './panel.module.css'

export type Missing = Readonly<Record<'name' | 'email' | 'phone' | 'secondFactor', boolean>>

const ways = [
  ['name', 'profile'],
  ['email', 'profile/email'],
  ['phone', 'profile/phone'],
  ['secondFactor', 'security'],
] as const satisfies readonly (readonly [keyof Missing, AccountPart])[]

/** What an account is better for having; gone when all of it is there. */
export function FinishProfile({ missing }: { missing: Missing }) {
  const { t, paths } = useShop()
  const open = ways.filter(([what]) => missing[what])
  if (open.length === 0) return null
  return (
    <section className={`${panel['panel']} ${panel['calm']}`} aria-labelledby="finish-profile">
      <h2 className={panel['title']} id="finish-profile">
        {t('account.finish')}
      </h2>
      <ul className={styles['todo']}>
        {open.map(([what, part]) => (
          <li key={what}>
            <a className={styles['todoLink']} href={paths.accountPart(part)}>
              <span>
                {t(`account.finish.${what}`)}
                <span className={panel['quiet']}>{t(`account.finish.${what}.why`)}</span>
              </span>
              <Icon name="forward" isSmall />
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
