import type { TwilioConfig } from './twilio/state.ts'

export type SandboxConfig = {
  host: string
  port: number
  /** Where browsers reach this process; `undefined` means the address it listens on. */
  publicUrl: string | undefined
  /** Where payments are kept from one run to the next; `undefined` forgets them. */
  stateFile: string | undefined
  stripe: StripeConfig
  sendgrid: { apiKey: string }
  twilio: TwilioConfig
  tabby: TabbyConfig
  tamara: TamaraConfig
  /** Origins that may embed the card form; an empty list allows any http(s) origin. */
  websiteOrigins: readonly string[]
}

export type StripeConfig = {
  secretKey: string
  publishableKey: string
  webhookUrl: string | undefined
  /** Event types the endpoint of `webhookUrl` is subscribed to; `*` is all of them. */
  webhookEvents: readonly string[]
  webhookSecret: string
}

export type TabbyConfig = {
  secretKey: string
  publicKey: string
  merchantCode: string
  /** Where webhooks go without having been registered; `undefined` sends none but to registered addresses. */
  webhookUrl: string | undefined
  webhookHeader: string
  webhookSecret: string
}

export type TamaraConfig = {
  apiToken: string
  /** Signs webhooks (HS256). */
  notificationToken: string
  publicKey: string
  webhookUrl: string | undefined
}

type Env = Readonly<Record<string, string | undefined>>

/** Reads the process environment once. Throws one error naming every variable that cannot be used. */
export function configFromEnv(env: Env): SandboxConfig {
  const faults: string[] = []
  const config: SandboxConfig = {
    host: text(env, 'SANDBOX_HOST', '127.0.0.1'),
    port: port(env, 'SANDBOX_PORT', 4500, faults),
    publicUrl: url(env, 'SANDBOX_PUBLIC_URL', faults)?.replace(/\/+$/, ''),
    stateFile: env['SANDBOX_STATE_FILE'] || undefined,
    stripe: {
      secretKey: prefixed(env, 'SANDBOX_STRIPE_SECRET_KEY', 'sk_test_dhow', 'sk_test_', faults),
      publishableKey: prefixed(env, 'SANDBOX_STRIPE_PUBLISHABLE_KEY', 'pk_test_dhow', 'pk_test_', faults),
      webhookUrl: url(env, 'SANDBOX_STRIPE_WEBHOOK_URL', faults),
      webhookEvents: text(env, 'SANDBOX_STRIPE_WEBHOOK_EVENTS', '*').split(','),
      webhookSecret: prefixed(env, 'SANDBOX_STRIPE_WEBHOOK_SECRET', 'whsec_dhow_sandbox', 'whsec_', faults),
    },
    sendgrid: { apiKey: prefixed(env, 'SANDBOX_SENDGRID_KEY', 'SG.dhow.sandbox', 'SG.', faults) },
    twilio: {
      accountSid: prefixed(env, 'SANDBOX_TWILIO_ACCOUNT_SID', 'AC00000000000000000000000000d00d00', 'AC0000', faults),
      authToken: text(env, 'SANDBOX_TWILIO_AUTH_TOKEN', 'dhow-sandbox-auth-token'),
      verifyServiceSid: prefixed(
        env,
        'SANDBOX_TWILIO_VERIFY_SERVICE_SID',
        'VA00000000000000000000000000d00d00',
        'VA',
        faults,
      ),
      senders: text(env, 'SANDBOX_TWILIO_SENDERS', 'DHOW').split(','),
      callbackTarget: url(env, 'SANDBOX_TWILIO_CALLBACK_URL', faults),
    },
    tabby: {
      secretKey: prefixed(env, 'SANDBOX_TABBY_SECRET_KEY', 'sk_test_dhow_tabby', 'sk_test_', faults),
      publicKey: prefixed(env, 'SANDBOX_TABBY_PUBLIC_KEY', 'pk_test_dhow_tabby', 'pk_test_', faults),
      merchantCode: text(env, 'SANDBOX_TABBY_MERCHANT_CODE', 'AE'),
      webhookUrl: url(env, 'SANDBOX_TABBY_WEBHOOK_URL', faults),
      webhookHeader: text(env, 'SANDBOX_TABBY_WEBHOOK_HEADER', 'X-Dhow-Webhook'),
      webhookSecret: text(env, 'SANDBOX_TABBY_WEBHOOK_SECRET', 'dhow-tabby-webhook'),
    },
    tamara: {
      apiToken: text(env, 'SANDBOX_TAMARA_API_TOKEN', 'tamara_sandbox_dhow'),
      notificationToken: text(env, 'SANDBOX_TAMARA_NOTIFICATION_TOKEN', 'dhow-tamara-notification'),
      publicKey: text(env, 'SANDBOX_TAMARA_PUBLIC_KEY', 'tamara_public_dhow'),
      webhookUrl: url(env, 'SANDBOX_TAMARA_WEBHOOK_URL', faults),
    },
    websiteOrigins: origins(env, 'SANDBOX_WEBSITE_ORIGIN', faults),
  }
  if (faults.length > 0)
    throw new Error(`The sandbox cannot start:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
  return config
}

function text(env: Env, name: string, fallback: string): string {
  const value = env[name]?.trim()
  return value ? value : fallback
}

function port(env: Env, name: string, fallback: number, faults: string[]): number {
  const value = text(env, name, String(fallback))
  const number = Number(value)
  if (/^\d{1,5}$/.test(value) && number <= 65_535) return number
  faults.push(`${name} must be a port from 0 to 65535, not "${value}"`)
  return fallback
}

function url(env: Env, name: string, faults: string[]): string | undefined {
  const value = env[name]?.trim()
  if (!value) return undefined
  if (isHttpUrl(value)) return value
  faults.push(`${name} must be an http or https address, not "${value}"`)
  return undefined
}

function prefixed(env: Env, name: string, fallback: string, prefix: string, faults: string[]): string {
  const value = text(env, name, fallback)
  if (!value.startsWith(prefix)) faults.push(`${name} must start with "${prefix}": the sandbox refuses live keys`)
  return value
}

function origins(env: Env, name: string, faults: string[]): string[] {
  const listed = (env[name] ?? '').split(',').map((entry) => entry.trim())
  return listed.filter(Boolean).map((entry) => {
    if (isHttpUrl(entry)) return new URL(entry).origin
    faults.push(`${name} must list http or https origins, not "${entry}"`)
    return entry
  })
}

export function isHttpUrl(value: string): boolean {
  if (!URL.canParse(value)) return false
  const { protocol } = new URL(value)
  return protocol === 'http:' || protocol === 'https:'
}
