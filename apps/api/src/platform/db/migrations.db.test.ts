import { inject, test, expect } from 'vitest'
import { asOwner } from '../../../test/as-owner.ts'
import { cloneDatabase, dropDatabase } from '../../../../../tests/harness/services.ts'
import { openDatabase } from './database.ts'
import { migrate } from './migrations.ts'
import { requireMigrated } from './release-schema.ts'

const open = (url: string) => openDatabase({ url, poolSize: 2, applicationName: 'test' })

test('a database with every migration is accepted, and migrating it again does nothing', async () => {
  const url = await cloneDatabase(inject('services').templateUrl)
  const { db, pool } = open(url)
  await requireMigrated(db)
  expect(await migrate(url)).toEqual([])
  await pool.end()
  await dropDatabase(url)
})

test('a database that lacks a migration is refused by name', async () => {
  const url = await cloneDatabase(inject('services').templateUrl)
  const { db, pool } = open(url)
  await asOwner(url, "delete from schema_migrations where name = '0005-orders.sql'")
  await expect(requireMigrated(db)).rejects.toThrow('0005-orders.sql')
  await pool.end()
  await dropDatabase(url)
})

test('a migration that was edited after it was applied is refused', async () => {
  const url = await cloneDatabase(inject('services').templateUrl)
  await asOwner(url, "update schema_migrations set checksum = 'another' where name = '0003-inventory.sql'")
  await expect(migrate(url)).rejects.toThrow('0003-inventory.sql was edited')
  await dropDatabase(url)
})

test('the application works as a role that owns nothing and changes no schema', async () => {
  const url = await cloneDatabase(inject('services').templateUrl)
  const { pool } = open(url)
  const { rows } = await pool.query<{ name: string; owned: number }>(
    `select current_user as name, (select count(*)::int from pg_class c where c.relowner = current_user::regrole) as owned`,
  )
  expect(rows).toEqual([{ name: 'dhow_app', owned: 0 }])
  for (const statement of ['create table probe ()', 'drop table carts', 'alter table orders disable trigger all'])
    await expect(pool.query(statement)).rejects.toThrow(/permission denied|must be owner/)
  await pool.end()
  await dropDatabase(url)
})
