import path from 'node:path'
import { startPostgres } from '../embedded/embedded-postgres.ts'
import { startRedis } from '../embedded/embedded-redis.ts'
import { findFreePort } from '../embedded/ports.ts'
import { sendSignal } from '../embedded/processes.ts'
import { buildIfChanged, type BuiltApp } from './app-build.ts'
import { runCommand, startService, tailOf, waitUntilReady } from './child-process.ts'
import { ROOT, type LauncherConfig } from './config.ts'
import { ensureDatabase } from './database.ts'
import type { RunFile } from './run-file.ts'
import { PROCESS_FLAGS, ensureSecrets, shopEnvironment } from './settings.ts'
import type { Steps } from './steps.ts'
import type { Supervisor } from './supervisor.ts'

/** What every part of a start needs: where, how to say what happens, and who looks after the processes. */
export type ShopStart = {
  config: LauncherConfig
  steps: Steps
  supervisor: Supervisor
  runFile: RunFile
  /** `npm run dev`: what is edited is reloaded, and nothing is built. */
  isDevelopment?: boolean
}

/** Starts all of the shop, in the order in which one part needs another, side by side where none does. */
export async function startShop(start: ShopStart): Promise<void> {
  const secrets = ensureSecrets(start.config.home)
  const [databaseUrl, redisUrl] = await Promise.all([startDatabase(start), startCache(start), buildApps(start)])
  const shop = shopEnvironment({ config: start.config, secrets, databaseUrl, redisUrl })
  const env = start.isDevelopment ? { ...shop, NODE_ENV: 'development' } : shop
  await runMigrations(start, env)
  await runStep(start, { title: 'Demo catalogue', name: 'seed', entry: 'apps/api/src/seed.ts', env })
  await startProcesses(start, env)
}

/** PostgreSQL and the shop's database in it; the commands beside `npm start` need no more. Returns the database's URL. */
export async function startDatabase(start: ShopStart): Promise<string> {
  const { config, steps, supervisor, runFile } = start
  const logFile = path.join(config.home, 'logs/postgres.log')
  const settings = { shared_preload_libraries: 'pg_stat_statements', max_connections: '200' }
  const options = { home: config.home, port: config.ports.postgres, durable: true, settings, logFile }
  const postgres = await steps.run(
    'PostgreSQL',
    () =>
      supervisor.adopt(startPostgres({ ...options, note: steps.note, signal: supervisor.signal }), (started) => ({
        ...started,
        name: 'postgres',
        kill: () => sendSignal(started.pid, 'SIGQUIT'), // "immediate": unlike SIGKILL it leaves no shared memory behind
        lastWords: () => `PostgreSQL ended. The end of ${logFile}:\n${tailOf(logFile)}`,
      })),
    ({ version, port }) => ({ title: `PostgreSQL ${version}`, detail: `port ${port}` }),
  )
  const url = await ensureDatabase(postgres)
  runFile.setDatabaseUrl(url)
  return url
}

/** Redis if this machine has one. Returns its URL, or undefined when the API is to use its in-process store. */
async function startCache({ config, steps, supervisor }: ShopStart): Promise<string | undefined> {
  const logFile = path.join(config.home, 'logs/redis.log')
  const options = { port: config.ports.redis, logFile, signal: supervisor.signal }
  const starting = () =>
    supervisor.adopt(startRedis(options), (started) => {
      if (started.kind === 'in-process') return undefined
      const lastWords = () => `redis-server ended. The end of ${logFile}:\n${tailOf(logFile)}`
      return { ...started, name: 'redis', lastWords, kill: () => sendSignal(started.pid, 'SIGKILL') }
    })
  const redis = await steps.run('Redis', starting, (started) =>
    started.kind === 'server'
      ? { title: `Redis ${started.version}`, detail: `port ${started.port}` }
      : { detail: `in-process store, because ${started.reason}` },
  )
  return redis.kind === 'server' ? redis.url : undefined
}

/** Brings the database's tables up to date. */
export async function runMigrations(start: ShopStart, env: NodeJS.ProcessEnv): Promise<void> {
  await runStep(start, { title: 'Migrations', name: 'migrate', entry: 'apps/api/src/migrate.ts', env })
}

/** One after the other: each takes all cores there are. */
async function buildApps({ isDevelopment, steps, supervisor }: ShopStart): Promise<void> {
  const build = (title: string, app: BuiltApp) =>
    steps.run(title, () => buildIfChanged(app, supervisor.signal), describeBuild)
  if (isDevelopment) return
  await build('Website build', 'web')
  await build('Back office build', 'admin')
}

function describeBuild(built: boolean): { detail: string } {
  return { detail: built ? 'built' : 'nothing has changed' }
}

type CommandStep = { title: string; name: string; entry: string; env: NodeJS.ProcessEnv }

async function runStep(
  { config, steps, supervisor }: ShopStart,
  { title, name, entry, env }: CommandStep,
): Promise<void> {
  const logDirectory = path.join(config.home, 'logs')
  const run = () => runCommand({ name, entry, cwd: ROOT, env, logDirectory }, supervisor.signal)
  await steps.run(title, run, (lastLine) => ({ detail: lastLine }))
}

type Process = { name: string; entry: string; port: number; path: string; extraEnv?: Record<string, string> }

async function startProcesses(start: ShopStart, env: NodeJS.ProcessEnv): Promise<void> {
  const { ports } = start.config
  const workerPort = await findFreePort()
  const processes: Process[] = [
    { name: 'sandbox', entry: 'apps/sandbox/src/main.ts', port: ports.sandbox, path: '/' },
    { name: 'api', entry: 'apps/api/src/main.ts', port: ports.api, path: '/health/ready' },
    {
      name: 'worker',
      entry: 'apps/api/src/worker.ts',
      port: workerPort,
      path: '/health/ready',
      extraEnv: { WORKER_PORT: String(workerPort) },
    },
    {
      name: 'web',
      entry: start.isDevelopment ? 'apps/web/scripts/dev.ts' : 'apps/web/dist/server/main.js',
      port: ports.web,
      path: '/health/ready',
    },
    {
      name: 'admin',
      entry: start.isDevelopment ? 'apps/admin/scripts/dev.ts' : 'apps/admin/server/main.ts',
      port: ports.admin,
      path: '/health/ready',
    },
  ]
  await Promise.all(processes.map((process) => startProcess(start, process, env)))
}

async function startProcess(start: ShopStart, process: Process, env: NodeJS.ProcessEnv): Promise<void> {
  const { config, steps, supervisor } = start
  const { name, entry, port, path: readyPath, extraEnv } = process
  const logDirectory = path.join(config.home, 'logs')
  // The development servers of website and back office reload by themselves.
  const reloadsItself = name === 'web' || name === 'admin'
  const watchFlags = start.isDevelopment && !reloadsItself ? ['--watch', '--watch-preserve-output'] : []
  const nodeOptions = [...PROCESS_FLAGS, ...watchFlags]
  await steps.run(`Process ${name}`, async () => {
    supervisor.signal.throwIfAborted()
    const service = startService({ name, entry, nodeOptions, cwd: ROOT, env: { ...env, ...extraEnv }, logDirectory })
    await supervisor.adopt(Promise.resolve(service), (started) => started)
    await waitUntilReady(service, `http://127.0.0.1:${port}${readyPath}`, supervisor.signal)
  })
}
