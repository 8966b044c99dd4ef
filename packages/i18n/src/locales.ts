export const locales = ['en', 'ar'] as const
export type Locale = (typeof locales)[number]

/** BCP 47 tags for `Intl`: a bare `ar` would print Arabic-Indic digits on some systems, UAE commerce uses 0–9. */
export const intlTags = { en: 'en-AE', ar: 'ar-AE-u-nu-latn' } as const satisfies Record<Locale, string>

export const directions = { en: 'ltr', ar: 'rtl' } as const satisfies Record<Locale, string>

/** The language's own name, for the language switch. */
export const endonyms = { en: 'English', ar: 'العربية' } as const satisfies Record<Locale, string>

export const otherLocale = (locale: Locale): Locale => (locale === 'en' ? 'ar' : 'en')

export const isLocale = (text: unknown): text is Locale => text === 'en' || text === 'ar'
