import { otherLocale } from '@dhow/i18n/locales.ts'
import type { PaymentMethod } from '@dhow/contracts/cart.ts'
import type { Locale } from '@dhow/i18n/locales.ts'
import { createTranslator } from '@dhow/i18n/translate.ts'
import { renderToString } from 'react-dom/server'
import type { FormState } from '../framework/form.ts'
import type { Head, PageContext, WebPage } from '../framework/page.ts'
import { Root } from '../framework/Root.tsx'
import type { PageState } from '../framework/Root.tsx'
import type { NavCategory } from '../framework/shop.tsx'
import { createPaths } from '../paths.ts'
import { cartCountCookie } from './cart-cookie.ts'
import { cookieName } from './cookies.ts'
import { renderDocument } from './document.ts'
import type { Services } from './services.ts'
import { signedInCookie } from './session-cookies.ts'

interface RenderInput {
  page: WebPage
  locale: Locale
  head: Head
  data: unknown
  form: FormState | null
  path: string
  searched: string
  categories: readonly NavCategory[]
  payments: readonly PaymentMethod[]
}

/** The document of a page whose data is there. Synchronous: everything was awaited before. */
export function renderPage(services: Services, input: RenderInput): string {
  const { page, locale, head, data, form, path, searched, categories, payments } = input
  const { origin, merchant } = services.site[locale]
  const state: PageState = {
    locale,
    chrome: {
      kind: page.chrome,
      categories,
      payments,
      merchant,
      otherLanguagePath: (head.switchPath ?? head.path)(createPaths(otherLocale(locale))),
      path,
      cartCountCookie: cookieName(services.config, cartCountCookie),
      signedInCookie: cookieName(services.config, signedInCookie),
      query: searched,
    },
    form,
    data,
  }
  const markup = renderToString(<Root state={state} t={createTranslator(locale)} Page={page.Page} />)
  const assets = services.assetsOf(page.name, locale)
  return renderDocument({ head, state, markup, assets, site: { origin, name: merchant.name } })
}

/** Categories for the header. Without the API there are none, and the page goes on. */
export async function navCategories(ctx: PageContext): Promise<readonly NavCategory[]> {
  try {
    const all = await ctx.categories()
    return all.filter((category) => category.parentSlug === null).map(({ slug, name }) => ({ slug, name }))
  } catch {
    return []
  }
}

export type Rendered =
  | { kind: 'page'; status: number; html: string }
  | { kind: 'redirect'; status: 301 | 302 | 303; to: string }
  | { kind: 'not-found' }

/** Loads and renders a page. Throws what its loader throws. */
export async function loadAndRender(
  services: Services,
  page: WebPage,
  ctx: PageContext,
  request: { path: string; form: FormState | null; status?: number },
): Promise<Rendered> {
  const [result, categories] = await Promise.all([page.prepare(ctx), navCategories(ctx)])
  if (result.kind !== 'page') return result
  const html = renderPage(services, {
    page,
    locale: ctx.locale,
    head: result.data.head,
    data: result.data.data,
    form: request.form,
    path: request.path,
    searched: ctx.query.get('q') ?? '',
    categories,
    payments: services.offers.methods(ctx.api),
  })
  return { kind: 'page', status: request.status ?? result.status, html }
}
