import * as contract from '@dhow/contracts/webhook-log.ts'
import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../../../test/app.ts'
import { asOwner } from '../../../../test/as-owner.ts'
import { auditTrail } from '../../../../test/audit-trail.ts'
import { runCommand } from '../../../../test/command.ts'
import { placeOrderIn } from '../../../../test/placed-order.ts'
import { codeOf } from '../../../../test/problems.ts'
import { deliverWebhook, eventAbout } from '../../../../test/provider.ts'

const app = await startTestApp()
const { db, sandbox, worker, given } = app
const staff = await given.staff()

const stateOf = (eventId: string) =>
  db
    .selectFrom('webhookEvents')
    .select(['state', 'failureReason', 'attemptCount', 'deliveryCount'])
    .where('eventId', '=', eventId)
    .executeTakeFirst()
const about = (eventId: string, ref: string, type = 'payment_intent.succeeded') =>
  eventAbout(eventId, type, { id: ref, object: 'payment_intent' })
const jobsAbout = async (ref: string) =>
  (await worker.pendingJobs()).filter((job) => JSON.stringify(job.payload).includes(ref))

describe('an event', () => {
  test('delivered ten times at once is stored once, counted, and one job', async () => {
    const body = about('evt_ten', 'pi_ten')
    const answers = await Promise.all(Array.from({ length: 10 }, () => deliverWebhook(app, { body })))
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]))
    expect(await stateOf('evt_ten')).toMatchObject({ state: 'stored', deliveryCount: 10 })
    expect(await jobsAbout('pi_ten')).toHaveLength(1)
    await worker.runJobs()
    expect(await stateOf('evt_ten')).toMatchObject({ state: 'ignored', failureReason: 'not-ours', attemptCount: 1 })
  })

  test('is never stored without its work: what cannot be queued is not stored, and taken when it comes again', async () => {
    const url = app.env['DATABASE_URL'] ?? ''
    await asOwner(url, 'alter table graphile_worker._private_jobs add constraint refuse check (false) not valid')
    const body = about('evt_atomic', 'pi_atomic')
    expect((await deliverWebhook(app, { body })).status).toBe(500)
    expect(await stateOf('evt_atomic')).toBeUndefined()
    await asOwner(url, 'alter table graphile_worker._private_jobs drop constraint refuse')
    expect((await deliverWebhook(app, { body })).status).toBe(200)
    expect(await jobsAbout('pi_atomic')).toHaveLength(1)
    await worker.runJobs()
  })

  test('whose handling fails says why, and is handled by the queue once it can be', async () => {
    const guest = await placeOrderIn(app)
    sandbox.control.setWebhooks({ mode: 'drop' })
    await guest.pay()
    sandbox.control.setWebhooks({ mode: 'normal' })
    sandbox.control.addFault({ provider: 'stripe', kind: 'error500', method: 'GET', times: 100 })
    await deliverWebhook(app, { body: about('evt_fails', guest.intentId) })
    await worker.runJobs({ mayFail: true })
    expect(await stateOf('evt_fails')).toMatchObject({
      state: 'failed',
      failureReason: 'payments/provider-unavailable',
      attemptCount: 1,
    })
    sandbox.control.clearFaults()
    app.clock.advance({ minutes: 1 })
    await worker.runJobs()
    expect(await stateOf('evt_fails')).toMatchObject({ state: 'handled', failureReason: null, attemptCount: 2 })
    expect((await guest.order()).state).toBe('confirmed')
  })

  test('refused five times in a row tells a person', async () => {
    const told = () => app.logs.filter((line) => line['alert'] === 'webhooks-refused')
    for (let index = 0; index < 4; index += 1)
      await deliverWebhook(app, { body: about('evt_x', 'pi_x'), secret: 'whsec_x' })
    expect(told()).toHaveLength(0)
    await deliverWebhook(app, { body: about('evt_x', 'pi_x'), secret: 'whsec_x' })
    expect(told()).toMatchObject([{ provider: 'stripe', refusedInARow: 5 }])
    const counted = await app.ctx.metrics.webhooks.get()
    expect(counted.values).toContainEqual(
      expect.objectContaining({ labels: { provider: 'stripe', result: 'refused' }, value: 5 }),
    )
  })
})

describe('staff', () => {
  test('see what came for an order and what became of it, newest first, page by page', async () => {
    const guest = await placeOrderIn(app)
    await guest.pay()
    await worker.settle()
    const orderNumber = guest.view.number
    const all = await staff.call(contract.listWebhooks, { query: { orderNumber } })
    expect(all.items.length).toBeGreaterThan(0)
    expect(new Set(all.items.map((item) => item.orderNumber))).toEqual(new Set([orderNumber]))
    expect(new Set(all.items.map((item) => item.state))).toEqual(new Set(['handled']))
    const failed = await staff.call(contract.listWebhooks, { query: { orderNumber, state: 'failed' } })
    expect(failed.items).toEqual([])
    const typed = await staff.call(contract.listWebhooks, {
      query: { provider: 'stripe', type: 'payment_intent.succ' },
    })
    expect(new Set(typed.items.map((item) => item.type))).toEqual(new Set(['payment_intent.succeeded']))
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await staff.call(contract.listWebhooks, { query: { limit: 3, cursor } })
      seen.push(...page.items.map((item) => item.eventId))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    const stored = await db.selectFrom('webhookEvents').select('eventId').execute()
    expect(seen.toSorted()).toEqual(stored.map((row) => row.eventId).toSorted())
    expect(new Set(seen).size).toBe(seen.length)
  })

  test('open what was sent, without what it says about a person, and that is audited', async () => {
    const body = eventAbout('evt_personal', 'charge.succeeded', {
      id: 'ch_personal',
      amount: 5000,
      status: 'succeeded',
      reason: 'Fatima asked for it',
      billing_details: {
        name: 'Fatima',
        email: 'fatima@example.com',
        phone: '+971501234567',
        address: { city: 'Dubai' },
      },
    })
    await deliverWebhook(app, { body })
    const params = { provider: 'stripe', eventId: 'evt_personal' } as const
    expect(await staff.call(contract.getWebhook, { params })).toMatchObject({ state: 'ignored', topic: 'other' })
    const { payload } = await staff.call(contract.readWebhookPayload, { params })
    expect(payload).toMatchObject({
      type: 'charge.succeeded',
      data: { object: { id: 'ch_personal', amount: 5000, status: 'succeeded', billing_details: { name: '[hidden]' } } },
    })
    expect(JSON.stringify(payload)).not.toMatch(/Fatima|fatima|\+971|Dubai/)
    expect(await auditTrail(db, 'webhooks.payload-read', 'stripe:evt_personal')).toHaveLength(1)
    const reader = await given.staff({ permissions: ['payments.read'] })
    expect(await codeOf(reader.call(contract.readWebhookPayload, { params }))).toBe('auth/forbidden')
    expect(await codeOf(reader.call(contract.redeliverWebhook, { params }))).toBe('auth/forbidden')
    const gone = { provider: 'tabby', eventId: 'evt_personal' } as const
    for (const endpoint of [contract.getWebhook, contract.readWebhookPayload, contract.redeliverWebhook])
      expect(await codeOf(staff.call(endpoint, { params: gone }))).toBe('webhooks/not-found')
  })

  test('have an event handled again by our own handler', async () => {
    const guest = await placeOrderIn(app)
    await deliverWebhook(app, { body: about('evt_again', guest.intentId) })
    await worker.runJobs()
    expect((await guest.order()).state).toBe('awaiting-payment')
    sandbox.control.setWebhooks({ mode: 'drop' })
    await guest.pay()
    sandbox.control.setWebhooks({ mode: 'normal' })
    const params = { provider: 'stripe', eventId: 'evt_again' } as const
    expect(await staff.call(contract.redeliverWebhook, { params })).toMatchObject({ state: 'stored' })
    await worker.runJobs()
    expect((await guest.order()).state).toBe('confirmed')
    expect(await stateOf('evt_again')).toMatchObject({ state: 'handled', attemptCount: 2 })
    expect(await auditTrail(db, 'webhooks.redelivered', 'stripe:evt_again')).toHaveLength(1)
  })
})

test('npm run webhooks:replay has stored events handled again, by filter', async () => {
  const guest = await placeOrderIn(app)
  await guest.pay()
  await worker.settle()
  const all = await db.selectFrom('webhookEvents').select('eventId').where('topic', '<>', 'other').execute()
  const replay = (...args: string[]) => runCommand('webhooks-replay', args, app.env)
  const [one, since, wrong] = await Promise.all([
    replay('--provider', 'stripe', '--id', 'evt_again'),
    replay('--provider', 'stripe', '--since', '2026-01-01T00:00:00Z'),
    replay(),
  ])
  expect(one.output).toBe('1 event waits to be handled again\n')
  expect(since.output).toBe(`${all.length} events wait to be handled again\n`)
  expect([wrong.code, wrong.errors]).toEqual([1, expect.stringContaining('Usage: npm run webhooks:replay')])
  await worker.runJobs()
  const left = await db.selectFrom('webhookEvents').select('eventId').where('state', '=', 'stored').execute()
  expect(left).toEqual([])
  expect((await guest.order()).state).toBe('confirmed')
})
