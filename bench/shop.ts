import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { startPostgres } from '../scripts/embedded/embedded-postgres.ts'
import { startRedis } from '../scripts/embedded/embedded-redis.ts'
import { findFreePort } from '../scripts/embedded/ports.ts'
import {
  compiledCodeIn,
  makeSecrets,
  PROCESS_FLAGS,
  sandboxSettings,
  STRIPE_WEBHOOK_EVENTS,
} from '../scripts/launcher/settings.ts'

const root = path.resolve(import.meta.dirname, '..')

export interface Part {
  url: string
  pid: number
  /** Milliseconds from start to ready. */
  startMs: number
  stop: () => Promise<void>
}

export interface BenchShop {
  databaseUrl: string
  sandbox: Part
  /** Before Node had kept any of its code compiled. */
  apiFirstStartMs: number
  /** As it runs in production: started again. */
  api: Part
  /** The same with its cache of finished answers off. */
  apiUncached: Part
  ceilings: Part
  env: NodeJS.ProcessEnv
  start(script: string, env: Record<string, string>, readyPath?: string): Promise<Part>
  run(script: string, args?: readonly string[]): Promise<string>
  stop(): Promise<void>
}

/** Resident memory in MB, as the kernel counts it. */
export function residentMb(pid: number): number {
  const match = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Math.round(Number(match?.[1] ?? 0) / 1024)
}

async function waitFor(url: string, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${url}: ended with ${child.exitCode} before it was ready`)
    const answer = await fetch(url).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

function stopChild(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}

const unlimited = '100000000'

function settings(
  ports: Record<'api' | 'sandbox' | 'web', number>,
  databaseUrl: string,
  redisUrl: string | undefined,
  home: string,
) {
  const sandboxUrl = `http://127.0.0.1:${ports.sandbox}`
  return {
    PATH: process.env['PATH'],
    NODE_ENV: 'production',
    LOG_LEVEL: 'warn',
    DATABASE_URL: databaseUrl,
    ...(redisUrl ? { REDIS_URL: redisUrl } : {}),
    ...makeSecrets(),
    ...sandboxSettings(sandboxUrl),
    ...compiledCodeIn(home),
    MEDIA_DIR: path.join(home, 'media'),
    API_PORT: String(ports.api),
    API_URL: `http://127.0.0.1:${ports.api}`,
    PORT: String(ports.web),
    WEBSITE_URL: `http://localhost:${ports.web}`,
    SANDBOX_PORT: String(ports.sandbox),
    SANDBOX_PUBLIC_URL: sandboxUrl,
    SANDBOX_STRIPE_WEBHOOK_URL: `http://127.0.0.1:${ports.api}/webhooks/stripe`,
    SANDBOX_STRIPE_WEBHOOK_EVENTS: STRIPE_WEBHOOK_EVENTS.join(','),
    RATE_LIMIT_BROWSE_PER_MINUTE: unlimited,
    RATE_LIMIT_CART_PER_MINUTE: unlimited,
    RATE_LIMIT_CHECKOUT_PER_MINUTE: unlimited,
    RATE_LIMIT_ORDER_LOOKUP_PER_HOUR: unlimited,
    RATE_LIMIT_SIGN_IN_PER_10_MINUTES: unlimited,
    RATE_LIMIT_TOKEN_REFRESH_PER_MINUTE: unlimited,
    RATE_LIMIT_ACCOUNT_PER_MINUTE: unlimited,
  }
}

/** Starts PostgreSQL (fsync on), Redis, sandbox, API and worker as separate processes on free ports, in production mode. */
export async function startBenchShop(home: string, prepare: (shop: BenchShop) => Promise<void>): Promise<BenchShop> {
  const postgres = await startPostgres({
    home,
    port: 0,
    durable: true,
    settings: { shared_preload_libraries: 'pg_stat_statements', 'pg_stat_statements.track_utility': 'on' },
    logFile: path.join(home, 'postgres.log'),
    note: () => undefined,
  })
  const redis = await startRedis({ port: 0, logFile: path.join(home, 'redis.log') })
  const ports = { api: await findFreePort(), sandbox: await findFreePort(), web: await findFreePort() }
  const children: ChildProcess[] = []
  const databaseUrl = postgres.urlOf('postgres')
  const env = settings(ports, databaseUrl, redis.kind === 'in-process' ? undefined : redis.url, home)

  async function start(script: string, extra: Record<string, string>, readyPath = '/health/ready'): Promise<Part> {
    const startedAt = performance.now()
    const port = extra['LISTEN_PORT'] ?? extra['API_PORT'] ?? env.API_PORT
    const child = spawn(process.execPath, [...PROCESS_FLAGS, path.join(root, script)], {
      cwd: root,
      env: { ...env, ...extra },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    children.push(child)
    const url = `http://127.0.0.1:${port}`
    await waitFor(`${url}${readyPath}`, child)
    return {
      url,
      pid: child.pid ?? 0,
      startMs: Math.round(performance.now() - startedAt),
      stop: () => stopChild(child),
    }
  }

  function run(script: string, args: readonly string[] = []): Promise<string> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [path.join(root, script), ...args], {
        cwd: root,
        env,
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      let output = ''
      child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
      child.once('exit', (code) => (code === 0 ? resolve(output) : reject(new Error(`${script} ended with ${code}`))))
    })
  }

  const none: Part = { url: '', pid: 0, startMs: 0, stop: async () => undefined }
  const shop: BenchShop = {
    databaseUrl,
    sandbox: none,
    apiFirstStartMs: 0,
    api: none,
    apiUncached: none,
    ceilings: none,
    env,
    start,
    run,
    async stop() {
      await Promise.all(children.map(stopChild))
      if (redis.kind !== 'in-process') await redis.stop()
      await postgres.stop()
    },
  }
  try {
    await run('apps/api/src/migrate.ts')
    await prepare(shop)
    shop.sandbox = await start('apps/sandbox/src/main.ts', { LISTEN_PORT: String(ports.sandbox) }, '/')
    const first = await start('apps/api/src/main.ts', {})
    await first.stop()
    shop.apiFirstStartMs = first.startMs
    shop.api = await start('apps/api/src/main.ts', {})
    shop.apiUncached = await start('apps/api/src/main.ts', {
      API_PORT: String(await findFreePort()),
      PUBLIC_CACHE_SECONDS: '0',
    })
    shop.ceilings = await start(
      'bench/ceiling-server.ts',
      { LISTEN_PORT: String(await findFreePort()), BENCH_API_URL: shop.api.url },
      '/ready',
    )
    return shop
  } catch (error) {
    await shop.stop()
    throw error
  }
}
