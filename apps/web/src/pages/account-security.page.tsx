import { AccountFrame } from '../features/account/AccountFrame.tsx'
import { AppPanel, PasswordPanel } from '../features/account/FactorPanels.tsx'
import { PasskeyList } from '../features/account/PasskeyList.tsx'
import type { SavedWay } from '../features/account/saved-ways.ts'
import type { Factors, PasskeyRow, SessionRow } from '../features/account/security-data.ts'
import { SessionList } from '../features/account/SessionList.tsx'
import panel from '../features/account/panel.module.css'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'

export interface AccountSecurityData {
  factors: Factors
  sessions: readonly SessionRow[]
  passkeys: readonly PasskeyRow[]
  saved: SavedWay | null
}

export function Page({ data, form }: PageProps<AccountSecurityData>) {
  const { t } = useShop()
  const { factors, sessions, passkeys, saved } = data
  return (
    <AccountFrame
      part="security"
      title={t('account.security.title')}
      lead={t('account.security.lead')}
      saved={saved && t(`account.security.saved.${saved}`)}
    >
      <div className={panel['panels']}>
        <SessionList sessions={sessions} form={form} />
        <PasskeyList passkeys={passkeys} form={form} />
        <AppPanel factors={factors} form={form} />
        <PasswordPanel factors={factors} />
      </div>
    </AccountFrame>
  )
}
