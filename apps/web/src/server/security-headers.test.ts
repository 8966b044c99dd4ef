import { expect, test } from 'vitest'
import type { PageClass } from '../framework/page.ts'
import { readConfig } from './config.ts'
import type { WebConfig } from './config.ts'
import { isOwnRequest } from './same-origin.ts'
import { securityHeaders } from './security-headers.ts'

const https = readConfig({ WEBSITE_URL: 'https://shop.example' })
const sandbox = readConfig({
  WEBSITE_URL: 'http://localhost:3000',
  STRIPE_JS_URL: 'http://localhost:4500/v3/stripe.js',
})

const policyOf = (config: WebConfig, pageClass: PageClass): string =>
  securityHeaders(config, pageClass)['content-security-policy'] ?? ''

test('standard pages run our own scripts and nothing else', () => {
  expect(securityHeaders(https, 'standard')).toEqual({
    'content-security-policy':
      "default-src 'none'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'; script-src 'self'; " +
      "style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; upgrade-insecure-requests",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(self), payment=()',
    'cross-origin-opener-policy': 'same-origin-allow-popups',
    'cross-origin-resource-policy': 'same-site',
    'strict-transport-security': 'max-age=63072000; includeSubDomains; preload',
  })
})

test('payment pages let the provider’s script, calls and frames in', () => {
  const headers = securityHeaders(https, 'payment')
  const policy = headers['content-security-policy']
  expect(policy).toContain("script-src 'self' https://js.stripe.com https://*.js.stripe.com;")
  expect(policy).toContain("connect-src 'self' https://api.stripe.com https://m.stripe.com;")
  expect(policy).toContain('frame-src https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com;')
  expect(headers['permissions-policy']).toContain('payment=(self "https://js.stripe.com")')
})

test('a sandbox is one origin for all of them, and plain http is not upgraded away', () => {
  const headers = securityHeaders(sandbox, 'payment')
  const policy = headers['content-security-policy']
  expect(policy).toContain("script-src 'self' http://localhost:4500;")
  expect(policy).toContain('frame-src http://localhost:4500')
  expect(policy).not.toContain('upgrade-insecure-requests')
  expect(headers['strict-transport-security']).toBeUndefined()
})

test('forms may end at the lenders’ pages where one pays, and nowhere else', () => {
  const formsOf = (pageClass: PageClass) => /form-action ([^;]+)/.exec(policyOf(https, pageClass))?.[1]
  expect(formsOf('payment')).toBe("'self' https://*.tabby.ai https://*.tamara.co")
  for (const pageClass of ['standard', 'promoted', 'identity'] as const) expect(formsOf(pageClass)).toBe("'self'")
})

test('the lenders’ snippets are let in where they are switched on, and never beside the card fields', () => {
  const widgets = readConfig({
    WEBSITE_URL: 'https://shop.example',
    TABBY_WIDGET_URL: 'https://checkout.tabby.ai/tabby-promo.js',
    TAMARA_WIDGET_URL: 'https://cdn.tamara.co/widget-v2/tamara-widget.js',
  })
  const promoted = policyOf(widgets, 'promoted')
  expect(promoted).toContain(
    "script-src 'self' https://checkout.tabby.ai https://widgets.tabby.ai https://*.tamara.co;",
  )
  expect(promoted).toContain('frame-src https://checkout.tabby.ai https://*.tamara.co;')
  expect(promoted).toContain('media-src https://*.tamara.co;')
  expect(promoted).not.toContain('stripe')
  expect(policyOf(https, 'promoted')).toBe(policyOf(https, 'standard'))
  for (const pageClass of ['standard', 'identity'] as const)
    expect(policyOf(widgets, pageClass)).not.toMatch(/tabby|tamara/)
  const payment = policyOf(widgets, 'payment').replace(/form-action [^;]+;/, '')
  expect(payment).not.toMatch(/tabby|tamara/)
})

const own = 'https://shop.example'
const host = 'shop.example'

test.for([
  [{ fetchSite: 'same-origin', origin: own, host }, true],
  [{ fetchSite: undefined, origin: own, host }, true],
  [{ fetchSite: undefined, origin: 'http://localhost:3000', host: 'localhost:3000' }, true],
  [{ fetchSite: 'cross-site', origin: 'https://evil.example', host }, false],
  [{ fetchSite: 'same-site', origin: 'https://blog.shop.example', host }, false],
  [{ fetchSite: undefined, origin: 'https://shop.example.evil.com', host }, false],
  [{ fetchSite: undefined, origin: 'null', host }, false],
  [{ fetchSite: undefined, origin: undefined, host }, false],
] as const)('a post from %j is ours: %s', ([from, expected]) => {
  expect(isOwnRequest(from, own)).toBe(expected)
})

test('a wrong variable is named in one line', () => {
  expect(() => readConfig({ PORT: 'http' })).toThrow(/^configuration: PORT: /)
  expect(() => readConfig({ MERCHANT_TRN: '123' })).toThrow('MERCHANT_TRN')
})
