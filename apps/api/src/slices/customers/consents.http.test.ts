import { consentWordingVersion, listConsents, putConsents } from '@dhow/contracts/account.ts'
import type { ConsentChannel } from '@dhow/contracts/account.ts'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import { asOwner } from '../../../test/as-owner.ts'
import type { GivenCustomer } from '../../../test/customer.ts'
import { rawJson } from '../../../test/raw-request.ts'

const app = await startTestApp()
const { given, db, clock, baseUrl } = app

const put = (customer: GivenCustomer, items: { channel: ConsentChannel; isGranted: boolean }[], locale?: 'ar') =>
  customer.call(putConsents, { body: { wordingVersion: consentWordingVersion, items }, locale })
const ledgerOf = (customer: GivenCustomer) =>
  db.selectFrom('customerConsents').selectAll().where('accountId', '=', customer.account.id).orderBy('id').execute()
const grantedOf = async (customer: GivenCustomer) =>
  (await customer.call(listConsents, {})).items.filter((item) => item.isGranted).map((item) => item.channel)

describe('consents', () => {
  test('are no until somebody says yes, on every channel', async () => {
    const customer = await given.customer()
    const { items } = await customer.call(listConsents, {})
    expect(items.map((item) => item.channel)).toEqual(['email', 'sms', 'whatsapp', 'push', 'phone'])
    expect(items.every((item) => !item.isGranted && item.decidedAt === null)).toBe(true)
    expect(await put(customer, [{ channel: 'sms', isGranted: false }])).toEqual({ items })
    expect(await ledgerOf(customer)).toEqual([])
  })

  test('are kept with the words, the language, the place and the time', async () => {
    const customer = await given.customer()
    const { items } = await put(customer, [{ channel: 'email', isGranted: true }], 'ar')
    expect(items[0]).toEqual({
      channel: 'email',
      purpose: 'marketing',
      isGranted: true,
      decidedAt: clock.now().toISOString(),
    })
    expect(await ledgerOf(customer)).toMatchObject([
      {
        channel: 'email',
        purpose: 'marketing',
        isGranted: true,
        wordingVersion: consentWordingVersion,
        locale: 'ar',
        source: 'account',
        network: '127.0.0.0/24',
        at: clock.now(),
      },
    ])
  })

  test('grow by what changes and by nothing else, and the newest word holds', async () => {
    const customer = await given.customer()
    await put(customer, [
      { channel: 'email', isGranted: true },
      { channel: 'sms', isGranted: true },
    ])
    await put(customer, [
      { channel: 'email', isGranted: true },
      { channel: 'sms', isGranted: false },
      { channel: 'push', isGranted: false },
    ])
    await put(customer, [{ channel: 'sms', isGranted: true }])
    expect(await grantedOf(customer)).toEqual(['email', 'sms'])
    expect((await ledgerOf(customer)).map((row) => [row.channel, row.isGranted])).toEqual([
      ['email', true],
      ['sms', true],
      ['sms', false],
      ['sms', true],
    ])
  })

  test('given to older words are given anew to those of today', async () => {
    const customer = await given.customer()
    const old = { channel: 'email', purpose: 'marketing', isGranted: true, wordingVersion: '2026-01', locale: 'en' }
    const row = {
      ...old,
      accountId: customer.account.id,
      source: 'account',
      network: '203.0.113.0/24',
      at: clock.now(),
    }
    await db.insertInto('customerConsents').values(row).execute()
    await put(customer, [{ channel: 'email', isGranted: true }])
    expect((await ledgerOf(customer)).map((one) => one.wordingVersion)).toEqual(['2026-01', consentWordingVersion])
  })

  test('said by ten tabs at once leave one row', async () => {
    const customer = await given.customer()
    await given.many(10, () => put(customer, [{ channel: 'push', isGranted: true }]))
    expect(await ledgerOf(customer)).toHaveLength(1)
  })

  test('to words that are not ours are refused', async () => {
    const customer = await given.customer()
    const answer = await rawJson(
      `${baseUrl}/api/v1/me/consents`,
      'PUT',
      { wordingVersion: '1999', items: [] },
      { authorization: `Bearer ${customer.tokens.accessToken}` },
    )
    expect(answer.status).toBe(422)
  })

  test('AL-3: leave an event in the audit log, without the address and without a word too many', async () => {
    const customer = await given.customer()
    await put(customer, [{ channel: 'whatsapp', isGranted: true }])
    await put(customer, [{ channel: 'whatsapp', isGranted: true }])
    const events = await db
      .selectFrom('auditEvents')
      .select(['action', 'details', 'network'])
      .where('actorId', '=', customer.account.id)
      .where('action', '=', 'consent.changed')
      .execute()
    expect(events).toEqual([
      {
        action: 'consent.changed',
        details: { changes: ['whatsapp:yes'], wordingVersion: consentWordingVersion },
        network: '127.0.0.0/24',
      },
    ])
  })
})

describe('the ledger of consents', () => {
  test.each([
    'update customer_consents set is_granted = true',
    'delete from customer_consents',
    'truncate customer_consents',
  ])('takes no "%s", neither from the application nor from the owner of the table', async (statement) => {
    const customer = await given.customer()
    await put(customer, [{ channel: 'email', isGranted: true }])
    await expect(sql.raw(statement).execute(db)).rejects.toThrow(/permission denied|append-only/)
    await expect(asOwner(app.env['DATABASE_URL'] ?? '', statement)).rejects.toThrow(/append-only/)
  })

  test('outlives an account: none with consents can be deleted', async () => {
    const customer = await given.customer()
    await put(customer, [{ channel: 'email', isGranted: true }])
    const url = app.env['DATABASE_URL'] ?? ''
    await expect(asOwner(url, `delete from accounts where id = '${customer.account.id}'`)).rejects.toThrow(
      /customer_consents_account_fkey/,
    )
  })
})
