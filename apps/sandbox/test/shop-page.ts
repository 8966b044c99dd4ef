import { once } from 'node:events'
import { createServer } from 'node:http'

export type ShopPage = { origin: string; secretsAsked: () => number; close: () => Promise<void> }

export type ShopPageOptions = {
  sandboxUrl: string
  locale: 'en' | 'ar'
  theme?: 'stripe' | 'night'
  /** `always` makes the page leave for /done after a payment. */
  redirect?: 'if_required' | 'always'
  /** `setup` keeps a card instead of paying. */
  mode?: 'payment' | 'setup'
  customerSession?: string
  createIntent: () => Promise<string>
}

/** The smallest shop: another origin, a strict policy, a payment element, a button, and a line saying how it ended. */
export async function startShopPage(options: ShopPageOptions): Promise<ShopPage> {
  let asked = 0
  const { sandboxUrl } = options
  const policy = `default-src 'none'; script-src 'self' ${sandboxUrl}; frame-src ${sandboxUrl}; connect-src 'self' ${sandboxUrl}; style-src 'self'`
  const server = createServer((req, res) => {
    const respond = (type: string, body: string) => res.setHeader('content-type', type).end(body)
    res.setHeader('content-security-policy', policy)
    if (req.url === '/shop.js') return respond('text/javascript', shopScript(options))
    if (req.url === '/shop.css') return respond('text/css', shopStyle(options))
    if (req.url === '/' || req.url?.startsWith('/?')) return respond('text/html', shopHtml(options))
    if (req.url?.startsWith('/done')) return respond('text/html', '<p>done</p>')
    if (req.url !== '/secret') return res.writeHead(404).end()
    asked += 1
    return void options.createIntent().then((secret) => respond('text/plain', secret))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    origin: `http://127.0.0.1:${port}`,
    secretsAsked: () => asked,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

function shopHtml({ sandboxUrl, locale }: ShopPageOptions): string {
  const pay = locale === 'ar' ? 'ادفع 149.50 د.إ' : 'Pay AED 149.50'
  return `<!doctype html><html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Shop</title><link rel="stylesheet" href="/shop.css">
<script src="${sandboxUrl}/stripe.js" defer></script><script src="/shop.js" defer></script>
<main><div id="payment"></div><button id="pay">${pay}</button><p id="outcome" role="status"></p></main></html>`
}

function shopStyle({ theme }: ShopPageOptions): string {
  const [ground, ink] = theme === 'night' ? ['#0d1a1f', '#f3eee4'] : ['#fffdf9', '#1b2326']
  return `:root{color-scheme:${theme === 'night' ? 'dark' : 'light'}} body{margin:0;background:${ground};color:${ink};font:16px system-ui}
main{max-width:440px;margin:0 auto;padding:24px} #pay{margin-top:20px;width:100%;height:52px;border:0;border-radius:12px;background:#0b6470;color:#fff;font:600 16px system-ui}`
}

function shopScript(options: ShopPageOptions): string {
  const { locale, theme = 'stripe', redirect = 'if_required', mode = 'payment', customerSession } = options
  const asked = mode === 'setup' ? { mode, currency: 'aed' } : { mode, amount: 14_950, currency: 'aed' }
  const session = customerSession === undefined ? {} : { customerSessionClientSecret: customerSession }
  const elements = { ...asked, ...session, locale, appearance: { theme } }
  return `
const stripe = Stripe('pk_test_dhow', { locale: '${locale}' })
const elements = stripe.elements(${JSON.stringify(elements)})
const element = elements.create('payment')
window.seen = []
for (const name of ['ready', 'change', 'focus', 'loaderror']) element.on(name, (event) => window.seen.push([name, event.complete]))
element.mount('#payment')
const say = (text) => { document.querySelector('#outcome').textContent = text }
document.querySelector('#pay').addEventListener('click', async () => {
  say('…')
  const { error: invalid } = await elements.submit()
  if (invalid) return say('invalid ' + invalid.code)
  const clientSecret = await (await fetch('/secret')).text()
  const { error, paymentIntent, setupIntent } = await stripe.${mode === 'setup' ? 'confirmSetup' : 'confirmPayment'}({ elements, clientSecret, confirmParams: { return_url: location.origin + '/done?order=1' }, redirect: '${redirect}' })
  say(error ? [error.type, error.code, error.decline_code, error.message].filter(Boolean).join(' | ') : (paymentIntent ?? setupIntent).status)
})`
}
