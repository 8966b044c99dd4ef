import { sql } from 'kysely'
import { Client } from 'pg'
import { afterAll, expect, test } from 'vitest'
import { startServices } from '../../../../../tests/harness/services.ts'
import { databaseOf } from './as-customer.ts'
import { openDatabase } from './database.ts'
import { migrate } from './migrations.ts'
import { requireMigrated } from './release-schema.ts'

// A cluster of its own: roles belong to all databases of one.
const { templateUrl, stop } = await startServices({ migrate: false })
afterAll(stop)

function urlOf(database: string, login?: { user: string; password: string }): string {
  const url = new URL(templateUrl)
  url.pathname = `/${database}`
  if (login) Object.assign(url, { username: login.user, password: login.password })
  return url.href
}

async function asAdministrator(...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: urlOf('postgres') })
  await client.connect()
  for (const statement of statements) await client.query(statement)
  await client.end()
}

test('five databases of one cluster are migrated at the same moment: one makes the roles, all have them', async () => {
  const names = ['one', 'two', 'three', 'four', 'five']
  await asAdministrator(...names.map((name) => `create database ${name}`))
  const applied = await Promise.all(names.map((name) => migrate(urlOf(name))))
  for (const migrations of applied) expect(migrations).toContain('0011-row-level-security.sql')
  expect(await migrate(urlOf('one'))).toEqual([])
})

test('logins that are no superusers migrate and serve: an owner of the tables, and a member of both roles', async () => {
  const owner = { user: 'shop_owner', password: 'owner' }
  const api = { user: 'shop_api', password: 'api' }
  await asAdministrator(
    `create role ${owner.user} login password '${owner.password}'`,
    `create role ${api.user} login password '${api.password}'`,
    `grant dhow_app, dhow_customer to ${owner.user}, ${api.user}`,
    `create database shop owner ${owner.user}`,
  )
  await migrate(urlOf('shop', owner))
  const { db, pool } = openDatabase({ url: urlOf('shop', api), poolSize: 2, applicationName: 'test' })
  try {
    await requireMigrated(db)
    const customer = databaseOf(db, '01930000-0000-7000-8000-0000000000aa')
    const who = sql<{ name: string }>`select current_user as name`
    expect((await who.execute(db)).rows).toEqual([{ name: 'dhow_app' }])
    expect((await who.execute(customer)).rows).toEqual([{ name: 'dhow_customer' }])
    expect((await sql`select id from orders`.execute(customer)).rows).toEqual([])
    await expect(sql`drop table orders`.execute(db)).rejects.toThrow(/must be owner/)
  } finally {
    await pool.end()
  }
})
