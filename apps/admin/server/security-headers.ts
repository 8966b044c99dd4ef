import type { AdminConfig } from './config.ts'

type Headers = Readonly<Record<string, string>>

/** No inline script or style, no other origin, in no frame, no string becomes markup: what is stolen here is the shop. */
function contentSecurityPolicy(isSecure: boolean): string {
  const directives = [
    "default-src 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
    ...(isSecure ? ['upgrade-insecure-requests'] : []),
  ]
  return directives.join('; ')
}

/** What every answer of the back office's own server carries. */
export function securityHeaders(config: AdminConfig): Headers {
  const isSecure = config.adminUrl.startsWith('https:')
  return {
    'content-security-policy': contentSecurityPolicy(isSecure),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'permissions-policy':
      'camera=(), microphone=(), geolocation=(), payment=(), publickey-credentials-get=(self), publickey-credentials-create=(self)',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'x-robots-tag': 'noindex, nofollow',
    ...(isSecure ? { 'strict-transport-security': 'max-age=63072000; includeSubDomains; preload' } : {}),
  }
}
