import type { ReactNode } from 'react'
import { useShop } from '../../framework/shop.tsx'
import { useFreshPage } from '../../framework/useFreshPage.ts'
import { Icon } from '../../ui/Icon.tsx'
import type { IconName } from '../../ui/Icon.tsx'
import styles from './sign-in-frame.module.css'

const reasons = [
  { icon: 'truck', id: 'signIn.reason.orders' },
  { icon: 'pin', id: 'signIn.reason.addresses' },
  { icon: 'shield', id: 'signIn.reason.safe' },
] as const satisfies readonly { icon: IconName; id: string }[]

interface SignInFrameProps {
  title: string
  lead?: ReactNode
  children: ReactNode
}

/** Every page of signing in: what is asked now, and, where there is room, what an account is good for. */
export function SignInFrame({ title, lead, children }: SignInFrameProps) {
  const { t } = useShop()
  useFreshPage()
  return (
    <div className={styles['page']}>
      <div className={styles['main']}>
        <div className={styles['words']}>
          <h1 className={styles['title']}>{title}</h1>
          {lead && <p className={styles['lead']}>{lead}</p>}
        </div>
        {children}
      </div>
      <aside className={styles['aside']} aria-label={t('signIn.reasons')}>
        <p className={styles['asideTitle']}>{t('signIn.reasons')}</p>
        <ul className={styles['reasons']}>
          {reasons.map(({ icon, id }) => (
            <li className={styles['reason']} key={id}>
              <Icon name={icon} />
              <span>{t(id)}</span>
            </li>
          ))}
        </ul>
      </aside>
    </div>
  )
}
