import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { createWebApp } from '../src/server/app.ts'
import { readConfig } from '../src/server/config.ts'
import { createLog } from '../src/server/log.ts'
import { createServices } from '../src/server/services.ts'

export const cartKey = 'AbCdEfGhIjKlMnOpQrStUv'
export const variantId = '01a20640-e488-7000-b127-3b26f8b9acb9'
const price = { amount: 32_500, currency: 'AED' }
export const slugs = { en: 'layl-oud', ar: 'ليل-عود' }
const brand = { slug: 'bait-al-layl', name: 'Bait Al Layl' }
const category = { slug: 'oud', slugs: { en: 'oud', ar: 'عود' }, name: 'Oud' }
const picture = { key: 'layl-oud', alt: 'A bottle', width: 1080, height: 1188, widths: [320, 640, 1080] }
const card = {
  id: variantId,
  slug: 'layl-oud',
  slugs,
  name: 'Layl <Oud>',
  subtitle: 'Eau de parfum',
  brand,
  picture,
  price,
  compareAt: null,
  priceVaries: false,
  availability: 'in-stock',
  left: null,
  tags: [],
  quickAddVariantId: variantId,
  variantCount: 1,
  colours: [],
}
const product = {
  ...card,
  descriptionHtml: '<p>Good.</p>',
  category,
  pictures: [picture],
  options: [],
  attributes: [],
  originCountry: 'AE',
  vatRateBasisPoints: 500,
  related: [],
  updatedAt: '2026-11-20T08:00:00Z',
  variants: [
    {
      id: variantId,
      sku: 'LAYL',
      options: {},
      price,
      compareAt: null,
      availability: 'in-stock',
      left: null,
      pictureKey: null,
      weightGrams: 300,
    },
  ],
}
const totals = { subtotal: price, delivery: null, vat: { amount: 1548, currency: 'AED' }, grandTotal: price }
const line = {
  id: variantId,
  variantId,
  productId: variantId,
  slugs,
  name: 'Layl Oud',
  optionText: '',
  sku: 'LAYL',
  picture,
  quantity: 1,
}
const cart = {
  id: cartKey,
  itemCount: 1,
  lines: [{ ...line, unitPrice: price, total: price, notices: [] }],
  totals,
  untilFreeDelivery: null,
}

const lender = {
  isShown: true,
  instalmentCount: 4,
  minimum: { amount: 1000, currency: 'AED' },
  maximum: { amount: 500_000, currency: 'AED' },
  widget: null,
}

/** What the API would answer, by the end of its path; anything else is a problem. */
const answers: Readonly<Record<string, unknown>> = {
  '/categories': {
    items: [{ ...category, id: variantId, description: '', picture: null, parentSlug: null, productCount: 1 }],
  },
  '/products': { items: [card], nextCursor: null, previousCursor: null, total: 1, facets: null },
  '/products/layl-oud': product,
  '/delivery-promise': { freeOver: null, emirates: [] },
  '/payment-offers': { methods: ['card', 'tabby', 'cod'], tabby: lender, tamara: { ...lender, isShown: false } },
  '/carts': { ...cart, itemCount: 0, lines: [] },
  [`/carts/${cartKey}/lines`]: cart,
}

/** A stand-in for the API's catalogue and cart: what a page needs, nothing more. Its own tests are the API's. */
export function startApi(): Server {
  return createServer((req, res) => {
    const answer = answers[new URL(req.url ?? '', 'http://api').pathname.replace('/api/v1', '')]
    if (answer) return void res.end(JSON.stringify(answer))
    const document = {
      type: 'about:blank',
      title: 'No such product',
      status: 404,
      code: 'catalog/product-not-found',
      instance: '/',
      requestId: 'r',
    }
    res.writeHead(404).end(JSON.stringify(document))
  })
}

export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
}

/** The whole website on a free port, as in production but for its assets. */
export async function startWebsite(apiUrl: string, env: Record<string, string> = {}) {
  const config = readConfig({
    LOG_LEVEL: 'silent',
    API_URL: apiUrl,
    WEBSITE_URL: 'https://shop.example',
    NODE_ENV: 'test',
    ...env,
  })
  const assets = { scripts: ['/assets/page.js'], preloads: [], styles: ['/assets/page.css'] }
  const server = createServer(createWebApp(createServices(config, createLog(config), () => assets)))
  return { server, url: await listen(server) }
}
