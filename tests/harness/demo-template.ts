import path from 'node:path'
import { Client } from 'pg'
import { makeTemplate, runCommand } from './services.ts'
import type { ServiceFacts } from './services.ts'

export interface DemoTemplate {
  templateUrl: string
  /** Where the demo's pictures are. */
  mediaDirectory: string
}

const NAME = 'template_demo'

/**
 * A template with the demo catalogue in it, made by the seed command for whoever asks first in a run; others wait for it.
 * Takes some seconds once, then only a look.
 */
export async function demoTemplate({ templateUrl, directory }: ServiceFacts): Promise<DemoTemplate> {
  const demo = new URL(templateUrl)
  const admin = new URL(templateUrl)
  demo.pathname = `/${NAME}`
  admin.pathname = '/postgres'
  const made = { templateUrl: demo.href, mediaDirectory: path.join(directory, 'demo-media') }
  const client = new Client({ connectionString: admin.href })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(hashtext($1))', [NAME])
    const found = await client.query('select from pg_database where datname = $1 and datistemplate', [NAME])
    if (found.rowCount === 0) await makeDemo(client, made, new URL(templateUrl).pathname.slice(1))
    return made
  } finally {
    await client.end() // and with it the lock
  }
}

async function makeDemo(client: Client, { templateUrl, mediaDirectory }: DemoTemplate, migrated: string) {
  await client.query(`drop database if exists ${NAME}`) // what a failed try left
  await client.query(`create database ${NAME} template ${migrated}`)
  await runCommand('apps/api/src/seed.ts', { DATABASE_URL: templateUrl, MEDIA_DIR: mediaDirectory })
  await analyse(templateUrl)
  await makeTemplate(templateUrl)
}

/** Statistics are copied with each clone; autovacuum, which would make them, is off in tests. */
async function analyse(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query('vacuum analyze')
  await client.end()
}
