import { writeFileSync } from 'node:fs'
import { Client } from 'pg'
import { readConfig } from './config.ts'
import { migrate } from './platform/db/migrations.ts'
import { dumpSchema } from './platform/db/schema-dump.sql.ts'

const { DATABASE_URL } = readConfig()
await migrate(DATABASE_URL)
const client = new Client({ connectionString: DATABASE_URL })
await client.connect()
try {
  writeFileSync(new URL('../schema.sql', import.meta.url), await dumpSchema(client))
  process.stdout.write('wrote apps/api/schema.sql\n')
} finally {
  await client.end()
}
