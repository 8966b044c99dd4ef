import { runMigrations } from 'graphile-worker'
import pg from 'pg'
import { createRoles, grantToApp } from './roles.ts'
import { readMigrations } from './release-schema.ts'
import type { Migration } from './release-schema.ts'

const LOCK_ID = 7_140_225_101

async function applyPending(client: pg.Client, migrations: readonly Migration[]): Promise<string[]> {
  await client.query(`create table if not exists schema_migrations (
    name text primary key, checksum text not null, applied_at timestamptz not null default now())`)
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from schema_migrations',
  )
  const applied = new Map(rows.map((row) => [row.name, row.checksum]))
  const done: string[] = []
  for (const migration of migrations) {
    const checksum = applied.get(migration.name)
    if (checksum === migration.checksum) continue
    if (checksum)
      throw new Error(`migration ${migration.name} was edited after it was applied: write a new one instead`)
    await client.query('begin')
    try {
      await client.query("set local lock_timeout = '2s'")
      await client.query(migration.sql)
      await client.query('insert into schema_migrations (name, checksum) values ($1, $2)', [
        migration.name,
        migration.checksum,
      ])
      await client.query('commit')
    } catch (cause) {
      await client.query('rollback')
      throw new Error(`migration ${migration.name} failed`, { cause })
    }
    done.push(migration.name)
  }
  return done
}

/**
 * Brings a database to this release, and the job queue's own schema with it. Safe to run from several processes at once:
 * an advisory lock lets one work and the others find nothing to do. Returns the names applied.
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'dhow-migrate' })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK_ID])
    await createRoles(client)
    const done = await applyPending(client, readMigrations())
    await runMigrations({ connectionString: databaseUrl })
    await grantToApp(client)
    return done
  } finally {
    await client.end()
  }
}
