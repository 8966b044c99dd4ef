import type pg from 'pg'
import { ConfigError } from './config.ts'
import type { Config } from './config.ts'
import { systemClock } from './platform/clock.ts'
import type { Clock } from './platform/clock.ts'
import { createAddressList } from './platform/auth/address-list.ts'
import type { AddressList } from './platform/auth/address-list.ts'
import { createSessionCache } from './platform/auth/session-cache.ts'
import type { SessionCache } from './platform/auth/session-cache.ts'
import { createKeyring } from './platform/auth/signing-keys.ts'
import type { Keyring } from './platform/auth/signing-keys.ts'
import { createSealer } from './platform/crypto/sealing.ts'
import type { Sealer } from './platform/crypto/sealing.ts'
import { openDatabase } from './platform/db/database.ts'
import type { Db } from './platform/db/database.ts'
import { createPublicCache } from './platform/http/public-cache.ts'
import type { PublicCache } from './platform/http/public-cache.ts'
import { createRateLimits } from './platform/limits/rate-limits.ts'
import type { RateLimits } from './platform/limits/rate-limits.ts'
import { openRedis } from './platform/redis/redis.ts'
import type { RedisClient } from './platform/redis/redis.ts'
import { createLog } from './platform/telemetry/log.ts'
import type { Log } from './platform/telemetry/log.ts'
import { createMetrics } from './platform/telemetry/metrics.ts'
import type { Metrics } from './platform/telemetry/metrics.ts'
import type { SendEmail } from './providers/email/port.ts'
import type { CardVault } from './providers/payments/card-vault.ts'
import { createCodProvider } from './providers/payments/cod/cod.ts'
import type { PaymentProvider, ProviderName } from './providers/payments/port.ts'
import { openStripe } from './providers/payments/stripe/access.ts'
import { createStripeProvider } from './providers/payments/stripe/stripe.ts'
import { createCardVault } from './providers/payments/stripe/vault.ts'
import { createTabbyProvider } from './providers/payments/tabby/tabby.ts'
import { createTamaraProvider } from './providers/payments/tamara/tamara.ts'
import type { SmsProvider } from './providers/sms/port.ts'

/** What every part of the API shares: built once per process, passed by hand. */
export interface AppContext {
  config: Config
  db: Db
  clock: Clock
  log: Log
  metrics: Metrics
  sealer: Sealer
  /** Keys of access tokens. */
  keyring: Keyring
  /** Whose session is whose, for requests. */
  sessions: SessionCache
  /** Where the back office may be used from. */
  staffAddresses: AddressList
  cache: PublicCache
  limits: RateLimits
  redis: RedisClient | undefined
  providers: {
    /** Those that are configured; `slices/payments` asks for one by the name a payment has. */
    payments: Partial<Record<ProviderName, PaymentProvider>>
    /** Saved cards, and the card provider's own books. */
    cards: CardVault
    sendEmail: SendEmail
    sms: SmsProvider
  }
  /** Set while the process drains: readiness says no. */
  lifecycle: { isDraining: boolean }
  close(): Promise<void>
}

export interface ContextOptions {
  processName: string
  clock?: Clock
  log?: Log
}

/** Loads the sender with the first message: only workers send, and its HTTP client is 30 MB the API need not carry. */
function sendEmailBy(load: () => Promise<SendEmail>): SendEmail {
  let loading: Promise<SendEmail> | undefined
  return async (message) => (await (loading ??= load()))(message)
}

/** Loads the SDK (30 MB, a quarter of a second) with the first code or text, not with every process. */
function smsBy(load: () => Promise<SmsProvider>): SmsProvider {
  let loading: Promise<SmsProvider> | undefined
  const provider = (): Promise<SmsProvider> => (loading ??= load())
  return {
    startVerification: async (request) => (await provider()).startVerification(request),
    checkVerification: async (started, code) => (await provider()).checkVerification(started, code),
    cancelVerification: async (started) => (await provider()).cancelVerification(started),
    sendMessage: async (message) => (await provider()).sendMessage(message),
    readReport: async (path, rawBody, signature) => (await provider()).readReport(path, rawBody, signature),
  }
}

async function closeAll(pool: pg.Pool, redis: RedisClient | undefined): Promise<void> {
  if (redis?.isOpen) redis.destroy()
  await pool.end()
}

/** Opens what the configuration names. Nothing is asked of the database yet. */
export function createContext(config: Config, options: ContextOptions): AppContext {
  if (!config.DATABASE_URL.startsWith('postgres')) throw new ConfigError('DATABASE_URL must begin with postgresql://')
  const log = options.log ?? createLog({ level: config.LOG_LEVEL, name: options.processName })
  const metrics = createMetrics()
  const { db, pool } = openDatabase({
    url: config.DATABASE_URL,
    poolSize: config.DATABASE_POOL_SIZE,
    applicationName: `dhow-${options.processName}`,
  })
  const redis = config.REDIS_URL ? openRedis(config.REDIS_URL, log) : undefined
  const cacheHits = metrics.requestSeconds.labels({ endpoint: 'cached', status: '2xx' })
  const clock = options.clock ?? systemClock
  const stripe = openStripe(config, metrics, clock)
  const sealer = createSealer({ dataKey: config.DATA_KEY, tokenKey: config.TOKEN_KEY })
  return {
    config,
    db,
    clock,
    log,
    metrics,
    sealer,
    keyring: createKeyring({ db, sealer, clock, log }),
    sessions: createSessionCache(clock),
    staffAddresses: createAddressList(config.STAFF_IP_ALLOWLIST),
    cache: createPublicCache({ freshSeconds: config.PUBLIC_CACHE_SECONDS, onHit: () => cacheHits.observe(0) }),
    limits: createRateLimits(config, { redis, db, clock, sealer, metrics }),
    redis,
    providers: {
      payments: {
        stripe: createStripeProvider(stripe),
        ...(config.TABBY_SECRET_KEY !== '' && { tabby: createTabbyProvider(config, metrics, clock) }),
        ...(config.TAMARA_API_TOKEN !== '' && { tamara: createTamaraProvider(config, metrics, clock) }),
        cod: createCodProvider(config), // also when it is not offered any more: promises of cash are kept
      },
      cards: createCardVault(stripe),
      sendEmail: sendEmailBy(() =>
        import('./providers/email/sendgrid.ts').then((module) => module.createSendGrid(config, metrics)),
      ),
      sms: smsBy(() => import('./providers/sms/twilio.ts').then((module) => module.createTwilio(config, metrics))),
    },
    lifecycle: { isDraining: false },
    close: () => closeAll(pool, redis),
  }
}
