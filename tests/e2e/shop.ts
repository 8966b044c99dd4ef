import { mkdtempSync, rmSync } from 'node:fs'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createApiClient } from '@dhow/api-client/api-client.ts'
import type { ApiClient } from '@dhow/api-client/api-client.ts'
import { Pool } from 'pg'
import { afterAll, inject } from 'vitest'
import { startSandbox } from '../../apps/sandbox/src/app.ts'
import type { RunningSandbox } from '../../apps/sandbox/src/app.ts'
import { findFreePort } from '../../scripts/embedded/ports.ts'
import { startService, waitUntilReady } from '../../scripts/launcher/child-process.ts'
import type { Service } from '../../scripts/launcher/child-process.ts'
import { makeSecrets, sandboxSettings, STRIPE_WEBHOOK_EVENTS } from '../../scripts/launcher/settings.ts'
import { buildIfChanged } from '../../scripts/launcher/app-build.ts'
import { demoTemplate } from '../harness/demo-template.ts'
import { claimRedis, cloneDatabase, dropDatabase } from '../harness/services.ts'

export interface Shop {
  /** The website's origin. */
  url: string
  apiUrl: string
  api: ApiClient
  db: Pool
  sandbox: RunningSandbox
  /** Runs `work` while the API is stopped, and starts it again. */
  withoutApi(work: () => Promise<void>): Promise<void>
}

const ROOT = path.resolve(import.meta.dirname, '../..')
const WEBSITE = 'apps/web/dist/server/main.js'
const unlimited = '100000000'

interface Addresses {
  website: string
  ports: { web: number; api: number }
  databaseUrl: string
  redisUrl: string
  mediaDirectory: string
}

/** Production mode, sandbox providers, and no limits: a whole file's shoppers come from one address. */
function environment({ website, ports, databaseUrl, redisUrl, mediaDirectory }: Addresses, sandboxUrl: string) {
  return {
    PATH: process.env['PATH'],
    NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
    NODE_ENV: 'production',
    LOG_LEVEL: 'warn',
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    MEDIA_DIR: mediaDirectory,
    PORT: String(ports.web),
    API_PORT: String(ports.api),
    API_URL: `http://127.0.0.1:${ports.api}`,
    WEBSITE_URL: website,
    RATE_LIMIT_BROWSE_PER_MINUTE: unlimited,
    RATE_LIMIT_CART_PER_MINUTE: unlimited,
    RATE_LIMIT_CHECKOUT_PER_MINUTE: unlimited,
    RATE_LIMIT_ORDER_LOOKUP_PER_HOUR: unlimited,
    RATE_LIMIT_SIGN_IN_PER_10_MINUTES: unlimited,
    RATE_LIMIT_ONE_TIME_CODE_PER_10_MINUTES: unlimited,
    RATE_LIMIT_TOKEN_REFRESH_PER_MINUTE: unlimited,
    RATE_LIMIT_ACCOUNT_PER_MINUTE: unlimited,
    OTP_LIMITS: 'phone 100/60; ip 10000/60',
    OTP_PROOF_COST: '100',
    ...makeSecrets(),
    ...sandboxSettings(sandboxUrl),
  }
}

async function prepareAddresses(): Promise<Addresses> {
  const services = inject('services')
  const { templateUrl, mediaDirectory } = await demoTemplate(services)
  const ports = { web: await findFreePort(), api: await findFreePort() }
  const [databaseUrl, redisUrl] = await Promise.all([cloneDatabase(templateUrl), claimRedis(services.redisUrl)])
  return { website: `http://localhost:${ports.web}`, ports, databaseUrl, redisUrl, mediaDirectory }
}

/** The API, the worker and the website as real processes; `start` names one of them and waits until it is ready. */
function processesOf(env: NodeJS.ProcessEnv, { ports }: Addresses, logDirectory: string) {
  const running = new Map<string, Service>()
  const never = new AbortController().signal
  const parts = {
    api: { entry: 'apps/api/src/main.ts', port: ports.api },
    worker: { entry: 'apps/api/src/worker.ts', port: undefined },
    web: { entry: WEBSITE, port: ports.web },
  }
  async function start(name: keyof typeof parts, extraEnv: Record<string, string> = {}): Promise<void> {
    const { entry, port } = parts[name]
    const service = startService({ name, entry, cwd: ROOT, env: { ...env, ...extraEnv }, logDirectory })
    running.set(name, service)
    const listensAt = port ?? Number(extraEnv['WORKER_PORT'])
    await waitUntilReady(service, `http://127.0.0.1:${listensAt}/health/ready`, never)
  }
  const stop = async (name: string): Promise<void> => {
    await running.get(name)?.stop()
    running.delete(name)
  }
  return { start, stop, stopAll: () => Promise.all([...running.keys()].map(stop)) }
}

/** A shop's own; some need to know where the sandbox is. */
type Settings = NodeJS.ProcessEnv | ((sandboxUrl: string) => NodeJS.ProcessEnv)

/**
 * The whole shop for a test file, as it runs in production: a database with the demo catalogue, the sandbox in this process, and
 * API, worker and website as child processes on free ports. Ends after the file's tests, and when this process dies. `settings`
 * are this shop's own.
 */
export async function startShop(settings: Settings = {}): Promise<Shop> {
  if (!existsSync(path.join(ROOT, WEBSITE))) await buildIfChanged('web')
  const addresses = await prepareAddresses()
  const { website, ports, databaseUrl } = addresses
  const webhookUrl = (provider: string) => `http://127.0.0.1:${ports.api}/webhooks/${provider}`
  const sandbox = await startSandbox({
    stripe: { webhookUrl: webhookUrl('stripe'), webhookEvents: STRIPE_WEBHOOK_EVENTS },
    tabby: { webhookUrl: webhookUrl('tabby') },
    tamara: { webhookUrl: webhookUrl('tamara') },
    websiteOrigins: [website],
    webhookRetryDelaysMs: [200, 500, 1_000, 2_000],
  })
  const logDirectory = mkdtempSync(path.join(tmpdir(), 'dhow-e2e-'))
  const own = typeof settings === 'function' ? settings(sandbox.url) : settings
  const processes = processesOf({ ...environment(addresses, sandbox.url), ...own }, addresses, logDirectory)
  const db = new Pool({ connectionString: databaseUrl, max: 2 })
  db.on('error', () => {}) // dropping the database ends its connections
  afterAll(async () => {
    await processes.stopAll()
    await sandbox.close()
    await db.end()
    await dropDatabase(databaseUrl)
    rmSync(logDirectory, { recursive: true, force: true })
  })
  const workerPort = String(await findFreePort())
  await Promise.all([
    processes.start('api'),
    processes.start('worker', { WORKER_PORT: workerPort }),
    processes.start('web'),
  ])
  const apiUrl = `http://127.0.0.1:${ports.api}`
  return {
    url: website,
    apiUrl,
    api: createApiClient({ baseUrl: apiUrl }),
    db,
    sandbox,
    async withoutApi(work) {
      await processes.stop('api')
      try {
        await work()
      } finally {
        await processes.start('api')
      }
    },
  }
}
