import type { Words } from './hydrate.tsx'

/** What only the pages of signing in and of the account say: no other page downloads it. */
export const accountWords: Words = {
  en: () => import('virtual:messages/account/en'),
  ar: () => import('virtual:messages/account/ar'),
}
