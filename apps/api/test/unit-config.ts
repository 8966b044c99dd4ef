import { readConfig } from '../src/config.ts'
import type { Config } from '../src/config.ts'

const key = Buffer.alloc(32, 1).toString('base64')

/** The least a configuration needs: nothing in it is real. */
export const unitEnvironment: Record<string, string> = {
  DATABASE_URL: 'postgresql://unused',
  DATA_KEY: key,
  TOKEN_KEY: key,
  STRIPE_SECRET_KEY: 'sk_live_unused',
  STRIPE_PUBLISHABLE_KEY: 'pk_live_unused',
  STRIPE_WEBHOOK_SECRETS: 'whsec_unused',
  SENDGRID_API_KEY: 'SG.unused',
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'unused',
  TWILIO_VERIFY_SERVICE_SID: `VA${'0'.repeat(32)}`,
  WEBSITE_URL: 'https://shop.example',
  ADMIN_URL: 'https://admin.shop.example',
  PUBLIC_API_URL: 'https://api.shop.example',
}

/** A configuration for what needs no database, provider or key of its own; what matters to the test is named. */
export const unitConfig = (env: Record<string, string> = {}): Config => readConfig({ ...unitEnvironment, ...env })
