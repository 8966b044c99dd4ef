import type { Locale } from '@dhow/i18n/locales.ts'

interface NamedRole {
  nameEn: string
  nameAr: string
}

export const roleName = (role: NamedRole, locale: Locale): string => (locale === 'ar' ? role.nameAr : role.nameEn)

export const roleNames = (roles: readonly NamedRole[], locale: Locale): string =>
  roles.map((role) => roleName(role, locale)).join(locale === 'ar' ? '، ' : ', ')
