import type { Words } from './hydrate.tsx'

/** What the checkout, orders and the account say: no catalogue page downloads it. */
export const orderWords: Words = {
  en: () => import('virtual:messages/orders/en'),
  ar: () => import('virtual:messages/orders/ar'),
}
