import { takeCart } from '@dhow/contracts/account.ts'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import type { GivenCustomer } from '../../../test/customer.ts'
import { addressOf } from '../../../test/shopper.ts'
import { addAddress } from '../../slices/customers/addresses.ts'
import { decideConsents } from '../../slices/customers/consents.ts'
import { asCustomer, databaseOf } from './as-customer.ts'
import type { DbOrTx } from './database.ts'

const app = await startTestApp()
const { given, ctx, db } = app

const client = {
  ip: '203.0.113.7',
  network: '203.0.113.0/24',
  deviceId: undefined,
  userAgent: '',
  place: undefined,
  requestId: 'r',
}

/** A customer with one row of everything: address, consent, order with lines, timeline and payment, open cart with a line. */
async function settled(): Promise<GivenCustomer> {
  const customer = await given.customer()
  const accountId = customer.account.id
  const guest = await given.guestAtCheckout()
  await customer.call(takeCart, { body: { cartId: guest.cartId } })
  await guest.placeOrder()
  const cart = await given.cart()
  await customer.call(takeCart, { body: { cartId: cart.id } })
  const address = {
    unit: '',
    street: '',
    landmark: '',
    makani: '',
    location: null,
    notes: '',
    ...addressOf(guest.contact),
  }
  await addAddress(ctx, accountId, { address })
  await decideConsents(ctx, {
    actor: { kind: 'customer', accountId, sessionId: accountId, authenticatedAt: new Date(), amr: [] },
    client,
    locale: 'en',
    wordingVersion: '2026-11',
    items: [{ channel: 'email', isGranted: true }],
  })
  return customer
}

const [mine, theirs] = await Promise.all([settled(), settled()])

/** How many rows a query without any `where` shows. */
async function countAll(as: DbOrTx, table: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from ${sql.table(table)}`.execute(as)
  return rows[0]?.count ?? -1
}

const guarded = [
  ['accounts', 1],
  ['customer_addresses', 1],
  ['customer_consents', 1],
  ['carts', 2],
  ['cart_lines', 2],
  ['orders', 1],
  ['order_lines', 1],
  ['order_timeline', 1],
  ['payments', 1],
  ['placed_orders', 1],
  ['order_payments', 1],
  ['own_sign_in_methods', 1],
] as const

describe('AZ-2: as one customer, a query that forgets its where', () => {
  test.each(guarded)('sees of %s only what is theirs', async (table, count) => {
    const { id } = mine.account
    expect(await asCustomer(db, id, (tx) => countAll(tx, table))).toBe(count)
    expect(await countAll(databaseOf(db, id), table)).toBe(count)
  })

  test('changes and deletes only what is theirs', async () => {
    const before = await countAll(db, 'customer_addresses')
    await asCustomer(db, mine.account.id, async (tx) => {
      const changed = await sql`update customer_addresses set is_default = false`.execute(tx)
      const renamed = await sql`update accounts set locale = 'ar'`.execute(tx)
      expect([changed.numAffectedRows, renamed.numAffectedRows]).toEqual([1n, 1n])
    })
    const deleted = await sql`delete from customer_addresses`.execute(databaseOf(db, mine.account.id))
    expect(deleted.numAffectedRows).toBe(1n)
    expect(await countAll(db, 'customer_addresses')).toBe(before - 1)
    expect(await db.selectFrom('accounts').select('locale').where('locale', '=', 'ar').execute()).toHaveLength(1)
  })

  test('cannot write a row in another’s name', async () => {
    const row = {
      id: theirs.account.id,
      accountId: theirs.account.id,
      addressSealed: Buffer.alloc(1),
      isDefault: false,
    }
    const at = new Date()
    const insert = (as: DbOrTx) =>
      as
        .insertInto('customerAddresses')
        .values({ ...row, createdAt: at, updatedAt: at })
        .execute()
    await expect(insert(databaseOf(db, mine.account.id))).rejects.toThrow(/row-level security/)
    await expect(asCustomer(db, mine.account.id, insert)).rejects.toThrow(/row-level security/)
  })
})

describe('AZ-2: the role of customers', () => {
  test.each(guarded)('sees nothing of %s without an account', async (table) => {
    const nobody = '01930000-0000-7000-8000-0000000000aa'
    expect(await countAll(databaseOf(db, nobody), table)).toBe(0)
    await db.connection().execute(async (connection) => {
      await sql`begin`.execute(connection)
      await sql`set local role dhow_customer`.execute(connection)
      expect(await countAll(connection, table)).toBe(0)
      await sql`rollback`.execute(connection)
    })
  })

  test.each([
    'select * from passwords',
    'select * from sessions',
    'select * from refresh_tokens',
    'select * from totp_secrets',
    'select * from one_time_links',
    'select * from account_messages',
    'select * from signing_keys',
    'select * from roles',
    'select * from staff_roles',
    'select * from audit_events',
    'select * from security_alerts',
    'select * from webhook_events',
    'select phone_index from accounts',
    'select failure_count from accounts',
    'select email_index from orders',
    'select key_hash from carts',
    `update accounts set status = 'active'`,
    `update orders set state = 'confirmed'`,
    'update carts set customer_id = null',
    'delete from orders',
    'update customer_consents set is_granted = true',
    'delete from customer_consents',
    `select audit_append('{}')`,
    'truncate customer_addresses',
    'create table probe ()',
  ])('may not %s', async (statement) => {
    await expect(sql.raw(statement).execute(databaseOf(db, mine.account.id))).rejects.toThrow(/permission denied/)
    await expect(asCustomer(db, mine.account.id, (tx) => sql.raw(statement).execute(tx))).rejects.toThrow(
      /permission denied/,
    )
  })

  test('is left behind with the statement or transaction it was taken for, also when that fails', async () => {
    const who = async () => {
      const { rows } = await sql<{ name: string; id: string | null }>`
        select current_user as name, nullif(current_setting('app.account_id', true), '') as id`.execute(db)
      return rows[0]
    }
    const ourselves = await who()
    expect(ourselves).toMatchObject({ id: null })
    const { id } = mine.account
    for (let round = 0; round < 20; round += 1) {
      await countAll(databaseOf(db, id), 'orders')
      await expect(countAll(databaseOf(db, id), 'passwords')).rejects.toThrow(/permission denied/)
      await asCustomer(db, id, (tx) => countAll(tx, 'orders'))
      await expect(asCustomer(db, id, () => Promise.reject(new Error('changed my mind')))).rejects.toThrow('changed my')
      expect(await who()).toEqual(ourselves)
    }
  })

  test('is taken by an id and nothing else', async () => {
    expect(() => asCustomer(db, `'; drop table orders; --`, async () => 0)).toThrow('an account id is a UUID')
    await expect(
      databaseOf(db, mine.account.id)
        .transaction()
        .execute(async () => 0),
    ).rejects.toThrow('stand alone')
  })

  test('shows each of many customers their own, asked for at once over few connections', async () => {
    const look = async (customer: GivenCustomer) => {
      const { rows } = await sql<{ customerId: string }>`
        select customer_id from orders where state = ${'awaiting-payment'}`.execute(databaseOf(db, customer.account.id))
      return rows.map((row) => row.customerId)
    }
    const everyone = await sql<{ count: number }>`
      select count(*)::int as count from orders where state = ${'awaiting-payment'}`.execute(db)
    expect(everyone.rows[0]?.count).toBe(2)
    const answers = await given.many(200, async (index) => {
      const customer = index % 2 === 0 ? mine : theirs
      return [await look(customer), [customer.account.id]]
    })
    for (const [seen, expected] of answers) expect(seen).toEqual(expected)
  })

  test('reads by a plan made for it, and not by one the application prepared with the same words', async () => {
    const read = async (as: DbOrTx) =>
      (await as.selectFrom('orders').select('id').where('currency', '<>', 'XXX').execute()).length
    const count = async (as: DbOrTx) =>
      (await as.selectFrom('customerAddresses').select('id').where('isDefault', 'in', [true, false]).execute()).length
    const all = await count(db)
    for (let round = 0; round < 12; round += 1) {
      expect(await count(db)).toBe(all)
      expect(await count(databaseOf(db, mine.account.id))).toBeLessThan(all)
    }
    await expect(read(databaseOf(db, mine.account.id))).rejects.toThrow(/permission denied/)
  })
})
