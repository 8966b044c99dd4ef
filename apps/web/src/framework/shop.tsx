import { createContext, useContext } from 'react'
import type { PaymentMethod } from '@dhow/contracts/cart.ts'
import type { Formatter } from '@dhow/i18n/format.ts'
import type { Locale } from '@dhow/i18n/locales.ts'
import type { Translator } from '@dhow/i18n/translator.ts'
import type { Paths } from '../paths.ts'
import type { ChromeKind, Merchant } from './page.ts'

export interface NavCategory {
  slug: string
  name: string
}

/** What header and footer show; travels to the browser with the page's data. */
export interface Chrome {
  kind: ChromeKind
  categories: readonly NavCategory[]
  /** Ways to pay the shop has; none as long as the page server does not know. */
  payments: readonly PaymentMethod[]
  merchant: Merchant
  /** This page in the other language. */
  otherLanguagePath: string
  /** The path of this page, for forms that post to it. */
  path: string
  /** Name of the readable cookie with the number of units in the cart. */
  cartCountCookie: string
  /** Name of the readable cookie that says somebody is signed in. */
  signedInCookie: string
  /** What was searched for, to keep in the box. */
  query: string
}

/** Everything a component needs to speak the page's language. Cards get it as a prop, so that 24 of them read no context. */
export interface Shop {
  locale: Locale
  t: Translator
  paths: Paths
  format: Formatter
  chrome: Chrome
}

const ShopContext = createContext<Shop | null>(null)

export const ShopProvider = ShopContext.Provider

export function useShop(): Shop {
  const shop = useContext(ShopContext)
  if (!shop) throw new Error('useShop outside a page')
  return shop
}
