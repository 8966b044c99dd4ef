import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { stripeEvents } from '../../packages/contracts/src/webhook-events.ts'
import { LauncherError, type LauncherConfig } from './config.ts'

/** The signing secret the sandbox signs its webhooks with; no secret, the sandbox is our own. */
const SANDBOX_WEBHOOK_SECRET = 'whsec_dhow_sandbox'

/** In the home: who may sign in to the back office of a demo shop. Written by the seed, shown by the table of `npm start`. */
export const DEMO_STAFF_FILE = 'demo-staff.json'

/** How Node runs the shop's processes: a young generation of 4 MB instead of 16 keeps some 25 MB less resident in each. */
export const PROCESS_FLAGS = ['--max-semi-space-size=4']

/**
 * Where Node keeps our code compiled, types already stripped: a process with this in its environment is up in half the time and
 * 20 MB smaller. Files are found by their content; the folder may be thrown away at any moment.
 */
export function compiledCodeIn(directory: string): { NODE_COMPILE_CACHE: string } {
  return { NODE_COMPILE_CACHE: path.join(directory, 'compiled-code') }
}

/** What the shop's webhook endpoint is subscribed to, at Stripe and in the sandbox alike (docs/contracts/webhooks.md). */
export const STRIPE_WEBHOOK_EVENTS = stripeEvents

/** Secrets the API asks for. Made once for a home, since what they encrypted outlives a start. */
export type Secrets = { DATA_KEY: string; TOKEN_KEY: string }

/** Fresh 256-bit keys in base64. */
export function makeSecrets(): Secrets {
  const key = () => randomBytes(32).toString('base64')
  return { DATA_KEY: key(), TOKEN_KEY: key() }
}

/** The secrets of this home, made and written (readable by us alone) at its first start. */
export function ensureSecrets(home: string): Secrets {
  const file = path.join(home, 'secrets.json')
  if (!existsSync(file)) {
    writeFileSync(file, `${JSON.stringify(makeSecrets(), null, 2)}\n`, { mode: 0o600, flag: 'wx' })
  }
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
  if (isSecrets(value)) return value
  throw new LauncherError(`${file} lacks a key. Restore it, or start over with: npm run db:reset`)
}

function isSecrets(value: unknown): value is Secrets {
  if (typeof value !== 'object' || value === null || !('DATA_KEY' in value) || !('TOKEN_KEY' in value)) return false
  return typeof value.DATA_KEY === 'string' && typeof value.TOKEN_KEY === 'string'
}

/** The settings that send every provider call to the sandbox. `apps/api` itself does not know that it exists. */
export function sandboxSettings(sandboxUrl: string): Record<string, string> {
  return {
    STRIPE_API_BASE: sandboxUrl,
    STRIPE_SECRET_KEY: 'sk_test_dhow',
    STRIPE_PUBLISHABLE_KEY: 'pk_test_dhow',
    STRIPE_WEBHOOK_SECRETS: SANDBOX_WEBHOOK_SECRET,
    STRIPE_JS_URL: `${sandboxUrl}/stripe.js`,
    PAYMENT_PAGE_ORIGINS: sandboxUrl,
    TABBY_API_BASE: sandboxUrl,
    TABBY_SECRET_KEY: 'sk_test_dhow_tabby',
    TABBY_PUBLIC_KEY: 'pk_test_dhow_tabby',
    TABBY_WEBHOOK_SECRETS: 'dhow-tabby-webhook',
    TAMARA_API_BASE: sandboxUrl,
    TAMARA_API_TOKEN: 'tamara_sandbox_dhow',
    TAMARA_NOTIFICATION_TOKENS: 'dhow-tamara-notification',
    TAMARA_PUBLIC_KEY: 'tamara_public_dhow',
    SENDGRID_API_BASE: sandboxUrl,
    SENDGRID_API_KEY: 'SG.dhow.sandbox',
    TWILIO_API_BASE: sandboxUrl,
    TWILIO_VERIFY_BASE: sandboxUrl,
    TWILIO_ACCOUNT_SID: 'AC00000000000000000000000000d00d00',
    TWILIO_AUTH_TOKEN: 'dhow-sandbox-auth-token',
    TWILIO_VERIFY_SERVICE_SID: 'VA00000000000000000000000000d00d00',
    TWILIO_VERIFY_TEMPLATES:
      'sign-in:HJ00000000000000000000000000d00d01,change-phone:HJ00000000000000000000000000d00d02,confirm-identity:HJ00000000000000000000000000d00d03,confirm-order:HJ00000000000000000000000000d00d04',
  }
}

/** The addresses people use. "localhost", because browsers treat it as secure without TLS. */
export function addressesOf(ports: LauncherConfig['ports']): Record<'website' | 'admin' | 'api' | 'sandbox', string> {
  return {
    website: `http://localhost:${ports.web}`,
    admin: `http://localhost:${ports.admin}`,
    api: `http://localhost:${ports.api}`,
    sandbox: `http://localhost:${ports.sandbox}`,
  }
}

/**
 * The whole environment of every process of the shop. What the caller's shell has set stays, except npm's own variables; what
 * is named here wins, so that a live key exported in that shell can never reach a demo shop.
 */
export function shopEnvironment(options: {
  config: LauncherConfig
  secrets: Secrets
  databaseUrl: string
  redisUrl: string | undefined
}): NodeJS.ProcessEnv {
  const { config, secrets, databaseUrl, redisUrl } = options
  const { website, admin, sandbox } = addressesOf(config.ports)
  const inherited = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name) && name !== 'REDIS_URL')
  return {
    ...Object.fromEntries(inherited),
    NODE_ENV: 'production',
    DHOW_MODE: 'embedded',
    DHOW_HOME: config.home,
    ...compiledCodeIn(config.home),
    MEDIA_DIR: path.join(config.home, 'media'),
    DEMO_STAFF_FILE: path.join(config.home, DEMO_STAFF_FILE),
    AUDIT_HEAD_FILE: path.join(config.home, 'audit-heads.jsonl'),
    PORT: String(config.ports.web),
    ADMIN_PORT: String(config.ports.admin),
    API_PORT: String(config.ports.api),
    SANDBOX_PORT: String(config.ports.sandbox),
    WEBSITE_URL: website,
    ADMIN_URL: admin,
    API_URL: `http://127.0.0.1:${config.ports.api}`,
    PUBLIC_API_URL: `http://127.0.0.1:${config.ports.api}`,
    DATABASE_URL: databaseUrl,
    ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
    ...secrets,
    ...sandboxSettings(sandbox),
    SANDBOX_PUBLIC_URL: sandbox,
    SANDBOX_STATE_FILE: path.join(config.home, 'sandbox.json'),
    SANDBOX_STRIPE_WEBHOOK_URL: `http://127.0.0.1:${config.ports.api}/webhooks/stripe`,
    SANDBOX_STRIPE_WEBHOOK_SECRET: SANDBOX_WEBHOOK_SECRET,
    SANDBOX_STRIPE_WEBHOOK_EVENTS: STRIPE_WEBHOOK_EVENTS.join(','),
    SANDBOX_TABBY_WEBHOOK_URL: `http://127.0.0.1:${config.ports.api}/webhooks/tabby`,
    SANDBOX_TAMARA_WEBHOOK_URL: `http://127.0.0.1:${config.ports.api}/webhooks/tamara`,
    SANDBOX_WEBSITE_ORIGIN: `${website},http://127.0.0.1:${config.ports.web}`,
  }
}
