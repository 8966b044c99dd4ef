import { addAddress, getMe, listAddresses } from '@dhow/contracts/account.ts'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import type { GivenCustomer } from '../../../test/customer.ts'
import { problemOf } from '../../../test/problems.ts'
import { addressOf, nextContact } from '../../../test/shopper.ts'
import type { AccountRow } from '../identity/identity.ts'

const app = await startTestApp()
const { given, db } = app

const rowOf = ({ account }: GivenCustomer) =>
  db.selectFrom('accounts').selectAll().where('id', '=', account.id).executeTakeFirstOrThrow()
const write = ({ account }: GivenCustomer, change: Partial<AccountRow>) =>
  db.updateTable('accounts').set(change).where('id', '=', account.id).execute()
const wish = (name: string) => ({ name, email: `${name}@example.com`.toLowerCase() })

/** What somebody sees whose data was tampered with: it does not open, says nothing of what it was, and is noticed. */
async function lookAt(customer: GivenCustomer, plain: readonly string[]): Promise<string> {
  const { code, document } = await problemOf(customer.call(getMe, {}))
  const line = app.logs.findLast((entry) => entry['requestId'] === document.requestId)
  const isTold = plain.some((text) => JSON.stringify([document, line]).includes(text))
  return [code, isTold ? 'and what it was' : 'and no more', `logged as ${String(line?.['level'])}`].join(', ')
}
const shut = 'service/failed, and no more, logged as error'

test('KM-4: one customer’s phone does not open as another’s', async () => {
  const [one, other] = await Promise.all([given.customer(), given.customer()])
  const [{ phoneSealed: first }, { phoneSealed: second }] = await Promise.all([rowOf(one), rowOf(other)])
  await write(one, { phoneSealed: second })
  await write(other, { phoneSealed: first })
  expect(await lookAt(one, ['+9715'])).toBe(shut)
  expect(await lookAt(other, ['+9715'])).toBe(shut)
})

test('KM-4: not even with the other’s data key: the value names its row', async () => {
  const [one, other] = await Promise.all([given.customer(wish('Noor')), given.customer(wish('Amal'))])
  const { dataKey, nameSealed, emailSealed, phoneSealed } = await rowOf(other)
  await write(one, { dataKey, nameSealed, emailSealed, phoneSealed })
  expect(await lookAt(one, ['Amal', 'amal@example.com'])).toBe(shut)
})

test('KM-4: a name does not open as an e-mail', async () => {
  const customer = await given.customer(wish('Hessa'))
  const { nameSealed, emailSealed } = await rowOf(customer)
  await write(customer, { nameSealed: emailSealed, emailSealed: nameSealed })
  expect(await lookAt(customer, ['Hessa', 'hessa@example.com'])).toBe(shut)
})

test.each([
  ['version', 0],
  ['nonce', 5],
  ['tag', 20],
  ['text', -1],
])('KM-4: one bit flipped in the %s shuts it', async (_part, at) => {
  const customer = await given.customer({ name: 'Mariam' })
  const sealed = Buffer.from((await rowOf(customer)).nameSealed ?? '')
  const index = at < 0 ? sealed.length + at : at
  sealed[index] = (sealed[index] ?? 0) ^ 1
  await write(customer, { nameSealed: sealed })
  expect(await lookAt(customer, ['Mariam'])).toBe(shut)
})

test('KM-4: one saved address does not open as another, of the same customer either', async () => {
  const customer = await given.customer()
  const [first, second] = ['Tower A', 'Tower B'].map((building) => ({ ...addressOf(nextContact()), building }))
  if (!first || !second) throw new Error('two addresses')
  await customer.call(addAddress, { body: { address: first } })
  const { id } = await customer.call(addAddress, { body: { address: second } })
  const rows = await db
    .selectFrom('customerAddresses')
    .select(['id', 'addressSealed'])
    .where('accountId', '=', customer.account.id)
    .execute()
  const other = rows.find((row) => row.id !== id)
  await db
    .updateTable('customerAddresses')
    .set({ addressSealed: other?.addressSealed ?? Buffer.alloc(0) })
    .where('id', '=', id)
    .execute()
  expect((await problemOf(customer.call(listAddresses, {}))).code).toBe('service/failed')
})
