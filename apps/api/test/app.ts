import { randomBytes } from 'node:crypto'
import type { RequestListener } from 'node:http'
import { createApiClient } from '@dhow/api-client/api-client.ts'
import type { ApiClient } from '@dhow/api-client/api-client.ts'
import { afterAll, inject, onTestFinished } from 'vitest'
import { startSandbox } from '../../sandbox/src/app.ts'
import type { RunningSandbox } from '../../sandbox/src/app.ts'
import { claimRedis, cloneDatabase, dropDatabase } from '../../../tests/harness/services.ts'
import { createApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { createContext } from '../src/context.ts'
import type { AppContext } from '../src/context.ts'
import type { Db } from '../src/platform/db/database.ts'
import { hearChanges } from '../src/platform/auth/changes.ts'
import { listen } from '../src/platform/http/server.ts'
import { createTestClock } from './clock.ts'
import type { TestClock } from './clock.ts'
import { createGiven } from './given.ts'
import type { Given } from './given.ts'
import { recordLog } from './log-lines.ts'
import type { LogLine } from './log-lines.ts'
import { createTestWorker } from './worker.ts'
import type { TestWorker } from './worker.ts'

export interface TestAppOptions {
  /** Settings that matter to the test; the rest have defaults that stand in nobody's way (no rate limits, silent log). */
  env?: Record<string, string>
  /** Where the clock starts, ISO 8601. */
  now?: string
  /** The migrated database to clone, where the test has a PostgreSQL of its own; else that of the one all tests share. */
  templateUrl?: string
}

export interface TestApp {
  /** Typed client of the API under test. */
  api: ApiClient
  baseUrl: string
  ctx: AppContext
  db: Db
  clock: TestClock
  sandbox: RunningSandbox
  given: Given
  worker: TestWorker
  /** What was logged at `warn` and above, oldest first. */
  logs: readonly LogLine[]
  /** The settings of this app, for real processes on the same database (see process.ts). */
  env: Record<string, string>
  close(): Promise<void>
}

const PROVIDERS_BEHIND_MS = 60_000

const unlimited = '100000000'

function settingsFor(sandbox: RunningSandbox, addresses: { databaseUrl: string; redisUrl: string }) {
  const { stripe, sendgrid, tabby, tamara } = sandbox.config
  return {
    NODE_ENV: 'test',
    LOG_LEVEL: 'warn',
    API_PORT: '0',
    DATABASE_URL: addresses.databaseUrl,
    REDIS_URL: addresses.redisUrl,
    WEBSITE_URL: 'http://localhost:3000',
    DATA_KEY: randomBytes(32).toString('base64'),
    TOKEN_KEY: randomBytes(32).toString('base64'),
    RATE_LIMIT_BROWSE_PER_MINUTE: unlimited,
    RATE_LIMIT_CART_PER_MINUTE: unlimited,
    RATE_LIMIT_CHECKOUT_PER_MINUTE: unlimited,
    RATE_LIMIT_ORDER_LOOKUP_PER_HOUR: unlimited,
    RATE_LIMIT_SIGN_IN_PER_10_MINUTES: unlimited,
    RATE_LIMIT_SIGN_IN_FAILURES_PER_10_MINUTES: unlimited,
    RATE_LIMIT_ONE_TIME_CODE_PER_10_MINUTES: unlimited,
    RATE_LIMIT_TOKEN_REFRESH_PER_MINUTE: unlimited,
    RATE_LIMIT_ACCOUNT_PER_MINUTE: unlimited,
    RATE_LIMIT_STAFF_SIGN_IN_PER_10_MINUTES: unlimited,
    RATE_LIMIT_STAFF_PER_MINUTE: unlimited,
    REFUNDS_ALONE_PER_HOUR: '1000000',
    OTP_LIMITS: 'phone 100000/60; ip 100000/60; country 100000/60',
    OTP_FREE_SENDS_PER_IP: unlimited,
    OTP_BUDGET_HOUR_FILS: unlimited,
    OTP_BUDGET_DAY_FILS: unlimited,
    TWILIO_API_BASE: sandbox.url,
    TWILIO_VERIFY_BASE: sandbox.url,
    TWILIO_ACCOUNT_SID: 'AC00000000000000000000000000d00d00',
    TWILIO_AUTH_TOKEN: 'dhow-sandbox-auth-token',
    TWILIO_VERIFY_SERVICE_SID: 'VA00000000000000000000000000d00d00',
    TWILIO_VERIFY_TEMPLATES:
      'sign-in:HJ00000000000000000000000000d00d01,change-phone:HJ00000000000000000000000000d00d02,confirm-identity:HJ00000000000000000000000000d00d03,confirm-order:HJ00000000000000000000000000d00d04',
    PUBLIC_API_URL: 'https://api.shop.test',
    STRIPE_API_BASE: sandbox.url,
    STRIPE_SECRET_KEY: stripe.secretKey,
    STRIPE_PUBLISHABLE_KEY: stripe.publishableKey,
    STRIPE_WEBHOOK_SECRETS: stripe.webhookSecret,
    STRIPE_JS_URL: `${sandbox.url}/stripe.js`,
    TABBY_API_BASE: sandbox.url,
    TABBY_SECRET_KEY: tabby.secretKey,
    TABBY_PUBLIC_KEY: tabby.publicKey,
    TABBY_WEBHOOK_SECRETS: tabby.webhookSecret,
    TAMARA_API_BASE: sandbox.url,
    TAMARA_API_TOKEN: tamara.apiToken,
    TAMARA_NOTIFICATION_TOKENS: tamara.notificationToken,
    TAMARA_PUBLIC_KEY: tamara.publicKey,
    SENDGRID_API_BASE: sandbox.url,
    SENDGRID_API_KEY: sendgrid.apiKey,
  }
}

/** Runs `close` when the running test ends, or after all tests when called outside of one. */
function closeAfterwards(close: () => Promise<void>): void {
  try {
    onTestFinished(close)
  } catch {
    afterAll(close)
  }
}

/**
 * The whole API in this process, on a database, a Redis and a sandbox of its own, listening on a free port. Ends by itself:
 * after the test it was started in, or after the file when started at its top (`const app = await startTestApp()`). A hook
 * must see to it: `beforeAll(async () => (app = await startTestApp()).close)`.
 */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const services = inject('services')
  const clock = createTestClock(options.now)
  const startedMs = Date.now()
  const [databaseUrl, redisUrl, sandbox] = await Promise.all([
    cloneDatabase(options.templateUrl ?? services.templateUrl),
    claimRedis(services.redisUrl),
    startSandbox({
      webhookRetryDelaysMs: [50, 100, 200],
      // Providers live in the test's time, so that their sessions end when the shop thinks so. There it also passes by itself, so
      // they stay a little behind: what happened there is in the past for whoever looks.
      now: () => clock.now().getTime() + Date.now() - startedMs - PROVIDERS_BEHIND_MS,
      signingNow: () => clock.now().getTime(),
    }),
  ])
  clock.onMove(() => sandbox.control.advanceClock(0))
  const env = { ...settingsFor(sandbox, { databaseUrl, redisUrl }), ...options.env }
  const { log, lines } = recordLog(env.LOG_LEVEL)
  const ctx = createContext(readConfig(env), { processName: 'test', clock, log })
  const stopListening = hearChanges(ctx)
  const handle: RequestListener = createApp(ctx)
  const { server, port } = await listen(handle, { host: '127.0.0.1', port: 0 })
  const baseUrl = `http://127.0.0.1:${port}`
  sandbox.control.setWebhookTargets(baseUrl)
  sandbox.control.setTextTarget(`${baseUrl}/webhooks/twilio`)
  const api = createApiClient({ baseUrl })
  const worker = await createTestWorker({ ctx, clock, sandbox, databaseUrl })

  let closing: Promise<void> | undefined
  async function closeAll(): Promise<void> {
    await sandbox.close()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await worker.close()
    await stopListening()
    await ctx.close()
    await dropDatabase(databaseUrl)
  }
  const close = () => (closing ??= closeAll())
  closeAfterwards(close)
  const given = createGiven({ api, ctx, sandbox, worker, baseUrl })
  return { api, baseUrl, ctx, db: ctx.db, clock, sandbox, given, worker, logs: lines, env, close }
}
