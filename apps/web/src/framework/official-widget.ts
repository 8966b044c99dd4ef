import type { Locale } from '@dhow/i18n/locales.ts'
import { toDecimal } from '@dhow/money/money.ts'
import type { Money } from '@dhow/money/money.ts'
import type { InstalmentPromo, OfficialWidget } from './instalments.ts'

interface TabbyPromoOptions {
  selector: string
  currency: string
  /** Major units, as text. */
  price: string
  lang: Locale
  source: 'product' | 'cart'
  publicKey: string
  merchantCode: string
}

declare global {
  interface Window {
    /** `checkout.tabby.ai/tabby-promo.js` (docs.tabby.ai, on-site messaging, read November 2026). */
    TabbyPromo?: new (options: TabbyPromoOptions) => unknown
    /** Read by `widget-v2/tamara-widget.js` when it starts (docs.tamara.co, widgets, read November 2026). */
    tamaraWidgetConfig?: { lang: Locale; country: string; publicKey: string }
    TamaraWidgetV2?: { refresh(): void }
  }
}

interface Drawing {
  provider: InstalmentPromo['provider']
  widget: OfficialWidget
  price: Money
  locale: Locale
  place: 'product' | 'cart'
}

const loading = new Map<string, Promise<void>>()

function inject(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.src = url
    script.defer = true
    script.addEventListener('load', () => resolve())
    script.addEventListener('error', () => reject(new Error(`${url} did not load`)))
    document.head.append(script)
  })
}

/** From the provider's own host, once a page. */
function load(url: string): Promise<void> {
  const known = loading.get(url) ?? inject(url)
  loading.set(url, known)
  return known
}

async function drawTabby(target: HTMLElement, { widget, price, locale, place }: Drawing): Promise<boolean> {
  await load(widget.scriptUrl)
  if (!window.TabbyPromo) return false
  target.replaceChildren()
  // oxlint-disable-next-line no-new -- drawing is all its constructor does
  new window.TabbyPromo({
    selector: `#${target.id}`,
    currency: price.currency,
    price: toDecimal(price),
    lang: locale,
    source: place,
    publicKey: widget.publicKey,
    merchantCode: widget.merchantCode ?? '',
  })
  return true
}

/** Type 2 is for product pages, 3 for carts. */
const tamaraTypes = { product: '2', cart: '3' } as const

async function drawTamara(target: HTMLElement, { widget, price, locale, place }: Drawing): Promise<boolean> {
  window.tamaraWidgetConfig = { lang: locale, country: 'AE', publicKey: widget.publicKey }
  const element = document.createElement('tamara-widget')
  element.setAttribute('type', 'tamara-summary')
  element.setAttribute('amount', toDecimal(price))
  element.setAttribute('inline-type', tamaraTypes[place])
  element.setAttribute('inline-variant', 'text')
  target.replaceChildren(element)
  await load(widget.scriptUrl)
  window.TamaraWidgetV2?.refresh()
  return customElements.get('tamara-widget') !== undefined || window.TamaraWidgetV2 !== undefined
}

/** Draws a provider's own snippet; called again with another amount or language it draws it anew. False when it is not there. */
export const drawWidget = (target: HTMLElement, drawing: Drawing): Promise<boolean> =>
  drawing.provider === 'tabby' ? drawTabby(target, drawing) : drawTamara(target, drawing)
