import { randomUUID } from 'node:crypto'
import * as contract from '@dhow/contracts/reconciliation.ts'
import { describe, expect, test } from 'vitest'
import { auditTrail } from '../../../test/audit-trail.ts'
import { runCommand } from '../../../test/command.ts'
import { placeOrderIn } from '../../../test/placed-order.ts'
import { codeOf } from '../../../test/problems.ts'
import { atProvider } from '../../../test/provider.ts'
import { booksOf, startReconciled } from '../../../test/reconciliation.ts'
import { aloneWith } from './runs.sql.ts'

const app = await startReconciled()
const { db, sandbox, worker, given } = app
const { compare, classes, alerts } = booksOf(app)
let staff = await given.staff()

const payOutside = () =>
  atProvider(sandbox, '/payment_intents', {
    amount: '5000',
    currency: 'aed',
    confirm: 'true',
    payment_method: 'pm_card_visa',
    return_url: 'http://localhost/',
    'metadata[order_id]': randomUUID(),
  })
const openAbout = async (providerRef: string) => {
  const { items } = await staff.call(contract.listReconciliationDifferences, { query: {} })
  return items.find((item) => item.providerRef === providerRef)
}

describe('staff', () => {
  test('see how the books stand, what was compared and what does not agree', async () => {
    const { id } = await payOutside()
    await compare('stripe', 'nightly')
    const { books } = await staff.call(contract.getReconciliation, {})
    expect(books.map(({ provider }) => provider)).toEqual(['stripe', 'tabby', 'tamara', 'cod', 'shop'])
    expect(books[0]).toMatchObject({
      provider: 'stripe',
      isStale: false,
      openDifferences: 1,
      totals: { ours: { captured: 0 }, theirs: { captured: 5000 } },
    })
    expect(books[1]).toMatchObject({ provider: 'tabby', isStale: true, lastSuccessAt: null, totals: null })
    const runs = await staff.call(contract.listReconciliationRuns, { query: { provider: 'stripe', limit: 1 } })
    expect(runs.items).toMatchObject([{ kind: 'nightly', state: 'finished', differences: 1 }])
    expect(await openAbout(id)).toMatchObject({ class: 'missing-here', theirs: { captured: 5000 }, orderNumber: null })
    app.clock.advance({ minutes: 61 })
    staff = await given.staff() // who was signed in has been away for too long
    const later = await staff.call(contract.getReconciliation, {})
    expect(later.books[0]?.isStale).toBe(true)
  })

  test('page through runs and differences by cursor', async () => {
    for (let index = 0; index < 3; index += 1) await payOutside()
    await compare('stripe')
    await compare('stripe')
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await staff.call(contract.listReconciliationDifferences, { query: { limit: 2, cursor } })
      seen.push(...page.items.map((item) => item.id))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    const all = await db.selectFrom('reconciliationDifferences').select('id').where('state', '=', 'open').execute()
    expect(seen.toSorted()).toEqual(all.map((row) => row.id).toSorted())
    const { nextCursor } = await staff.call(contract.listReconciliationRuns, { query: { limit: 1 } })
    const next = await staff.call(contract.listReconciliationRuns, { query: { limit: 1, cursor: nextCursor ?? '' } })
    expect(next.items).toHaveLength(1)
    const refused = staff.call(contract.listReconciliationRuns, { query: { cursor: 'nonsense' } })
    expect(await codeOf(refused)).toBe('catalog/cursor-invalid')
  })

  test('say why a difference may stay: it is audited, and not reported again', async () => {
    const { id } = await payOutside()
    await compare('stripe')
    const difference = await openAbout(id)
    const params = { differenceId: difference?.id ?? '' }
    const body = { note: 'Paid by bank link before the shop opened' }
    const tired = await given.staff({ secondFactorAt: new Date(app.clock.now().getTime() - 6 * 60_000) })
    expect(await codeOf(tired.call(contract.resolveReconciliationDifference, { params, body }))).toBe(
      'auth/step-up-required',
    )
    const resolved = await staff.call(contract.resolveReconciliationDifference, { params, body })
    expect(resolved).toMatchObject({ state: 'resolved', note: body.note })
    expect(await auditTrail(db, 'reconciliation.difference-resolved', params.differenceId)).toHaveLength(1)
    expect(await codeOf(staff.call(contract.resolveReconciliationDifference, { params, body }))).toBe(
      'reconciliation/not-found',
    )
    await compare('stripe')
    expect(await classes(id)).toEqual([])
    expect(alerts('reconciliation-difference', id)).toHaveLength(1)
    await atProvider(sandbox, '/refunds', { payment_intent: id, amount: '1000' })
    await compare('stripe')
    expect(await classes(id)).toEqual(['missing-here']) // it has changed: what was said was about something else
  })

  test('have it compared now by the worker', async () => {
    const { id } = await payOutside()
    const answer = await staff.call(contract.startReconciliation, { body: { provider: 'stripe' } })
    expect(answer).toEqual({ queued: ['stripe'] })
    await worker.runJobs()
    expect(await classes(id)).toEqual(['missing-here'])
  })

  test('have it compared once somebody else is through', async () => {
    const { id } = await payOutside()
    await staff.call(contract.startReconciliation, { body: { provider: 'stripe' } })
    await aloneWith(db, 'stripe', () => worker.runJobs({ mayFail: true }))
    expect(await classes(id)).toEqual([])
    app.clock.advance({ minutes: 2 })
    await worker.runJobs()
    expect(await classes(id)).toEqual(['missing-here'])
  })

  test('cannot ask for a time that ends before it begins', async () => {
    const start = (body: { from?: string; to?: string }) =>
      codeOf(staff.call(contract.startReconciliation, { body: { provider: 'stripe', ...body } }))
    expect(await start({ from: '2026-11-02T00:00:00Z', to: '2026-11-01T00:00:00Z' })).toBe('request/invalid')
    expect(await start({ from: '2099-01-01T00:00:00Z' })).toBe('request/invalid')
    expect(await start({ from: '2026-11-01T00:00:00Z', to: '2026-11-02T00:00:00Z' })).toBe('none')
  })

  test('who may only read cannot resolve or start', async () => {
    const reader = await given.staff({ permissions: ['payments.read'] })
    expect(await codeOf(reader.call(contract.startReconciliation, { body: {} }))).toBe('auth/forbidden')
    const other = await given.staff({ permissions: ['orders.read'] })
    expect(await codeOf(other.call(contract.getReconciliation, {}))).toBe('auth/forbidden')
  })
})

test('two never compare the same books at once', async () => {
  let isFree: () => void = () => undefined
  let hasBegun = false
  const first = aloneWith(db, 'tabby', () => {
    hasBegun = true
    return new Promise<string>((resolve) => (isFree = () => resolve('done')))
  })
  await expect.poll(() => hasBegun).toBe(true)
  expect(await aloneWith(db, 'tabby', () => Promise.resolve('too'))).toBeUndefined()
  expect(await aloneWith(db, 'tamara', () => Promise.resolve('other'))).toBe('other')
  isFree()
  expect(await first).toBe('done')
  expect(await aloneWith(db, 'tabby', () => Promise.resolve('now'))).toBe('now')
})

describe('npm run reconcile', () => {
  const reconcile = (...args: string[]) => runCommand('reconcile', args, app.env)
  const from = () => ['--from', '2026-11-01T00:00:00Z', '--to', '2026-12-31T00:00:00Z']

  test('prints the books side by side and ends with 0 when nobody has to look, with 1 when somebody has', async () => {
    await db.updateTable('reconciliationDifferences').set({ state: 'healed' }).where('state', '=', 'open').execute()
    sandbox.control.reset()
    sandbox.control.setWebhooks({ mode: 'drop' })
    const guest = await placeOrderIn(app)
    await guest.pay()
    const fine = await reconcile('--provider', 'stripe', ...from())
    expect(fine.output).toMatch(/ours\s+1\s+[\d,]+\.\d\d\s+0\.00/)
    expect(fine.output).toMatch(/difference\s+0\s+0\.00\s+0\.00\s+0\.00\s+0\.00/)
    expect(fine.output).toContain('1 put right, 0 differences')
    expect(fine.code).toBe(0)
    expect((await guest.order()).state).toBe('confirmed')

    const { id } = await payOutside()
    const odd = await reconcile('--provider', 'stripe', ...from(), '--json')
    const [report] = JSON.parse(odd.output)
    expect(odd.code).toBe(1)
    expect(report).toMatchObject({
      provider: 'stripe',
      unexplained: 1,
      findings: [{ class: 'missing-here', providerRef: id }],
    })
  })

  test('ends with 2 when a provider does not answer or the question is wrong', async () => {
    sandbox.control.addFault({ provider: 'tabby', kind: 'error500', times: 1_000 })
    const [away, wrong] = await Promise.all([reconcile('--provider', 'tabby'), reconcile('--provider', 'paypal')])
    expect([away.code, away.output]).toEqual([2, expect.stringContaining('could not be compared: no-answer')])
    expect([wrong.code, wrong.errors]).toEqual([2, expect.stringContaining('Usage: npm run reconcile')])
  })
})
