import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Pool } from 'pg'
import { afterAll, inject } from 'vitest'
import { startSandbox } from '../../apps/sandbox/src/app.ts'
import type { RunningSandbox } from '../../apps/sandbox/src/app.ts'
import { findFreePort } from '../../scripts/embedded/ports.ts'
import { buildIfChanged } from '../../scripts/launcher/app-build.ts'
import { runCommand, startService, waitUntilReady } from '../../scripts/launcher/child-process.ts'
import type { Service } from '../../scripts/launcher/child-process.ts'
import { makeSecrets, sandboxSettings } from '../../scripts/launcher/settings.ts'
import { claimRedis, cloneDatabase, dropDatabase } from '../harness/services.ts'

export interface BackOffice {
  /** The back office's origin. */
  url: string
  apiUrl: string
  db: Pool
  sandbox: RunningSandbox
  /** Runs `npm run staff -- …` and gives the last line it said: of an invitation, the link. */
  staffCommand(...args: string[]): Promise<string>
  /** Runs `work` while the API is stopped, and starts it again. */
  withoutApi(work: () => Promise<void>): Promise<void>
}

const ROOT = path.resolve(import.meta.dirname, '../..')
const unlimited = '100000000'
const never = new AbortController().signal

const parts = {
  api: { entry: 'apps/api/src/main.ts', portVariable: 'API_PORT' },
  worker: { entry: 'apps/api/src/worker.ts', portVariable: 'WORKER_PORT' },
  admin: { entry: 'apps/admin/server/main.ts', portVariable: 'ADMIN_PORT' },
} as const
type Part = keyof typeof parts

function processesOf(env: Record<string, string | undefined>, logDirectory: string) {
  const running = new Map<Part, Service>()
  async function start(name: Part): Promise<void> {
    const { entry, portVariable } = parts[name]
    const service = startService({ name, entry, cwd: ROOT, env, logDirectory })
    running.set(name, service)
    await waitUntilReady(service, `http://127.0.0.1:${env[portVariable]}/health/ready`, never)
  }
  const stop = async (name: Part): Promise<void> => {
    await running.get(name)?.stop()
    running.delete(name)
  }
  return { start, stop, stopAll: () => Promise.all([...running.keys()].map(stop)) }
}

async function environment(sandboxUrl: string, mediaDirectory: string) {
  const services = inject('services')
  const [api, worker, admin] = [await findFreePort(), await findFreePort(), await findFreePort()]
  return {
    PATH: process.env['PATH'],
    NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
    NODE_ENV: 'production',
    LOG_LEVEL: 'warn',
    DATABASE_URL: await cloneDatabase(services.templateUrl),
    REDIS_URL: await claimRedis(services.redisUrl),
    MEDIA_DIR: mediaDirectory,
    API_PORT: String(api),
    WORKER_PORT: String(worker),
    ADMIN_PORT: String(admin),
    API_URL: `http://127.0.0.1:${api}`,
    ADMIN_URL: `http://localhost:${admin}`,
    RATE_LIMIT_TOKEN_REFRESH_PER_MINUTE: unlimited,
    RATE_LIMIT_STAFF_SIGN_IN_PER_10_MINUTES: unlimited,
    RATE_LIMIT_STAFF_PER_MINUTE: unlimited,
    ...makeSecrets(),
    ...sandboxSettings(sandboxUrl),
  }
}

/**
 * The back office for a test file, as in production: an empty database, the sandbox in this process, and API, worker and the back
 * office's server as child processes on free ports. Ends after the file's tests, and when this process dies.
 */
export async function startBackOffice(): Promise<BackOffice> {
  if (!existsSync(path.join(ROOT, 'apps/admin/dist/index.html'))) await buildIfChanged('admin')
  const sandbox = await startSandbox({})
  const logDirectory = mkdtempSync(path.join(tmpdir(), 'dhow-e2e-admin-'))
  const env = await environment(sandbox.url, logDirectory)
  const processes = processesOf(env, logDirectory)
  const db = new Pool({ connectionString: env.DATABASE_URL, max: 2 })
  db.on('error', () => {}) // dropping the database ends its connections
  afterAll(async () => {
    await processes.stopAll()
    await sandbox.close()
    await db.end()
    await dropDatabase(env.DATABASE_URL)
    rmSync(logDirectory, { recursive: true, force: true })
  })
  await Promise.all([processes.start('api'), processes.start('worker'), processes.start('admin')])
  let commands = 0
  return {
    url: env.ADMIN_URL,
    apiUrl: env.API_URL,
    db,
    sandbox,
    staffCommand(...args) {
      commands += 1
      const name = `staff-${commands}`
      return runCommand({ name, entry: 'apps/api/src/staff.ts', args, cwd: ROOT, env, logDirectory }, never)
    },
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
