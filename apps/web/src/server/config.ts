import { resolve } from 'node:path'
import type { Locale } from '@dhow/i18n/locales.ts'
import { z } from 'zod'
import type { Merchant } from '../framework/page.ts'

const flag = z.enum(['true', 'false']).transform((text) => text === 'true')
const origin = z.url().transform((text) => new URL(text).origin)
/** Origins as a security policy has them, separated by commas; `*` stands for any one host below. */
const originList = z
  .string()
  .regex(/^https?:\/\/[\w.*-]+(?::\d+)?(?:,https?:\/\/[\w.*-]+(?::\d+)?)*$/, 'origins, separated by commas')
  .transform((text) => text.split(','))
const trn = z.string().regex(/^1\d{14}$/, 'a TRN has 15 digits and begins with 1')

const Environment = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  API_URL: origin.default('http://127.0.0.1:4000'),
  /** Canonical origin: links in documents and sitemaps, and whether cookies are `__Host-`. */
  WEBSITE_URL: origin.optional(),
  MEDIA_DIR: z
    .string()
    .min(1)
    .default('.dhow/media')
    .transform((path) => resolve(path)),
  STRIPE_JS_URL: z.url().default('https://js.stripe.com/clover/stripe.js'),
  /** Where Tabby's and Tamara's pages are: a form of ours that ends there is let through by the security policy. */
  PAYMENT_PAGE_ORIGINS: originList.default(['https://*.tabby.ai', 'https://*.tamara.co']),
  /** Their own snippets, which the security policy of product and cart pages then lets in. */
  TABBY_WIDGET_URL: z.url().optional(),
  TAMARA_WIDGET_URL: z.url().optional(),
  /** The file Apple asks for, from the Stripe dashboard; served at its well-known address. */
  APPLE_PAY_DOMAIN_FILE: z.string().optional(),
  /** How many proxies in front are ours; their `X-Forwarded-*` is believed. */
  TRUST_PROXY: z.coerce.number().int().min(0).max(5).default(0),
  /** Keeps anonymous pages in memory; off while developing and in benchmarks of rendering. */
  PAGE_CACHE: flag.default(true),
  MERCHANT_NAME_EN: z.string().default('Dhow'),
  MERCHANT_NAME_AR: z.string().default('داو'),
  MERCHANT_LEGAL_NAME_EN: z.string().default('Dhow Creek Trading L.L.C'),
  MERCHANT_LEGAL_NAME_AR: z.string().default('داو الخور للتجارة ش.ذ.م.م'),
  MERCHANT_LICENCE: z.string().default('1184527'),
  MERCHANT_AUTHORITY_EN: z.string().default('Dubai Department of Economy and Tourism'),
  MERCHANT_AUTHORITY_AR: z.string().default('دائرة الاقتصاد والسياحة بدبي'),
  MERCHANT_TRN: trn.default('100482913700003'),
  MERCHANT_ADDRESS_EN: z.string().default('Warehouse 7, Street 19, Al Quoz Industrial Area 3, Dubai'),
  MERCHANT_ADDRESS_AR: z.string().default('مستودع 7، شارع 19، منطقة القوز الصناعية 3، دبي'),
  MERCHANT_PHONE: z.string().default('+97145550142'),
  MERCHANT_EMAIL: z.email().default('care@dhow.example'),
  HERO_PICTURES: z
    .string()
    .default('hero-ramadan-table,hero-majlis,hero-wardrobe')
    .transform((text) => text.split(',').filter(Boolean)),
})

export interface WebConfig {
  nodeEnv: 'development' | 'production' | 'test'
  logLevel: string
  host: string
  port: number
  apiUrl: string
  websiteUrl: string
  mediaDir: string
  stripeScriptUrl: string
  paymentPageOrigins: readonly string[]
  widgetUrls: Readonly<Record<'tabby' | 'tamara', string | null>>
  applePayDomainFile: string | null
  heroPictures: readonly string[]
  trustedProxies: number
  hasPageCache: boolean
  /** True only in `npm run dev`, whose scripts and styles are inline: no content security policy is sent. */
  isServedByVite: boolean
  merchant: Readonly<Record<Locale, Merchant>>
}

type Parsed = z.output<typeof Environment>

const merchantOf = (env: Parsed, language: 'EN' | 'AR'): Merchant => ({
  name: env[`MERCHANT_NAME_${language}`],
  legalName: env[`MERCHANT_LEGAL_NAME_${language}`],
  licence: env.MERCHANT_LICENCE,
  authority: env[`MERCHANT_AUTHORITY_${language}`],
  trn: env.MERCHANT_TRN,
  address: env[`MERCHANT_ADDRESS_${language}`],
  phone: env.MERCHANT_PHONE,
  email: env.MERCHANT_EMAIL,
})

/** Reads the environment once. Throws one line naming each variable that is wrong. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): WebConfig {
  const filled = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(filled)
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`configuration: ${faults.join('; ')}`)
  }
  const env = parsed.data
  return {
    nodeEnv: env.NODE_ENV,
    logLevel: env.LOG_LEVEL,
    host: env.HOST,
    port: env.PORT,
    apiUrl: env.API_URL,
    websiteUrl: env.WEBSITE_URL ?? `http://localhost:${env.PORT}`,
    mediaDir: env.MEDIA_DIR,
    stripeScriptUrl: env.STRIPE_JS_URL,
    paymentPageOrigins: env.PAYMENT_PAGE_ORIGINS,
    widgetUrls: { tabby: env.TABBY_WIDGET_URL ?? null, tamara: env.TAMARA_WIDGET_URL ?? null },
    applePayDomainFile: env.APPLE_PAY_DOMAIN_FILE ?? null,
    heroPictures: env.HERO_PICTURES,
    trustedProxies: env.TRUST_PROXY,
    hasPageCache: env.PAGE_CACHE,
    isServedByVite: false,
    merchant: { en: merchantOf(env, 'EN'), ar: merchantOf(env, 'AR') },
  }
}

/** Cookies can be `__Host-` and `Secure` only where browsers see https. */
export const isSecure = (config: WebConfig): boolean => config.websiteUrl.startsWith('https:')
