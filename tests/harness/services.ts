import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Client, escapeIdentifier } from 'pg'
import { createClient } from 'redis'
import { startPostgres } from '../../scripts/embedded/embedded-postgres.ts'
import { removePostgresData } from '../../scripts/embedded/postgres-data.ts'
import { startRedis } from '../../scripts/embedded/embedded-redis.ts'
import { makeSecrets, sandboxSettings } from '../../scripts/launcher/settings.ts'

/** What tests need to know to connect; plain data, so that it can be handed to the test processes. */
export type ServiceFacts = {
  /** The migrated database all test databases are cloned from. Nobody connects to it. */
  templateUrl: string
  /** The one real Redis of this run. Take a database of your own by {@link claimRedis}. */
  redisUrl: string
  /** Of this run alone, removed at its end. */
  directory: string
}

export type Services = ServiceFacts & { stop: () => Promise<void> }

const ROOT = path.resolve(import.meta.dirname, '../..')
const REDIS_DATABASES = 1_024
const SETTINGS = {
  max_connections: '400',
  shared_preload_libraries: 'pg_stat_statements',
  autovacuum: 'off',
  max_wal_size: '256MB', // it is in memory, below
}

/**
 * Starts one PostgreSQL 16 (fsync off) and one redis-server for a whole run, on free ports, in a home of their own below the
 * temporary directory, and migrates the template. Both end with `stop`, and by themselves if this process is killed.
 */
export async function startServices(options: { migrate?: boolean } = {}): Promise<Services> {
  const home = mkdtempSync(path.join(findFastDirectory(), 'dhow-test-'))
  chmodSync(home, 0o755) // the unprivileged user that runs PostgreSQL must get through
  const log = (name: string) => path.join(home, `${name}.log`)
  const postgres = await startPostgres({
    home,
    port: 0,
    durable: false,
    logFile: log('postgres'),
    note: () => {},
    settings: SETTINGS,
    removeIfOrphaned: home,
  })
  const redis = await startRedis({ port: 0, databases: REDIS_DATABASES, logFile: log('redis') })
  const stop = async () => {
    await Promise.all([postgres.stop(), redis.kind === 'server' ? redis.stop() : undefined])
    removePostgresData(home)
    rmSync(home, { recursive: true, force: true })
  }
  try {
    if (redis.kind !== 'server') throw new Error(`The tests need a real redis-server 7: ${redis.reason}`)
    const templateUrl = postgres.urlOf('template_dhow')
    await createDatabase(templateUrl)
    if (options.migrate ?? true) await runCommand('apps/api/src/migrate.ts', { DATABASE_URL: templateUrl })
    await makeTemplate(templateUrl)
    return { templateUrl, redisUrl: redis.url, directory: home, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/**
 * Memory where there is enough of it: a clone is some thousand small files, 50 ms there and 500 ms on a busy disk. Containers
 * give /dev/shm 64 MB unless told otherwise; two runs side by side need about one gigabyte.
 */
function findFastDirectory(): string {
  const memory = '/dev/shm'
  if (process.env['TMPDIR'] || !existsSync(memory)) return tmpdir()
  const { bavail, bsize } = statfsSync(memory)
  return bavail * bsize > 2 * 2 ** 30 ? memory : tmpdir()
}

/** Creates the empty database the URL names. */
export function createDatabase(databaseUrl: string): Promise<void> {
  const name = new URL(databaseUrl).pathname.slice(1)
  return inAdminDatabase(databaseUrl, `create database ${escapeIdentifier(name)}`)
}

/** A fresh database with the template's tables and rows. Returns its URL; costs some 50 ms. */
export async function cloneDatabase(templateUrl: string): Promise<string> {
  const url = new URL(templateUrl)
  const template = url.pathname.slice(1)
  const name = `test_${randomBytes(8).toString('hex')}`
  await inAdminDatabase(templateUrl, `create database ${escapeIdentifier(name)} template ${escapeIdentifier(template)}`)
  url.pathname = `/${name}`
  return url.href
}

/** Drops a cloned database, ending whatever is still connected. */
export async function dropDatabase(databaseUrl: string): Promise<void> {
  const name = new URL(databaseUrl).pathname.slice(1)
  if (!name.startsWith('test_')) throw new Error(`${name} is no cloned test database`)
  await inAdminDatabase(databaseUrl, `drop database if exists ${escapeIdentifier(name)} with (force)`)
}

/** The URL of an empty Redis database nobody else of this run uses, so that FLUSHDB is safe. Never send FLUSHALL. */
export async function claimRedis(redisUrl: string): Promise<string> {
  const url = new URL(redisUrl)
  url.pathname = '/0'
  const client = createClient({ url: url.href })
  await client.connect()
  try {
    const number = await client.incr('databases-taken')
    if (number >= REDIS_DATABASES)
      throw new Error(`More than ${REDIS_DATABASES} Redis databases were claimed in one run`)
    url.pathname = `/${number}`
    return url.href
  } finally {
    client.destroy()
  }
}

/** Makes a database one to clone from. Whoever connects to a template blocks its cloning, so nobody may. */
export function makeTemplate(databaseUrl: string): Promise<void> {
  const name = escapeIdentifier(new URL(databaseUrl).pathname.slice(1))
  return inAdminDatabase(databaseUrl, `alter database ${name} with is_template true allow_connections false`)
}

async function inAdminDatabase(url: string, statement: string): Promise<void> {
  const admin = new URL(url)
  admin.pathname = '/postgres'
  const client = new Client({ connectionString: admin.href })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** Runs a command of the shop to its end, exactly as the launcher does. Throws with all it said when it fails. */
export function runCommand(script: string, settings: Record<string, string>): Promise<void> {
  return new Promise((resolve, reject) => {
    const complete = { ...sandboxSettings('http://127.0.0.1:1'), ...makeSecrets() } // but nothing is called
    const child = spawn(process.execPath, [script], {
      cwd: ROOT,
      env: { ...process.env, ...complete, ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.once('error', reject)
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`${script} failed:\n${output}`))))
  })
}
