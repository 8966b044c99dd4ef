import * as contract from '@dhow/contracts/staff.ts'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import type { CustomerWish } from '../../../test/customer.ts'
import { codeOf } from '../../../test/problems.ts'

const app = await startTestApp()
const { given } = app

const signIn = async (wish: CustomerWish): Promise<string> => (await given.customer(wish)).tokens.sessionId

test('SE-5: staff find a customer’s sessions by exactly their number or address, and see neither', async () => {
  const support = await given.staff({ roles: ['support'] })
  const byPhone = await signIn({ phone: '+971501234567' })
  const byEmail = await signIn({ phone: null, email: 'layla@example.com' })
  const find = async (phoneOrEmail?: string) =>
    (await support.call(contract.listAnySessions, { query: { kind: 'customer', phoneOrEmail } })).items
  expect(await find('050 123 4567')).toMatchObject([{ id: byPhone, account: { kind: 'customer', label: '•••• 4567' } }])
  expect(await find('Layla@Example.com')).toMatchObject([{ id: byEmail, account: { label: 'l••••@example.com' } }])
  for (const partial of ['4567', '+97150123456', 'layla', '@example.com', '%', undefined])
    expect(await find(partial)).toEqual([])
  const events = await app.db
    .selectFrom('auditEvents')
    .select(['actorId', 'details'])
    .where('action', '=', 'customer.looked-up')
    .execute()
  expect(events).toHaveLength(3) // two that were found, and one that could have been
  expect(JSON.stringify(events)).not.toMatch(/layla|501234567/i)
})

test('SE-5: staff sessions are listed by name, all or one person’s, and ended ones are not', async () => {
  const owner = await given.staff({ name: 'Owner' })
  const packer = await given.staff({ roles: ['packer'], name: 'Packer' })
  const { items } = await owner.call(contract.listAnySessions, {})
  expect(items.map((session) => session.account.label)).toEqual(expect.arrayContaining(['Owner', 'Packer']))
  const query = { staffId: packer.accountId }
  expect((await owner.call(contract.listAnySessions, { query })).items).toHaveLength(1)
  await owner.call(contract.revokeAnySession, { params: { sessionId: packer.sessionId } })
  expect((await owner.call(contract.listAnySessions, { query })).items).toEqual([])
  expect(await codeOf(packer.call(contract.listApprovals, {}))).toBe('auth/required')
})

test('SE-5: ending somebody’s session is logged, and a second time there is none', async () => {
  const support = await given.staff({ roles: ['support'] })
  const sessionId = await signIn({ phone: '+971509876543' })
  const params = { sessionId }
  await support.call(contract.revokeAnySession, { params })
  expect(await codeOf(support.call(contract.revokeAnySession, { params }))).toBe('auth/session-not-found')
  const event = await app.db
    .selectFrom('auditEvents')
    .select(['actorId', 'reason'])
    .where('action', '=', 'auth.session-revoked')
    .where('objectId', '=', sessionId)
    .execute()
  expect(event).toEqual([{ actorId: support.accountId, reason: 'by-staff' }])
})

test('SE-5: a session that ran out by itself is not listed', async () => {
  const shop = await startTestApp()
  await shop.given.staff({ roles: ['packer'] })
  shop.clock.advance({ hours: 11 })
  const owner = await shop.given.staff()
  const { items } = await owner.call(contract.listAnySessions, {})
  expect(items.map((session) => session.id)).toEqual([owner.sessionId])
})
