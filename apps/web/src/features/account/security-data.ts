import type { CustomerView } from '@dhow/contracts/account.ts'
import type { PasskeyView, SessionView } from '@dhow/contracts/account-security.ts'
import type { Formatter } from '@dhow/i18n/format.ts'
import type { Translator } from '@dhow/i18n/translator.ts'

/** A device that is signed in; times and place in words. */
export interface SessionRow {
  id: string
  isCurrent: boolean
  client: string
  place: string
  lastSeen: string
  since: string
}

export interface PasskeyRow {
  id: string
  name: string
  made: string
  lastUsed: string | null
  isBackedUp: boolean
}

export type Factors = Pick<CustomerView, 'hasPassword' | 'hasTotp' | 'recoveryCodesLeft' | 'email'>

export const toSessionRow = (
  session: SessionView,
  { format, regions, t }: { format: Formatter; regions: Intl.DisplayNames; t: Translator },
): SessionRow => ({
  id: session.id,
  isCurrent: session.isCurrent,
  client: session.client || t('account.sessions.unknown'),
  place: [session.city, session.country && regions.of(session.country)].filter(Boolean).join(' · '),
  lastSeen: format.dateTime(session.lastSeenAt),
  since: format.date(session.createdAt),
})

export const toPasskeyRow = (passkey: PasskeyView, format: Formatter): PasskeyRow => ({
  id: passkey.id,
  name: passkey.name,
  made: format.date(passkey.createdAt),
  lastUsed: passkey.lastUsedAt && format.dateTime(passkey.lastUsedAt),
  isBackedUp: passkey.isBackedUp,
})
