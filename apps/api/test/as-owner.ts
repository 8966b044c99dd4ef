import { Client } from 'pg'

/** Runs SQL as the owner of the tables, as an administrator would: what the application's role is refused. */
export async function asOwner(databaseUrl: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
