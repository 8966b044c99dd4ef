import { Client, escapeIdentifier } from 'pg'
import type { EmbeddedPostgres } from '../embedded/embedded-postgres.ts'

/** The shop's database. */
export const DATABASE = 'dhow'

/** Creates the shop's database when it is not there, and returns its URL. */
export async function ensureDatabase(postgres: EmbeddedPostgres): Promise<string> {
  const client = new Client({ connectionString: postgres.urlOf('postgres') })
  await client.connect()
  try {
    const found = await client.query('select from pg_database where datname = $1', [DATABASE])
    if (found.rowCount === 0) await client.query(`create database ${escapeIdentifier(DATABASE)}`)
  } finally {
    await client.end()
  }
  return postgres.urlOf(DATABASE)
}
