import { readFileSync } from 'node:fs'
import { Client } from 'pg'
import { expect, inject, onTestFinished, test } from 'vitest'
import { cloneDatabase, dropDatabase } from '../../../../../tests/harness/services.ts'
import { dumpSchema } from './schema-dump.sql.ts'

async function connectToClone(): Promise<Client> {
  const url = await cloneDatabase(inject('services').templateUrl)
  const client = new Client({ connectionString: url })
  await client.connect()
  onTestFinished(async () => {
    await client.end()
    await dropDatabase(url)
  })
  return client
}

test('schema.sql is what the migrations come to (npm run db:dump-schema writes it)', async () => {
  const committed = readFileSync(new URL('../../../schema.sql', import.meta.url), 'utf8')
  expect(await dumpSchema(await connectToClone())).toBe(committed)
})

test('a new column, constraint, index, view, function or trigger shows', async () => {
  const client = await connectToClone()
  await client.query(`
    create table probe (id uuid not null, amount bigint generated always as identity, twice int generated always as (2) stored,
      constraint probe_pkey primary key (id), constraint probe_check check (amount > 0));
    create index probe_amount_idx on probe (amount) where amount > 1;
    create view probe_view as select id from probe;
    create function probe_done() returns trigger language plpgsql as $$ begin return new; end $$;
    create trigger probe_trigger before update on probe for each row execute function probe_done();`)
  const dump = await dumpSchema(client)
  expect(dump).toContain(`create table probe (
  id uuid not null,
  amount bigint generated always as identity,
  twice integer generated always as (2) stored,
  constraint probe_pkey PRIMARY KEY (id),
  constraint probe_check CHECK ((amount > 0))
);`)
  for (const part of [
    'probe_amount_idx',
    'create view probe_view',
    'FUNCTION public.probe_done()',
    'TRIGGER probe_trigger',
  ])
    expect(dump).toContain(part)
})

test('the same schema gives the same text', async () => {
  const [one, other] = await Promise.all([connectToClone(), connectToClone()])
  expect(await dumpSchema(one)).toBe(await dumpSchema(other))
})
