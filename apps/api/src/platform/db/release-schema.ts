import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { sql } from 'kysely'
import type { Db } from './database.ts'

const directory = new URL('../../../migrations/', import.meta.url)
export interface Migration {
  name: string
  sql: string
  checksum: string
}

/** The migrations of this release, in order. */
export function readMigrations(): Migration[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .map((name) => {
      const text = readFileSync(new URL(name, directory), 'utf8')
      return { name, sql: text, checksum: createHash('sha256').update(text).digest('hex') }
    })
}

/** Throws unless the database has every migration of this release: a process never serves a schema it does not know. */
export async function requireMigrated(db: Db): Promise<void> {
  const exists = await sql<{ found: boolean }>`select to_regclass('schema_migrations') is not null as found`.execute(db)
  if (!exists.rows[0]?.found) throw new Error('the database is empty: run npm run db:migrate')
  const { rows } = await sql<{ name: string }>`select name from schema_migrations`.execute(db)
  const applied = new Set(rows.map((row) => row.name))
  const pending = readMigrations().filter((migration) => !applied.has(migration.name))
  if (pending.length > 0)
    throw new Error(
      `the database lacks ${pending.map((migration) => migration.name).join(', ')}: run npm run db:migrate`,
    )
}
