import { chmodSync, mkdtempSync } from 'node:fs'
import path from 'node:path'
import { inject, onTestFinished } from 'vitest'
import { startPostgres } from '../../scripts/embedded/embedded-postgres.ts'
import { removePostgresData } from '../../scripts/embedded/postgres-data.ts'
import { processesWorkingIn, sendSignal } from '../../scripts/embedded/processes.ts'
import { createDatabase, makeTemplate, runCommand } from '../harness/services.ts'

export interface OwnPostgres {
  /** Migrated; `startTestApp({ templateUrl })` clones it. */
  templateUrl: string
  /** `kill -9` of the postmaster and every one of its back ends, as when the machine dies under them, and a start on the same data and port. */
  killAndRestart(): Promise<void>
}

/** A PostgreSQL of the test's own, which it may kill. What it has committed it keeps, unlike the one all tests share. */
export async function startOwnPostgres(): Promise<OwnPostgres> {
  const { directory } = inject('services')
  const home = mkdtempSync(path.join(directory, 'own-'))
  chmodSync(home, 0o755) // the unprivileged user that runs PostgreSQL must get through
  const start = (port: number) =>
    startPostgres({
      home,
      port,
      durable: true,
      settings: { shared_preload_libraries: 'pg_stat_statements' },
      logFile: path.join(directory, `${path.basename(home)}.log`),
      note: () => undefined,
    })
  let postgres = await start(0)
  onTestFinished(async () => {
    await postgres.stop()
    removePostgresData(home)
  })
  const templateUrl = postgres.urlOf('template_own')
  await createDatabase(templateUrl)
  await runCommand('apps/api/src/migrate.ts', { DATABASE_URL: templateUrl })
  await makeTemplate(templateUrl)
  return {
    templateUrl,
    async killAndRestart() {
      // Each back end leads a group of its own: the postmaster's group is the postmaster alone.
      for (const pid of [postgres.pid, ...processesWorkingIn(postgres.dataDirectory)]) sendSignal(pid, 'SIGKILL')
      await postgres.stop() // nothing is left to stop, but its guard
      postgres = await start(postgres.port)
    },
  }
}
