import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readConfig as readAdminConfig } from '../../apps/admin/server/config.ts'
import { readConfig as readApiConfig } from '../../apps/api/src/config.ts'
import { configFromEnv } from '../../apps/sandbox/src/config.ts'
import { readConfig as readWebConfig } from '../../apps/web/src/server/config.ts'
import { PORTS, readLauncherConfig } from '../../scripts/launcher/config.ts'

const root = path.resolve(import.meta.dirname, '../..')
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8')

const example = new Map(
  [...read('.env.example').matchAll(/^# ([A-Z][A-Z0-9_]*)=(.*)$/gm)].map((match) => [match[1] ?? '', match[2] ?? '']),
)

/** Names as the configuration files write them: keys of a zod object, or quoted. */
function namesIn(file: string): string[] {
  const keys = [...read(file).matchAll(/^ {2}([A-Z][A-Z0-9_]*):/gm)]
  const quoted = [...read(file).matchAll(/'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)'/g)]
  return [...keys, ...quoted].map((match) => match[1] ?? '')
}

const documented = (): Record<string, string> => Object.fromEntries([...example].filter(([, value]) => value !== ''))

const key = Buffer.alloc(32, 1).toString('base64')
const required = {
  DATABASE_URL: 'postgresql://localhost/dhow',
  DATA_KEY: key,
  TOKEN_KEY: key,
  STRIPE_SECRET_KEY: 'sk_test_x',
  STRIPE_PUBLISHABLE_KEY: 'pk_test_x',
  STRIPE_WEBHOOK_SECRETS: 'whsec_x',
  SENDGRID_API_KEY: 'SG.x',
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'x',
  TWILIO_VERIFY_SERVICE_SID: `VA${'0'.repeat(32)}`,
}

test('.env.example names every variable the processes read, and no other', () => {
  const names = new Set([
    ...namesIn('apps/api/src/config.ts'),
    ...namesIn('apps/web/src/server/config.ts'),
    ...namesIn('apps/admin/server/config.ts'),
    ...namesIn('apps/sandbox/src/config.ts'),
    ...Object.values(PORTS).map((port) => port.variable),
    'DHOW_HOME',
    'DHOW_TEST_LOG',
    'CHROMIUM_PATH',
  ])
  expect([...example.keys()].toSorted()).toEqual([...names].toSorted())
})

test('the defaults it tells are the defaults there are', () => {
  expect(readApiConfig({ ...documented(), ...required })).toEqual(readApiConfig(required))
  expect(readWebConfig(documented())).toEqual(readWebConfig({}))
  expect(readAdminConfig(documented())).toEqual(readAdminConfig({}))
  expect(configFromEnv(documented())).toEqual(configFromEnv({}))
  expect(readLauncherConfig(documented())).toEqual(readLauncherConfig({}))
})

test('what it leaves empty is what has no default or a different one in each process', () => {
  const empty = [...example].filter(([, value]) => value === '').map(([name]) => name)
  const unset =
    'NODE_ENV TRUST_PROXY REDIS_URL DHOW_TEST_LOG AUDIT_HEAD_FILE DEMO_STAFF_FILE SECURITY_EMAILS STAFF_IP_ALLOWLIST TWILIO_VERIFY_RATE_LIMIT TWILIO_VERIFY_TEMPLATES APPLE_PAY_DOMAIN_FILE TABBY_SECRET_KEY TABBY_PUBLIC_KEY TABBY_WEBHOOK_SECRETS TABBY_WEBHOOK_ADDRESSES TABBY_WIDGET_URL TAMARA_API_TOKEN TAMARA_INSTALMENTS TAMARA_NOTIFICATION_TOKENS TAMARA_PUBLIC_KEY TAMARA_WEBHOOK_ADDRESSES TAMARA_WIDGET_URL COD_EMIRATES COD_BLOCKED_CATEGORIES'.split(
      ' ',
    )
  const sandbox =
    'SANDBOX_PUBLIC_URL SANDBOX_STATE_FILE SANDBOX_STRIPE_WEBHOOK_URL SANDBOX_TABBY_WEBHOOK_URL SANDBOX_TAMARA_WEBHOOK_URL SANDBOX_TWILIO_CALLBACK_URL SANDBOX_WEBSITE_ORIGIN'.split(
      ' ',
    )
  expect(new Set(empty)).toEqual(new Set([...Object.keys(required), ...unset, ...sandbox]))
})
