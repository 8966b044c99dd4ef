import { bringToCheckout } from '../../apps/api/test/shopper.ts'
import type { Goods } from './goods.ts'
import type { Shop } from './shop.ts'

/** Asks the website as a browser would, redirects not followed. `cookie` as the header has it. */
export function ask(shop: Shop, path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(shop.url + path, { headers, redirect: 'manual' })
}

/** Posts a form. Without `headers` it comes from the shop's own page. */
export function post(
  shop: Shop,
  path: string,
  form: Record<string, string>,
  headers: Record<string, string> = { origin: shop.url, 'sec-fetch-site': 'same-origin' },
): Promise<Response> {
  return fetch(shop.url + path, { method: 'POST', body: new URLSearchParams(form), headers, redirect: 'manual' })
}

/** The cookie of somebody one press away from an order. */
export async function cartCookie(shop: Shop, goods: Goods): Promise<string> {
  const guest = await bringToCheckout(shop, { lines: [{ variant: { id: goods.variantId } }] })
  return `dhow_cart=${guest.cartId}`
}

/** A policy's sources by directive. */
export function policyOf(response: Response): Record<string, string[]> {
  const directives = (response.headers.get('content-security-policy') ?? '').split('; ')
  return Object.fromEntries(directives.map((text) => text.split(' ')).map(([name = '', ...sources]) => [name, sources]))
}

/** The documents of structured data in a page, by their type. */
export function structuredData(html: string): Map<string, Record<string, unknown>> {
  const scripts = html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)
  const documents = [...scripts].map(([, json = '']) => JSON.parse(json) as Record<string, unknown>)
  return new Map(documents.map((document) => [String(document['@type']), document]))
}

/** `hreflang` → address, as the head names them. */
export function languagesOf(html: string): Record<string, string> {
  const links = html.matchAll(/<link rel="alternate" href="([^"]+)" hreflang="([^"]+)">/g)
  return Object.fromEntries([...links].map(([, href = '', language = '']) => [language, href]))
}
