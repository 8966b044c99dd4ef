import type { PageClass } from '../framework/page.ts'
import { isSecure } from './config.ts'
import type { WebConfig } from './config.ts'

export type Headers = Readonly<Record<string, string>>

type Directive = 'script' | 'style' | 'font' | 'img' | 'media' | 'connect' | 'frame' | 'form'
/** What a page lets in besides our own origin. */
type Guests = Readonly<Partial<Record<Directive, readonly string[]>>>

const stripe: Guests = {
  script: ['https://js.stripe.com', 'https://*.js.stripe.com'],
  connect: ['https://api.stripe.com', 'https://m.stripe.com'],
  frame: ['https://js.stripe.com', 'https://*.js.stripe.com', 'https://hooks.stripe.com'],
}

/** As the official plug-ins have them (November 2026), without the analytics hosts they add. */
const widgets: Readonly<Record<keyof WebConfig['widgetUrls'], Guests>> = {
  tabby: {
    script: ['https://checkout.tabby.ai', 'https://widgets.tabby.ai'],
    connect: ['https://api.tabby.ai', 'https://checkout.tabby.ai'],
    frame: ['https://checkout.tabby.ai'],
    img: ['https://cdn.tabby.ai'],
    font: ['https://cdn.tabby.ai'],
  },
  tamara: {
    script: ['https://*.tamara.co'],
    style: ['https://*.tamara.co', 'https://fonts.googleapis.com'],
    connect: ['https://*.tamara.co'],
    frame: ['https://*.tamara.co'],
    img: ['https://*.tamara.co'],
    media: ['https://*.tamara.co'],
    font: ['https://*.tamara.co', 'https://fonts.gstatic.com'],
  },
}

/** The hosts of a provider's script, its calls and its frames: its own, or one other origin for all of them (the sandbox). */
function hostsOf(scriptUrl: string, provider: { domain: string; hosts: Guests }): Guests {
  const { origin, hostname } = new URL(scriptUrl)
  if (hostname === provider.domain || hostname.endsWith(`.${provider.domain}`)) return provider.hosts
  const only = [origin]
  return { script: only, style: only, connect: only, frame: only, img: only, media: only, font: only }
}

function paymentGuests({ stripeScriptUrl, paymentPageOrigins }: WebConfig): Guests {
  const { script, connect, frame } = hostsOf(stripeScriptUrl, { domain: 'js.stripe.com', hosts: stripe })
  return {
    ...(script ? { script } : {}),
    ...(connect ? { connect } : {}),
    ...(frame ? { frame } : {}),
    img: ['https://*.stripe.com'],
    // Browsers hold the redirect that answers a form to this too: without it nobody reaches Tabby without script.
    form: paymentPageOrigins,
  }
}

function promotedGuests({ widgetUrls }: WebConfig): Guests[] {
  const domains = { tabby: 'tabby.ai', tamara: 'tamara.co' } as const
  return (['tabby', 'tamara'] as const).flatMap((provider) => {
    const url = widgetUrls[provider]
    return url ? hostsOf(url, { domain: domains[provider], hosts: widgets[provider] }) : []
  })
}

function guestsOf(config: WebConfig, pageClass: PageClass): readonly Guests[] {
  if (pageClass === 'payment') return [paymentGuests(config)]
  return pageClass === 'promoted' ? promotedGuests(config) : []
}

function contentSecurityPolicy(config: WebConfig, pageClass: PageClass): string {
  const guests = guestsOf(config, pageClass)
  const invited = (directive: Directive): string[] => [...new Set(guests.flatMap((some) => some[directive] ?? []))]
  const sources = (directive: Directive, ...own: string[]) => [...own, ...invited(directive)].join(' ')
  const directives = [
    "default-src 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    `form-action ${sources('form', "'self'")}`,
    "frame-ancestors 'none'",
    `script-src ${sources('script', "'self'")}`,
    `style-src ${sources('style', "'self'")}`,
    `font-src ${sources('font', "'self'")}`,
    `img-src ${sources('img', "'self'", 'data:')}`,
    `connect-src ${sources('connect', "'self'")}`,
    "manifest-src 'self'",
    ...(['media', 'frame'] as const).flatMap((some) => (invited(some).length ? `${some}-src ${sources(some)}` : [])),
    ...(isSecure(config) ? ['upgrade-insecure-requests'] : []),
  ]
  return directives.join('; ')
}

/**
 * The headers every document of a class carries. No nonce: there is no inline script or style at all (page data is JSON),
 * so the policy is the same for each answer and cached HTML stays valid.
 */
export function securityHeaders(config: WebConfig, pageClass: PageClass): Headers {
  const payment = pageClass === 'payment' ? `(self "${new URL(config.stripeScriptUrl).origin}")` : '()'
  return {
    ...(config.isServedByVite ? {} : { 'content-security-policy': contentSecurityPolicy(config, pageClass) }),
    'x-content-type-options': 'nosniff',
    'referrer-policy': pageClass === 'identity' ? 'same-origin' : 'strict-origin-when-cross-origin',
    'permissions-policy': `camera=(), microphone=(), geolocation=(self), payment=${payment}`,
    'cross-origin-opener-policy': 'same-origin-allow-popups',
    'cross-origin-resource-policy': 'same-site',
    ...(isSecure(config) ? { 'strict-transport-security': 'max-age=63072000; includeSubDomains; preload' } : {}),
  }
}
