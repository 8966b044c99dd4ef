import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { isAddressRange } from './platform/auth/address-list.ts'
import { WindowsText } from './platform/limits/windows.ts'
import { ThreatThresholdsText } from './platform/threat-thresholds.ts'

/** A 256-bit key in base64, as `openssl rand -base64 32` prints it. */
const Key = z
  .string({ error: 'is missing; make one with: openssl rand -base64 32' })
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((key) => key.length === 32, 'must be 32 bytes in base64 (openssl rand -base64 32)')

const Port = z.coerce.number().int().min(0).max(65_535)
const Flag = z.enum(['true', 'false']).transform((text) => text === 'true')
const Url = z.url('must be an http(s) address').transform((text) => text.replace(/\/$/, ''))

const toList = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)

const Fils = z.coerce.number().int().min(0).max(99_999_999)
const CaptureTime = z.enum(['at-once', 'on-fulfilment'])
/** Secrets of which any one is good: two, comma-separated, while one is rolled. */
const SecretList = z.string().default('').transform(toList)
const AddressRanges = z
  .string()
  .default('')
  .transform(toList)
  .superRefine((entries, context) => {
    const wrong = entries.filter((entry) => !isAddressRange(entry))
    if (wrong.length > 0) context.addIssue(`has what is neither an address nor a range (CIDR): ${wrong.join(', ')}`)
  })

const pairOf = (text: string): [string, string] => {
  const [name = '', value = ''] = text.split(':').map((part) => part.trim())
  return [name, value]
}

const Environment = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  DHOW_MODE: z.enum(['embedded', 'production']).default('embedded'),
  DHOW_ALLOW_SANDBOX: Flag.default(false),
  API_HOST: z.string().default('127.0.0.1'),
  API_PORT: Port.default(4000),
  WORKER_PORT: Port.default(0),
  WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(100).default(8),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  // A number of proxies, or what Express takes besides: addresses, `loopback`.
  TRUST_PROXY: z
    .string()
    .default('loopback')
    .transform((text) => (/^\d+$/.test(text) ? Number(text) : text)),
  DATABASE_URL: z
    .string({ error: 'is missing: the address of PostgreSQL 16, postgresql://user:password@host:5432/name' })
    .min(1),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(200).default(10),
  REDIS_URL: z.string().optional(),
  WEBSITE_URL: Url.default('http://localhost:3000'),
  MEDIA_DIR: z.string().default('.dhow/media'),
  DATA_KEY: Key,
  TOKEN_KEY: Key,
  ORDER_HOLD_MINUTES: z.coerce.number().int().min(1).max(1440).default(30),
  PUBLIC_CACHE_SECONDS: z.coerce.number().int().min(0).max(3600).default(30),
  RATE_LIMIT_BROWSE_PER_MINUTE: z.coerce.number().int().min(1).default(1200),
  RATE_LIMIT_CART_PER_MINUTE: z.coerce.number().int().min(1).default(300),
  RATE_LIMIT_CHECKOUT_PER_MINUTE: z.coerce.number().int().min(1).default(60),
  RATE_LIMIT_ORDER_LOOKUP_PER_HOUR: z.coerce.number().int().min(1).default(20),
  RATE_LIMIT_SIGN_IN_PER_10_MINUTES: z.coerce.number().int().min(1).default(60),
  // Wrong passwords of one network (/24, /56) before it must wait; of its addresses nobody is asked more.
  RATE_LIMIT_SIGN_IN_FAILURES_PER_10_MINUTES: z.coerce.number().int().min(1).default(30),
  RATE_LIMIT_ONE_TIME_CODE_PER_10_MINUTES: z.coerce.number().int().min(1).default(30),
  RATE_LIMIT_TOKEN_REFRESH_PER_MINUTE: z.coerce.number().int().min(1).default(120),
  RATE_LIMIT_ACCOUNT_PER_MINUTE: z.coerce.number().int().min(1).default(300),
  RATE_LIMIT_STAFF_SIGN_IN_PER_10_MINUTES: z.coerce.number().int().min(1).default(40),
  RATE_LIMIT_STAFF_PER_MINUTE: z.coerce.number().int().min(1).default(600),
  // Where staff find the back office: its origin is the only one that may use staff cookies, and passkeys belong to its host.
  ADMIN_URL: Url.default('http://localhost:3001'),
  // Where the seed keeps the secrets of a demo shop’s staff; without it there are none, and in production never.
  DEMO_STAFF_FILE: z.string().optional(),
  // Cost of hashing passwords and recovery codes. In production never below OWASP's 19 MiB; stored hashes are renewed when it rises.
  ARGON2_MEMORY_KIB: z.coerce.number().int().min(64).max(1_048_576).default(19_456),
  ARGON2_PASSES: z.coerce.number().int().min(1).max(10).default(2),
  // Hashes one process makes at once, and how many may wait for their turn; more are answered 503.
  ARGON2_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(2),
  ARGON2_QUEUE_LIMIT: z.coerce.number().int().min(0).max(1000).default(32),
  // Addresses (CIDR, comma-separated) the back office may be used from; empty is anywhere.
  STAFF_IP_ALLOWLIST: AddressRanges,
  // How long a sign-in lasts unused, and at most. A session whose refresh token no device key guards is given up sooner.
  CUSTOMER_SESSION_IDLE_DAYS: z.coerce.number().int().min(1).max(365).default(30),
  CUSTOMER_SESSION_UNBOUND_IDLE_DAYS: z.coerce.number().int().min(1).max(365).default(14),
  CUSTOMER_SESSION_MAX_DAYS: z.coerce.number().int().min(1).max(365).default(90),
  STAFF_SESSION_IDLE_MINUTES: z.coerce.number().int().min(6).max(1440).default(30),
  STAFF_SESSION_MAX_HOURS: z.coerce.number().int().min(1).max(24).default(10),
  // Who says where a request comes from: `cloudflare` believes its CF-IP* headers, so nothing else may reach the origin.
  GEO_HEADERS: z.enum(['none', 'cloudflare']).default('none'),
  // Mailboxes that hear of security alerts, comma-separated.
  SECURITY_EMAILS: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    ),
  THREAT_THRESHOLDS: ThreatThresholdsText,
  // A file the signed heads of the audit log are added to: a second place, shipped off this machine.
  AUDIT_HEAD_FILE: z.string().optional(),
  TWILIO_API_BASE: Url.default('https://api.twilio.com'),
  TWILIO_VERIFY_BASE: Url.default('https://verify.twilio.com'),
  TWILIO_ACCOUNT_SID: z
    .string({ error: 'is missing: the account SID (AC…) from the Twilio console' })
    .regex(/^AC[0-9a-f]{32}$/, 'must be AC and 32 hex digits'),
  TWILIO_AUTH_TOKEN: z.string({ error: 'is missing: the auth token from the Twilio console' }).min(1),
  TWILIO_VERIFY_SERVICE_SID: z
    .string({ error: 'is missing: the Verify service (VA…)' })
    .regex(/^VA[0-9a-f]{32}$/, 'must be VA and 32 hex digits'),
  TWILIO_SMS_SENDER: z
    .string()
    .regex(/^[A-Za-z0-9 ]{1,11}$/, 'is a registered sender id of at most 11 letters and digits')
    .default('DHOW'),
  // The registered words of the codes, `purpose:HJ…` comma-separated (docs/contracts/sms-templates.md); unset takes the service's own.
  TWILIO_VERIFY_TEMPLATES: z
    .string()
    .default('')
    .transform(
      (text) =>
        new Map(
          text
            .split(',')
            .filter(Boolean)
            .map((pair) => pairOf(pair)),
        ),
    )
    .refine(
      (templates) =>
        [...templates].every(([purpose, sid]) => /^[a-z-]+$/.test(purpose) && /^HJ[0-9a-f]{32}$/.test(sid)),
      'is a list of purpose:HJ… (HJ and 32 hex digits)',
    ),
  // The unique name of a rate limit of the Verify service, keyed by a hash of the asking address; unset sends none.
  TWILIO_VERIFY_RATE_LIMIT: z.string().max(50).default(''),
  TWILIO_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(6_000),
  // Where Twilio reports deliveries to, as it calls it from outside; its signature covers this very address.
  PUBLIC_API_URL: Url.default('http://localhost:4000'),
  // One-time codes (OT-3 … OT-7). Countries codes are sent to, ours first; the same list belongs into Twilio's geo-permissions.
  OTP_COUNTRIES: z
    .string()
    .regex(/^[A-Z]{2}(,[A-Z]{2})*$/, 'is a list of two-letter countries')
    .default('AE')
    .transform((text) => text.split(',')),
  // Messages in any so many seconds, by whom they concern. `prefix` is a number without its last four digits.
  OTP_LIMITS: WindowsText.prefault(
    'phone 1/60 3/900 6/86400; account 6/86400; ip 5/900 20/86400; network 30/3600; device 5/3600; prefix 10/3600; country 50/3600; country:AE 2000/3600',
  ),
  // Messages an address gets in a day before each further one needs a proof of work, and how dear that is (PBKDF2 iterations, 256 tries).
  OTP_FREE_SENDS_PER_IP: z.coerce.number().int().min(1).default(1),
  OTP_PROOF_COST: z.coerce.number().int().min(1).max(1_000_000).default(5_000),
  OTP_TRIES_PER_CODE: z.coerce.number().int().min(1).max(5).default(5),
  OTP_WRONG_CODES_PER_DAY: z.coerce.number().int().min(1).default(10),
  // What a message costs, in fils; `*` is any other country. At 80 % of a budget everybody needs a proof, at 100 % only the signed-in get codes.
  OTP_COST_FILS: z
    .string()
    .regex(/^(\*|[A-Z]{2}):\d{1,6}(,(\*|[A-Z]{2}):\d{1,6})*$/, 'is a list of country:fils, * for the rest')
    .default('AE:40,*:90')
    .transform(
      (text) =>
        new Map(
          text
            .split(',')
            .map((pair) => pairOf(pair))
            .map(([name, fils]) => [name, Number(fils)]),
        ),
    ),
  OTP_BUDGET_HOUR_FILS: z.coerce.number().int().min(1).default(20_000),
  OTP_BUDGET_DAY_FILS: z.coerce.number().int().min(1).default(150_000),
  // Of the last so many messages to a prefix or country, so many percent must have been answered, once there are enough to tell.
  OTP_CONVERSION_LAST_SENDS: z.coerce.number().int().min(1).max(1_000).default(50),
  OTP_CONVERSION_MIN_SENDS: z.coerce.number().int().min(1).max(1_000).default(30),
  OTP_CONVERSION_MIN_PERCENT: z.coerce.number().int().min(0).max(100).default(20),
  OTP_BLOCK_HOURS: z.coerce.number().int().min(1).max(168).default(6),
  STRIPE_API_BASE: Url.default('https://api.stripe.com'),
  STRIPE_SECRET_KEY: z.string({ error: 'is missing: the secret key from the Stripe dashboard' }).min(1),
  STRIPE_PUBLISHABLE_KEY: z.string({ error: 'is missing: the publishable key from the Stripe dashboard' }).min(1),
  STRIPE_WEBHOOK_SECRETS: z
    .string({
      error: 'is missing: the signing secret of the webhook endpoint; two, comma-separated, while one is rolled',
    })
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .refine((secrets) => secrets.length >= 1, 'needs at least one signing secret'),
  STRIPE_JS_URL: Url.default('https://js.stripe.com/clover/stripe.js'),
  // Of one try. Three of them, for a call that may be repeated, must fit into the 25 s our own callers wait.
  STRIPE_TIMEOUT_MS: z.coerce.number().int().min(100).max(80_000).default(6_000),
  STRIPE_CAPTURE: CaptureTime.default('at-once'),
  // The file Apple asks for at /.well-known/apple-developer-merchantid-domain-association, from the Stripe dashboard.
  APPLE_PAY_DOMAIN_FILE: z.string().optional(),
  // Tabby (pay in four). One key and merchant code per store, country and currency; the key's prefix says test or live.
  TABBY_API_BASE: Url.default('https://api.tabby.ai'),
  TABBY_SECRET_KEY: z.string().default(''),
  TABBY_PUBLIC_KEY: z.string().default(''),
  TABBY_MERCHANT_CODE: z.string().max(50).default('AE'),
  // The header Tabby sends back with each webhook, as it was registered: its name, and the value that proves it (two while one is rolled).
  TABBY_WEBHOOK_HEADER: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,100}$/, 'is the name of a header')
    .default('X-Dhow-Webhook'),
  TABBY_WEBHOOK_SECRETS: SecretList,
  // Where Tabby's webhooks come from; empty asks for the header alone.
  TABBY_WEBHOOK_ADDRESSES: AddressRanges,
  TABBY_CAPTURE: CaptureTime.default('at-once'),
  TABBY_MINIMUM_FILS: Fils.default(1_000),
  TABBY_MAXIMUM_FILS: Fils.default(1_000_000),
  TABBY_INSTALMENTS: z.coerce.number().int().min(2).max(24).default(4),
  TABBY_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(10_000),
  // Tabby's own promo snippet on product and cart pages, as its go-live checklist asks; empty shows our own words.
  TABBY_WIDGET_URL: z.string().default(''),
  // Tamara: API token, the secret its notifications are signed with, and the key of its widgets.
  TAMARA_API_BASE: Url.default('https://api.tamara.co'),
  TAMARA_API_TOKEN: z.string().default(''),
  TAMARA_NOTIFICATION_TOKENS: SecretList,
  TAMARA_PUBLIC_KEY: z.string().default(''),
  TAMARA_WEBHOOK_ADDRESSES: AddressRanges,
  TAMARA_CAPTURE: CaptureTime.default('at-once'),
  TAMARA_MINIMUM_FILS: Fils.default(1_000),
  TAMARA_MAXIMUM_FILS: Fils.default(500_000),
  // Tamara wants no number of instalments but its own; set where it has agreed to what we say before it is asked.
  TAMARA_INSTALMENTS: z.coerce.number().int().min(2).max(24).optional(),
  TAMARA_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(10_000),
  TAMARA_WIDGET_URL: z.string().default(''),
  // Named when Tamara's money is taken before anybody said who carries the goods.
  TAMARA_SHIPPING_COMPANY: z.string().min(1).max(100).default('Own courier'),
  // Minutes a shopper has on the hosted page of an instalment provider (Tamara takes 5 to 1440), and hours for a cash order's code.
  BNPL_SESSION_MINUTES: z.coerce.number().int().min(5).max(1440).default(30),
  COD_CONFIRM_HOURS: z.coerce.number().int().min(1).max(72).default(24),
  // Days held money can be taken: providers differ, and their truth wins where it says so.
  CAPTURE_WINDOW_DAYS: z
    .string()
    .regex(/^(stripe|tabby|tamara):\d{1,3}(,(stripe|tabby|tamara):\d{1,3})*$/, 'is a list of provider:days')
    .default('stripe:7,tabby:21,tamara:21')
    .transform(
      (text) =>
        new Map(
          text
            .split(',')
            .map((pair) => pairOf(pair))
            .map(([name, days]) => [name, Number(days)]),
        ),
    ),
  // Cash on delivery (UAE facts §8). Amounts in fils, the fee with VAT; empty lists allow all.
  COD_ENABLED: Flag.default(true),
  COD_FEE_FILS: Fils.default(1_000),
  COD_MINIMUM_FILS: Fils.default(0),
  COD_MAXIMUM_FILS: Fils.default(300_000),
  COD_EMIRATES: z
    .string()
    .regex(/^(AE-[A-Z]{2}(,AE-[A-Z]{2})*)?$/, 'is a list of emirates such as AE-DU,AE-SH')
    .default('')
    .transform(toList),
  COD_BLOCKED_CATEGORIES: z.string().default('').transform(toList),
  COD_ROUNDING: z.enum(['none', 'nearest_25', 'down_25']).default('down_25'),
  // Orders a phone or a customer may have under way in cash, and refusals in so many days after which cash is not offered.
  COD_OPEN_ORDERS: z.coerce.number().int().min(1).max(100).default(3),
  COD_REFUSALS: z.coerce.number().int().min(1).max(100).default(2),
  COD_REFUSAL_DAYS: z.coerce.number().int().min(1).max(3650).default(180),
  // Refunds above a role's own limit need a second person; above this everybody's do. Fils.
  REFUND_SECOND_PERSON_ABOVE_FILS: Fils.default(200_000),
  // Refunds and gifts of store credit one person makes within an hour; the next takes a second person, whatever it comes to.
  REFUNDS_ALONE_PER_HOUR: z.coerce.number().int().min(0).max(1_000_000).default(3),
  SENDGRID_API_BASE: Url.default('https://api.sendgrid.com'),
  SENDGRID_API_KEY: z.string({ error: 'is missing: an API key with the Mail Send scope' }).min(1),
  MAIL_FROM: z.email().default('orders@dhow.example'),
  // Who sells: names and defaults as in the website's configuration.
  MERCHANT_NAME_EN: z.string().default('Dhow'),
  MERCHANT_NAME_AR: z.string().default('داو'),
  MERCHANT_LEGAL_NAME_EN: z.string().default('Dhow Creek Trading L.L.C'),
  MERCHANT_LEGAL_NAME_AR: z.string().default('داو الخور للتجارة ش.ذ.م.م'),
  MERCHANT_TRN: z.string().default('100482913700003'),
  MERCHANT_ADDRESS_EN: z.string().default('Warehouse 7, Street 19, Al Quoz Industrial Area 3, Dubai'),
  MERCHANT_ADDRESS_AR: z.string().default('مستودع 7، شارع 19، منطقة القوز الصناعية 3، دبي'),
  MERCHANT_PHONE: z.string().default('+97145550142'),
  MERCHANT_EMAIL: z.email().default('care@dhow.example'),
})

type Parsed = z.output<typeof Environment>

/** Everything the API and the worker read from outside, parsed once. Durations and sizes carry their unit in the name. */
export type Config = Parsed & { readonly isProduction: boolean }

/** A wrong or missing setting. The message names the variable and what it should be. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

/** `NAME_FILE=/run/secrets/name` gives NAME from a file, so that secrets need not be in the environment. */
function withFiles(env: NodeJS.ProcessEnv): Record<string, string> {
  const values: Record<string, string> = {}
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || value === '') continue
    const target = name.endsWith('_FILE') ? name.slice(0, -'_FILE'.length) : undefined
    if (target && target in Environment.shape) values[target] = readFileSync(value, 'utf8').trim()
    else values[name] ??= value
  }
  return values
}

function refuseSandboxInProduction(config: Parsed): void {
  if (config.DHOW_MODE !== 'production' || config.DHOW_ALLOW_SANDBOX) return
  const wrong = [
    /^(sk|rk)_live_/.test(config.STRIPE_SECRET_KEY) || 'STRIPE_SECRET_KEY is not a live key',
    config.STRIPE_API_BASE === 'https://api.stripe.com' || 'STRIPE_API_BASE is not Stripe',
    config.TABBY_SECRET_KEY === '' ||
      (config.TABBY_API_BASE === 'https://api.tabby.ai' && !config.TABBY_SECRET_KEY.startsWith('sk_test')) ||
      'TABBY_SECRET_KEY or TABBY_API_BASE is of a test',
    config.TAMARA_API_TOKEN === '' ||
      config.TAMARA_API_BASE === 'https://api.tamara.co' ||
      'TAMARA_API_BASE is not Tamara’s live address',
    config.SENDGRID_API_BASE.endsWith('sendgrid.com') || 'SENDGRID_API_BASE is not SendGrid',
    config.WEBSITE_URL.startsWith('https://') || 'WEBSITE_URL is not https',
  ].filter((text) => text !== true)
  if (wrong.length > 0)
    throw new ConfigError(
      `DHOW_MODE=production refuses sandbox settings: ${wrong.join('; ')} (DHOW_ALLOW_SANDBOX=true overrides)`,
    )
}

/** OWASP's floor (Password Storage Cheat Sheet, 2026): tests may hash cheaper, a shop may not. */
function refuseWeakHashes({ DHOW_MODE, ARGON2_MEMORY_KIB, ARGON2_PASSES }: Parsed): void {
  if (DHOW_MODE === 'production' && (ARGON2_MEMORY_KIB < 19_456 || ARGON2_PASSES < 2))
    throw new ConfigError('ARGON2_MEMORY_KIB must be at least 19456 and ARGON2_PASSES at least 2 in production')
}

/** Reads and checks the environment; `assumed` is for what a command can do without. Throws ConfigError naming every wrong variable. */
export function readConfig(
  env: NodeJS.ProcessEnv = process.env,
  assumed: Readonly<Record<string, string>> = {},
): Config {
  const parsed = Environment.safeParse({ ...assumed, ...withFiles(env) })
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('\n'))
  refuseSandboxInProduction(parsed.data)
  refuseWeakHashes(parsed.data)
  return { ...parsed.data, isProduction: parsed.data.NODE_ENV === 'production' }
}
