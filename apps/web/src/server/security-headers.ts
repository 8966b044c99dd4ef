import type { PageClass } from '../framework/page.ts'
import { isSecure } from './config.ts'
import type { WebConfig } from './config.ts'

export type Headers = Readonly<Record<string, string>>

const hosted = {
  script: ['https://js.stripe.com', 'https://*.js.stripe.com'],
  connect: ['https://api.stripe.com', 'https://m.stripe.com'],
  frame: ['https://js.stripe.com', 'https://*.js.stripe.com', 'https://hooks.stripe.com'],
}

/** Where the provider's script, its calls and its frames live: Stripe's hosts, or one other origin for all (the sandbox). */
function providerHosts(stripeScriptUrl: string): typeof hosted {
  const { origin, hostname } = new URL(stripeScriptUrl)
  if (hostname === 'js.stripe.com') return hosted
  return { script: [origin], connect: [origin], frame: [origin] }
}

function contentSecurityPolicy(config: WebConfig, pageClass: PageClass): string {
  const provider =
    pageClass === 'payment' ? providerHosts(config.stripeScriptUrl) : { script: [], connect: [], frame: [] }
  const sources = (...list: string[]) => list.join(' ')
  const directives = [
    "default-src 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    `script-src ${sources("'self'", ...provider.script)}`,
    "style-src 'self'",
    "font-src 'self'",
    `img-src ${sources("'self'", 'data:', ...(pageClass === 'payment' ? ['https://*.stripe.com'] : []))}`,
    `connect-src ${sources("'self'", ...provider.connect)}`,
    "manifest-src 'self'",
    ...(provider.frame.length ? [`frame-src ${sources(...provider.frame)}`] : []),
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
