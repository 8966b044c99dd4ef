import { spawn } from 'node:child_process'
import path from 'node:path'
import { readLauncherConfig, ROOT, type LauncherConfig } from './launcher/config.ts'
import { AlreadyRunningError } from './launcher/run-file.ts'
import { messageOf, runSession } from './launcher/session.ts'
import { ensureSecrets, shopEnvironment } from './launcher/settings.ts'
import { runMigrations, startDatabase } from './launcher/shop.ts'

/**
 * `node scripts/with-database.ts apps/api/src/seed.ts …` runs a command of the shop against its database: the one of
 * DATABASE_URL when that is set (then with the environment as it is), the one of the shop that is running, or one started just
 * for this.
 */
async function main(): Promise<number> {
  const [entry, ...args] = process.argv.slice(2)
  if (entry === undefined) throw new Error('Usage: node scripts/with-database.ts <entry.ts> [arguments]')
  const run = (env: NodeJS.ProcessEnv) => runInForeground([path.resolve(ROOT, entry), ...args], env)
  if (process.env['DATABASE_URL']) return run(process.env)
  const config = readLauncherConfig(process.env)
  const environment = (databaseUrl: string) =>
    shopEnvironment({ config, secrets: ensureSecrets(config.home), databaseUrl, redisUrl: undefined })
  try {
    return await runSession(anyDatabasePort(config), `The command ${path.basename(entry, '.ts')}`, async (start) => {
      const env = environment(await startDatabase(start))
      if (!entry.endsWith('/migrate.ts')) await runMigrations(start, env) // a fresh home has no tables yet
      return run(env)
    })
  } catch (error) {
    if (error instanceof AlreadyRunningError && error.databaseUrl) return run(environment(error.databaseUrl))
    throw error
  }
}

/** Nobody needs to find a database that lives for one command, so its port need not be the usual one, or free. */
function anyDatabasePort(config: LauncherConfig): LauncherConfig {
  return { ...config, ports: { ...config.ports, postgres: 0 } }
}

/** Runs with our own terminal, so that progress is drawn and Ctrl-C is the command's to handle. */
function runInForeground(command: string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve, reject) => {
    // npm moves to the repository's root; a file named on the command line is meant from where the person stands.
    const child = spawn(process.execPath, command, {
      cwd: process.env['INIT_CWD'] ?? process.cwd(),
      env,
      stdio: 'inherit',
    })
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(signal === null ? (code ?? 1) : 1))
  })
}

try {
  process.exit(await main())
} catch (error) {
  console.error(messageOf(error))
  process.exit(1)
}
