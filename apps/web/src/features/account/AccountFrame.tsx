import type { ReactNode } from 'react'
import { useShop } from '../../framework/shop.tsx'
import { useFreshPage } from '../../framework/useFreshPage.ts'
import { accountParts } from '../../paths.ts'
import type { AccountPart } from '../../paths.ts'
import { Icon } from '../../ui/Icon.tsx'
import type { IconName } from '../../ui/Icon.tsx'
import { Notice } from '../../ui/Notice.tsx'
import styles from './account-frame.module.css'
import { SignOutForm } from './SignOutForm.tsx'

export const partIcons = {
  orders: 'bag',
  addresses: 'pin',
  cards: 'card',
  credit: 'wallet',
  profile: 'person',
  security: 'shield',
  consents: 'bell',
} as const satisfies Record<(typeof accountParts)[number], IconName>

interface AccountFrameProps {
  /** The part of the account this page is of; none on the overview. */
  part?: (typeof accountParts)[number]
  title: ReactNode
  lead?: ReactNode
  /** What has just been done, said once. */
  saved?: string | null
  /** The page above this one, when it is not the overview. */
  up?: { part: AccountPart; label: string }
  children: ReactNode
}

function AccountNav({ part }: Pick<AccountFrameProps, 'part'>) {
  const { t, paths } = useShop()
  return (
    <nav className={styles['nav']} aria-label={t('account.nav')}>
      <ul className={styles['parts']}>
        <li>
          <a className={styles['part']} href={paths.account()} aria-current={part ? undefined : 'page'}>
            <Icon name="home" />
            {t('account.overview')}
          </a>
        </li>
        {accountParts.map((each) => (
          <li key={each}>
            <a
              className={styles['part']}
              href={paths.accountPart(each)}
              aria-current={each === part ? 'page' : undefined}
            >
              <Icon name={partIcons[each]} />
              {t(`account.${each}.title`)}
            </a>
          </li>
        ))}
      </ul>
      <SignOutForm />
    </nav>
  )
}

/** Every page of the account: its parts beside it where there is room, a way up where there is none. */
export function AccountFrame({ part, title, lead, saved, up, children }: AccountFrameProps) {
  const { t, paths } = useShop()
  useFreshPage()
  return (
    <div className={styles['page']}>
      <AccountNav part={part} />
      <div className={styles['main']}>
        {part && (
          <a className={styles['up']} href={up ? paths.accountPart(up.part) : paths.account()}>
            <Icon name="backward" isSmall />
            {up ? up.label : t('account.title')}
          </a>
        )}
        <div className={styles['words']}>
          <h1 className={styles['title']}>{title}</h1>
          {lead && <p className={styles['lead']}>{lead}</p>}
        </div>
        {saved && <Notice kind="good">{saved}</Notice>}
        {children}
      </div>
    </div>
  )
}
