import { updateStaffSelf } from '@dhow/contracts/staff-auth.ts'
import type { Locale } from '@dhow/i18n/locales.ts'
import { call } from './api.ts'
import { reloadSelf } from './session.ts'
import { speak } from './words.tsx'

/** Changes the language at once, and keeps it on the account so that other devices and mails follow. */
export async function changeLanguage(locale: Locale): Promise<void> {
  await speak(locale)
  await call(updateStaffSelf, { body: { locale } })
  await reloadSelf()
}
