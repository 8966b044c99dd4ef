import { addAddress, takeCart } from '@dhow/contracts/account.ts'
import { listSessions } from '@dhow/contracts/account-security.ts'
import { allEndpoints } from '@dhow/contracts/all-endpoints.ts'
import type { Endpoint } from '@dhow/contracts/endpoint.ts'
import { money } from '@dhow/money/money.ts'
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import type { GivenCustomer } from '../../../test/customer.ts'
import { rawRequest } from '../../../test/raw-request.ts'
import { keepCard } from '../../../test/saved-card.ts'
import { addressOf, nextContact } from '../../../test/shopper.ts'

const app = await startTestApp()
const { given, db, baseUrl } = app

const contact = nextContact()
const address = addressOf(contact)

/** The 22 characters a cart's key would be if it were made of the cart's id. */
const asKey = (id: string): string => Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url')

/** Somebody with one of everything an id of a path can name. */
async function established() {
  const customer = await given.customer()
  const { id: accountId } = customer.account
  const guest = await given.guestAtCheckout()
  await customer.call(takeCart, { body: { cartId: guest.cartId } })
  const { order } = await guest.placeOrder()
  const cart = await given.cart()
  await customer.call(takeCart, { body: { cartId: cart.id } })
  const saved = await customer.call(addAddress, { body: { address } })
  const passkeyId = randomUUID()
  const passkey = { accountId, credentialId: Buffer.from(passkeyId), publicKey: Buffer.alloc(8), counter: 0 }
  const kept = { id: passkeyId, name: 'Key', isBackedUp: false, createdAt: new Date(), lastUsedAt: null }
  await db
    .insertInto('passkeys')
    .values({ ...passkey, ...kept })
    .execute()
  await customer.signIn()
  const row = await db
    .selectFrom('carts')
    .select('id')
    .where('customerId', '=', accountId)
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow()
  const session = (await customer.call(listSessions, {})).items.find((item) => !item.isCurrent)
  const ids: Record<string, string> = {
    number: order?.number ?? '',
    cartId: asKey(row.id), // the key itself is known to nobody but the customer's own devices
    lineId: cart.lines[0]?.id ?? '',
    addressId: saved.id,
    passkeyId,
    sessionId: session?.id ?? '',
    cardId: (await keepCard(app, customer)).id,
  }
  return { customer, ids, cart }
}

/** Bodies that are valid, so that nothing but whose it is can be what is wrong. */
const bodies: Record<string, unknown> = {
  addLine: { variantId: randomUUID() },
  changeLine: { quantity: 1 },
  putContact: contact,
  putAddress: address,
  putDelivery: { method: 'standard' },
  checkOutCart: { paymentMethod: 'card', expectedTotal: money(1) },
  replaceAddress: { address },
  changePaymentMethod: { paymentMethod: 'cod', expectedTotal: money(1) },
  requestOrderCode: {},
  confirmOrderCode: { challengeId: randomUUID(), code: '123456' },
}

const customersEndpoints = allEndpoints.filter(
  ({ auth, path }) => ['customer', 'order-token', 'cart-key'].includes(auth) && path.includes('{'),
)

async function ask(
  endpoint: Pick<Endpoint, 'method' | 'path' | 'id'>,
  params: Record<string, string>,
  as: GivenCustomer,
): Promise<string> {
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? `unknown-${name}`)
  const hasBody = endpoint.method !== 'GET' && endpoint.id in bodies
  const answer = await rawRequest(`${baseUrl}/api/v1${path}`, {
    method: endpoint.method,
    headers: {
      authorization: `Bearer ${as.tokens.accessToken}`,
      'idempotency-key': randomUUID(),
      ...(hasBody ? { 'content-type': 'application/json' } : {}),
    },
    ...(hasBody ? { body: JSON.stringify(bodies[endpoint.id]) } : {}),
  })
  return `${answer.status} ${String(answer.code)}`
}

/** What the database holds of one customer. */
async function everythingOf({ account }: GivenCustomer): Promise<unknown> {
  const of = { accountId: account.id }
  const [addresses, passkeys, sessions, carts, orders] = await Promise.all([
    db.selectFrom('customerAddresses').selectAll().where('accountId', '=', of.accountId).orderBy('id').execute(),
    db.selectFrom('passkeys').selectAll().where('accountId', '=', of.accountId).orderBy('id').execute(),
    db.selectFrom('sessions').select(['id', 'revokedAt']).where('accountId', '=', of.accountId).orderBy('id').execute(),
    db
      .selectFrom('carts')
      .leftJoin('cartLines', 'cartLines.cartId', 'carts.id')
      .selectAll()
      .where('customerId', '=', of.accountId)
      .orderBy('carts.id')
      .execute(),
    db.selectFrom('orders').selectAll().where('customerId', '=', of.accountId).orderBy('id').execute(),
  ])
  return { addresses, passkeys, sessions, carts, orders }
}

const [mine, theirs] = await Promise.all([established(), established()])

test('AZ-2: every id in a path of a customer’s endpoint is one this test knows to ask for', () => {
  const names = customersEndpoints.flatMap(({ path }) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''))
  for (const name of names) expect(mine.ids[name], name).toMatch(/.{8}/)
  expect(customersEndpoints.filter(({ id, body }) => body && !(id in bodies)).map(({ id }) => id)).toEqual([])
})

test.each(customersEndpoints)('AZ-2: $id of another customer’s is 404, as if it were not there', async (endpoint) => {
  const before = await everythingOf(mine.customer)
  const answer = await ask(endpoint, mine.ids, theirs.customer)
  expect(answer).toMatch(/^404 [a-z]+\/(\w+-)*not-found$/)
  expect(answer).not.toBe('404 request/not-found')
  expect(await everythingOf(mine.customer)).toEqual(before)
})

test.each(customersEndpoints.filter(({ path }) => path.includes('{lineId}')))(
  'AZ-2: $id of a line of another’s cart is 404 through one’s own cart',
  async (endpoint) => {
    const before = await everythingOf(mine.customer)
    const params = { cartId: theirs.cart.id, lineId: mine.ids['lineId'] ?? '' }
    expect(await ask(endpoint, params, theirs.customer)).toBe('404 cart/line-not-found')
    expect(await everythingOf(mine.customer)).toEqual(before)
  },
)

test.each(['GET', 'PUT', 'PATCH', 'DELETE', 'POST'] as const)(
  'AZ-2: by %s no path of a customer’s endpoint gives another anything but 404, or 405 where there is no such method',
  async (method) => {
    const before = await everythingOf(mine.customer)
    for (const path of new Set(customersEndpoints.map((endpoint) => endpoint.path))) {
      const endpoint = customersEndpoints.find((one) => one.path === path && one.method === method)
      const answer = await ask({ method, path, id: endpoint?.id ?? '' }, mine.ids, theirs.customer)
      expect(answer, `${method} ${path}`).toMatch(endpoint ? /^404 / : /^405 request\/method-not-allowed$/)
    }
    expect(await everythingOf(mine.customer)).toEqual(before)
  },
)

test('AZ-2: what lists things of a customer lists nobody else’s', async () => {
  const lists = allEndpoints.filter(
    ({ auth, method, path }) => auth === 'customer' && method === 'GET' && !path.includes('{'),
  )
  expect(lists.length).toBeGreaterThan(5)
  const foreign = [...Object.values(mine.ids), mine.customer.account.id]
  for (const { path } of lists) {
    const answer = await rawRequest(`${baseUrl}/api/v1${path}`, {
      headers: { authorization: `Bearer ${theirs.customer.tokens.accessToken}` },
    })
    expect(answer.status, path).toBe(200)
    for (const id of foreign) expect(JSON.stringify(answer.body), path).not.toContain(id)
  }
})
