import type { Locale } from '@dhow/i18n/locales.ts'

/** The same thing's slug in both languages. */
export type Slugs = Readonly<Record<Locale, string>>

/** What a listing is narrowed to, as it stands in its address. Money is whole dirhams, as people type it. */
export interface ListFilters {
  brand?: readonly string[]
  /** Option code → value codes. */
  options?: Readonly<Record<string, readonly string[]>>
  priceMin?: string
  priceMax?: string
  inStock?: boolean
  tag?: string
  sort?: string
  cursor?: string
}

export const contentPages = ['about', 'delivery', 'returns', 'privacy', 'terms', 'contact'] as const
export type ContentPage = (typeof contentPages)[number]

export const checkoutSteps = ['contact', 'address', 'delivery', 'payment', 'review'] as const
export type CheckoutStep = (typeof checkoutSteps)[number]

/** How somebody wants to pay, as it travels in addresses while there is no order yet to keep it. */
export interface ChosenPayment {
  /** Null before one was chosen. */
  method: string | null
  /** Store credit pays first. */
  usesCredit: boolean
}

export type SignInStep = 'code' | 'password' | 'second-step' | 'forgot-password' | 'mail-sent'

export const accountParts = ['orders', 'addresses', 'cards', 'credit', 'profile', 'security', 'consents'] as const
export type AccountPart =
  | (typeof accountParts)[number]
  | 'cards/new'
  | 'profile/phone'
  | 'profile/email'
  | 'security/password'
  | 'security/passkey'
  | 'security/app'
  | 'security/recovery-codes'

export const linkKinds = ['verify', 'reset', 'email', 'undo'] as const
export type LinkKind = (typeof linkKinds)[number]

/** Patterns Express matches, below `/en` and `/ar`; `createPaths` builds what they match. */
export const routes = {
  home: '',
  category: '/c/:slug',
  shop: '/shop',
  product: '/p/:slug',
  search: '/search',
  suggest: '/search/suggest',
  cart: '/cart',
  cartAdd: '/cart/add',
  checkoutContact: '/checkout{/contact}',
  checkoutAddress: '/checkout/address',
  checkoutDelivery: '/checkout/delivery',
  checkoutPayment: '/checkout/payment',
  checkoutReview: '/checkout/review',
  checkoutReturn: '/checkout/return',
  checkoutCode: '/checkout/code',
  orderLookup: '/orders',
  order: '/orders/:number',
  orderThanks: '/orders/:number/thank-you',
  signIn: '/sign-in',
  signInCode: '/sign-in/code',
  signInPassword: '/sign-in/password',
  signInSecond: '/sign-in/second-step',
  signInForgot: '/sign-in/forgot-password',
  signInMailSent: '/sign-in/mail-sent',
  signUp: '/sign-up',
  account: '/account',
  accountOrders: '/account/orders',
  accountAddresses: '/account/addresses',
  /** An address's id, or `new`. */
  accountAddress: '/account/addresses/:id',
  accountCards: '/account/cards',
  accountNewCard: '/account/cards/new',
  accountCredit: '/account/credit',
  accountProfile: '/account/profile',
  accountPhone: '/account/profile/phone',
  accountMail: '/account/profile/email',
  accountSecurity: '/account/security',
  accountPassword: '/account/security/password',
  accountPasskey: '/account/security/passkey',
  accountApp: '/account/security/app',
  accountCodes: '/account/security/recovery-codes',
  accountConsents: '/account/consents',
  accountConfirm: '/account/confirm',
  /** What links in our mails lead to: `/account/verify?token=…`. */
  accountVerify: '/account/verify',
  accountReset: '/account/reset',
  accountEmail: '/account/email',
  accountUndo: '/account/undo',
  /** Followed by the page's name: `/about`. */
  content: '',
} as const

type QueryValue = string | readonly string[] | undefined

function withQuery(path: string, query: Readonly<Record<string, QueryValue>>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    for (const one of typeof value === 'string' ? [value] : (value ?? [])) if (one !== '') search.append(name, one)
  const text = search.toString()
  return text ? `${path}?${text}` : path
}

/** The prefix of option filters in a query: `o.colour=black`. */
export const optionPrefix = 'o.'

function listQuery(filters: ListFilters): Record<string, QueryValue> {
  const options = Object.entries(filters.options ?? {}).map(([code, values]) => [optionPrefix + code, values] as const)
  return {
    tag: filters.tag,
    brand: filters.brand,
    ...Object.fromEntries(options.sort(([one], [other]) => one.localeCompare(other))),
    min: filters.priceMin,
    max: filters.priceMax,
    stock: filters.inStock ? '1' : undefined,
    sort: filters.sort,
    cursor: filters.cursor,
  }
}

/** Without store credit nothing is said of it; a method is left out before one was chosen. */
const choiceQuery = (chosen: ChosenPayment | undefined): Record<string, QueryValue> => ({
  method: chosen?.method ?? undefined,
  credit: chosen?.usesCredit ? '1' : undefined,
})

function makePaths(locale: Locale) {
  const at = (path: string) => `/${locale}${path}`
  const slugOf = (slug: string | Slugs) => encodeURIComponent(typeof slug === 'string' ? slug : slug[locale])
  return {
    locale,
    home: () => at(''),
    category: (slug: string | Slugs, filters: ListFilters = {}) =>
      withQuery(at(`/c/${slugOf(slug)}`), listQuery(filters)),
    shop: (filters: ListFilters = {}) => withQuery(at('/shop'), listQuery(filters)),
    /** `sku` names the variant shown first. */
    product: (slug: string | Slugs, sku?: string) => withQuery(at(`/p/${slugOf(slug)}`), { variant: sku }),
    search: (q?: string, filters: ListFilters = {}) => withQuery(at('/search'), { q, ...listQuery(filters) }),
    suggest: () => at('/search/suggest'),
    cartAdd: () => at('/cart/add'),
    /** `removed` names the variant just taken out, so that it can be put back. */
    cart: (query: { removed?: string; quantity?: number } = {}) =>
      withQuery(at('/cart'), { removed: query.removed, quantity: query.quantity?.toString() }),
    /** The chosen way to pay stands in the address, so that it lasts while an earlier step is changed. */
    checkout: (step: CheckoutStep, chosen?: ChosenPayment) => withQuery(at(`/checkout/${step}`), choiceQuery(chosen)),
    /** Pays an order that was placed and waits for its payment; `chosen` pays it another way than it was begun. */
    checkoutPay: (number: string, chosen?: ChosenPayment) =>
      withQuery(at('/checkout/review'), { order: number, ...choiceQuery(chosen) }),
    /** The ways to pay an order that waits. `why` says what led here. */
    checkoutMethods: (number: string, query: { why?: 'left' | 'changed' } = {}) =>
      withQuery(at('/checkout/payment'), { order: number, why: query.why }),
    /** Where the code that confirms an order paid in cash is typed. */
    checkoutCode: (number: string, query: { sent?: 'again' } = {}) =>
      withQuery(at('/checkout/code'), { order: number, sent: query.sent }),
    /** Where the provider sends the shopper back to. */
    checkoutReturn: (number: string, since?: number) =>
      withQuery(at('/checkout/return'), { order: number, since: since?.toString() }),
    orderLookup: (query: { number?: string } = {}) => withQuery(at('/orders'), { number: query.number }),
    /** `key` is the order's token, in links of e-mails only: the page puts it into a cookie and drops it from the address. */
    order: (number: string, query: { key?: string } = {}) =>
      withQuery(at(`/orders/${encodeURIComponent(number)}`), { key: query.key }),
    orderThanks: (number: string) => at(`/orders/${encodeURIComponent(number)}/thank-you`),
    /** `next` is where to go on afterwards: a path of ours. */
    signIn: (next?: string) => withQuery(at('/sign-in'), { next }),
    /** After a password was set anew. */
    signInAfterReset: () => withQuery(at('/sign-in'), { done: 'reset' }),
    signInStep: (step: SignInStep) => at(`/sign-in/${step}`),
    signUp: (next?: string) => withQuery(at('/sign-up'), { next }),
    /** `saved` names what was just done, for the line that says so. */
    account: (query: { saved?: string } = {}) => withQuery(at('/account'), query),
    accountPart: (part: AccountPart, query: { saved?: string; cursor?: string } = {}) =>
      withQuery(at(`/account/${part}`), query),
    accountAddress: (id: string) => at(`/account/addresses/${encodeURIComponent(id)}`),
    accountConfirm: (next: string) => withQuery(at('/account/confirm'), { next }),
    /** `done` shows what using the link did. */
    accountLink: (kind: LinkKind, query: { done?: string } = {}) => withQuery(at(`/account/${kind}`), query),
    content: (page: ContentPage) => at(`/${page}`),
  }
}

export type Paths = ReturnType<typeof makePaths>

const paths: Readonly<Record<Locale, Paths>> = { en: makePaths('en'), ar: makePaths('ar') }

/** Every address of the website in one language is built here, on the server and in the browser. */
export const createPaths = (locale: Locale): Paths => paths[locale]

/** Keys as our importer makes them need no encoding: a list asks for a hundred of these addresses. */
const plainKey = /^[\w-]+$/

/** A rendition of a picture, `/media/<key>/<width>.<format>`. */
export const mediaPath = (key: string, width: number, format: 'avif' | 'webp'): string =>
  `/media/${plainKey.test(key) ? key : key.split('/').map(encodeURIComponent).join('/')}/${width}.${format}`
