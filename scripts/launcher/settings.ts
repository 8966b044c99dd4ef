import { randomBytes } from 'node:crypto'

/** The signing secret the sandbox signs its webhooks with; no secret, the sandbox is our own. */
const SANDBOX_WEBHOOK_SECRET = 'whsec_dhow_sandbox'

/** Secrets the API asks for. Made once for a home, since what they encrypted outlives a start. */
export type Secrets = { DATA_KEY: string; TOKEN_KEY: string }

/** Fresh 256-bit keys in base64. */
export function makeSecrets(): Secrets {
  const key = () => randomBytes(32).toString('base64')
  return { DATA_KEY: key(), TOKEN_KEY: key() }
}

/** The settings that send every provider call to the sandbox. `apps/api` itself does not know that it exists. */
export function sandboxSettings(sandboxUrl: string): Record<string, string> {
  return {
    STRIPE_API_BASE: sandboxUrl,
    STRIPE_SECRET_KEY: 'sk_test_dhow',
    STRIPE_PUBLISHABLE_KEY: 'pk_test_dhow',
    STRIPE_WEBHOOK_SECRETS: SANDBOX_WEBHOOK_SECRET,
    STRIPE_JS_URL: `${sandboxUrl}/stripe.js`,
    SENDGRID_API_BASE: sandboxUrl,
    SENDGRID_API_KEY: 'SG.dhow.sandbox',
  }
}
