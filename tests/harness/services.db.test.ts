import { Client } from 'pg'
import { createClient } from 'redis'
import { expect, inject, onTestFinished, test } from 'vitest'
import { claimRedis, cloneDatabase, dropDatabase } from './services.ts'

const { templateUrl, redisUrl } = inject('services')

async function connectToClone(): Promise<{ client: Client; url: string }> {
  const url = await cloneDatabase(templateUrl)
  const client = new Client({ connectionString: url })
  client.on('error', () => {}) // dropping the database below ends the connection
  await client.connect()
  onTestFinished(() => dropDatabase(url))
  return { client, url }
}

test('a clone has the migrated tables, and what is done to it no other clone sees', async () => {
  const [one, other] = [await connectToClone(), await connectToClone()]
  const tables = await one.client.query("select from information_schema.tables where table_name = 'products'")
  expect(tables.rowCount).toBe(1)
  await one.client.query('create table only_here ()')
  await expect(other.client.query('select from only_here')).rejects.toThrow('does not exist')
})

test('clones can be made at the same time', async () => {
  const urls = await Promise.all(Array.from({ length: 6 }, () => cloneDatabase(templateUrl)))
  onTestFinished(async () => {
    await Promise.all(urls.map(dropDatabase))
  })
  expect(new Set(urls).size).toBe(6)
})

test('a dropped clone is gone, though somebody was connected', async () => {
  const { url } = await connectToClone()
  await dropDatabase(url)
  await expect(new Client({ connectionString: url }).connect()).rejects.toThrow('does not exist')
})

test('only clones can be dropped', async () => {
  await expect(dropDatabase(templateUrl)).rejects.toThrow('template_dhow is no cloned test database')
})

test('each claimed Redis database is empty and its own', async () => {
  const clients = await Promise.all(
    Array.from({ length: 2 }, async () => createClient({ url: await claimRedis(redisUrl) }).connect()),
  )
  onTestFinished(() => clients.forEach((client) => client.destroy()))
  const [one, other] = clients
  await one?.set('key', 'value')
  expect(await other?.get('key')).toBeNull()
  expect(await one?.dbSize()).toBe(1)
})
