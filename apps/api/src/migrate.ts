import { ConfigError, readConfig } from './config.ts'
import { migrate } from './platform/db/migrations.ts'

try {
  const applied = await migrate(readConfig().DATABASE_URL)
  process.stdout.write(applied.length === 0 ? 'the database is up to date\n' : `applied ${applied.join(', ')}\n`)
} catch (error) {
  process.stderr.write(
    `${error instanceof ConfigError ? error.message : String(error instanceof Error && error.cause ? error.cause : error)}\n`,
  )
  process.exitCode = 1
}
