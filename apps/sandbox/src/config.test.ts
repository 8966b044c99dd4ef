import { expect, test } from 'vitest'
import { configFromEnv } from './config.ts'

test('an empty environment gives the documented defaults', () => {
  expect(configFromEnv({})).toMatchObject({
    host: '127.0.0.1',
    port: 4500,
    stripe: { secretKey: 'sk_test_dhow', publishableKey: 'pk_test_dhow', webhookSecret: 'whsec_dhow_sandbox' },
    sendgrid: { apiKey: 'SG.dhow.sandbox' },
    websiteOrigins: [],
  })
})

test('every unusable variable is named at once', () => {
  const env = {
    SANDBOX_PORT: 'door',
    SANDBOX_STRIPE_SECRET_KEY: 'sk_live_1',
    SANDBOX_STRIPE_WEBHOOK_URL: 'ftp://x',
    SANDBOX_WEBSITE_ORIGIN: 'http://localhost:3000,nowhere',
  }
  for (const name of Object.keys(env)) expect(() => configFromEnv(env)).toThrow(name)
})
