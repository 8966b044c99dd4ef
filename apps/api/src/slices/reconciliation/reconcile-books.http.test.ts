import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { asOwner } from '../../../test/as-owner.ts'
import { paymentOf, placeOrderIn } from '../../../test/placed-order.ts'
import { booksOf, startReconciled } from '../../../test/reconciliation.ts'
import { newId } from '../../platform/ids.ts'
import { compareBooks, importBooks } from './import-books.ts'

const app = await startReconciled()
const { db, sandbox, worker } = app
const { compare, differences, classes, lastRun } = booksOf(app)
const { stripe } = sandbox.control

const paid = async (card?: string) => {
  const guest = await placeOrderIn(app)
  await guest.pay(card)
  await guest.refresh()
  await worker.runJobs()
  return { ...guest, payment: await paymentOf(app, guest.view.number) }
}
/** What only somebody with the keys of the database could do. */
const tamper = (statement: string) =>
  asOwner(app.env['DATABASE_URL'] ?? '', `set session_replication_role = replica; ${statement}`)
const balanceOf = async (account: string): Promise<number> => {
  const { rows } = await sql<{ amount: number }>`
    select coalesce(sum(amount), 0)::bigint as amount from ledger_entries where account = ${account}`.execute(db)
  return rows[0]?.amount ?? 0
}

describe('the provider’s own lines', () => {
  test('bring in fees and payouts, book each once, and agree to the fils', async () => {
    const { payment } = await paid()
    const refunded = await paid()
    sandbox.control.act('stripe', refunded.intentId, 'refund')
    app.clock.advance({ days: 3 })
    const payout = stripe.payOut()
    await compare('stripe', 'nightly')
    await compare('stripe', 'nightly')
    const run = await lastRun('stripe')
    const { ours, theirs } = run.totals as Record<'ours' | 'theirs', Record<string, number>>
    expect(ours).toEqual(theirs)
    expect(run).toMatchObject({ state: 'finished', differenceCount: 0 })
    expect(await balanceOf('fees')).toBe(theirs?.['fees'])
    expect(theirs?.['fees']).toBeGreaterThan(0)
    expect(await balanceOf('bank')).toBe(payout?.amount)
    // All that was taken less what was given back and kept has been paid out.
    expect(await balanceOf('clearing:stripe')).toBe(0)
    const line = await db
      .selectFrom('providerTransactions')
      .selectAll()
      .where('paymentId', '=', payment.id)
      .executeTakeFirstOrThrow()
    expect(line).toMatchObject({ kind: 'charge', amount: payment.amount })
  })

  test('take a payout back that the bank has refused', async () => {
    await paid()
    app.clock.advance({ days: 3 })
    const before = await balanceOf('bank')
    const payout = stripe.payOut()
    await worker.runTask('reconciliation.books', { provider: 'stripe' })
    expect(await balanceOf('bank')).toBe(before + (payout?.amount ?? 0))
    stripe.failPayout(payout?.id ?? '')
    await compare('stripe', 'nightly')
    expect(await balanceOf('bank')).toBe(before)
    expect(await classes(payout?.id ?? '')).toEqual([])
  })

  test('show a fee and a payout that somebody has booked otherwise', async () => {
    const { payment, intentId } = await paid()
    app.clock.advance({ days: 3 })
    const payout = stripe.payOut()
    await compare('stripe', 'nightly')
    await tamper(`update payments set fee_amount = 1 where id = '${payment.id}';
      update ledger_entries set amount = amount * 2 from ledger_transactions moved
        where moved.id = transaction_id and moved.source = 'payout:stripe:${payout?.id}'`)
    await compare('stripe', 'nightly')
    expect(await classes(intentId)).toEqual(['fee'])
    expect(await differences(payout?.id ?? '')).toMatchObject([
      { class: 'payout', ours: { booked: 2 * (payout?.amount ?? 0) }, theirs: { amount: payout?.amount } },
    ])
    await tamper(`update payments set fee_amount = (select fee_amount from provider_transactions where payment_id = payments.id) where id = '${payment.id}';
      update ledger_entries set amount = amount / 2 from ledger_transactions moved
        where moved.id = transaction_id and moved.source = 'payout:stripe:${payout?.id}'`)
    await compare('stripe', 'nightly')
    expect([await classes(intentId), await classes(payout?.id ?? '')]).toEqual([[], []])
    expect(await differences(payout?.id ?? '', 'healed')).toHaveLength(1)
  })
})

test('a payout in another currency is not booked as if it were ours, and a person hears of it', async () => {
  const { db: rows, ctx } = app
  const createdAt = app.clock.now().toISOString()
  const payout = {
    payoutRef: 'po_usd',
    state: 'paid',
    amount: 500,
    currency: 'USD',
    arrivesOn: '2026-11-24',
    createdAt,
  } as const
  const cards = {
    ...ctx.providers.cards,
    async *listPayouts() {
      yield payout
    },
  }
  const bank = await balanceOf('bank')
  const window = { from: new Date(app.clock.now().getTime() - 60_000), to: app.clock.now() }
  await importBooks({ ...ctx, providers: { ...ctx.providers, cards } }, window)
  expect(await balanceOf('bank')).toBe(bank)
  const found = await compareBooks(ctx, 'stripe', window)
  expect(found).toMatchObject([{ class: 'payout', providerRef: 'po_usd', ours: { booked: 0 } }])
  await rows.deleteFrom('payouts').where('providerRef', '=', 'po_usd').execute()
})

test('a line of the provider that does not fit the payment is found once the payment is quiet', async () => {
  const { payment, intentId } = await paid()
  await compare('stripe', 'nightly')
  await tamper(`update provider_transactions set amount = amount - 5 where payment_id = '${payment.id}'`)
  await compare('stripe', 'nightly')
  expect(await classes(`${intentId}:lines`)).toEqual([])
  app.clock.advance({ minutes: 16 })
  await compare('stripe', 'nightly')
  expect(await differences(`${intentId}:lines`)).toMatchObject([
    { class: 'ledger', theirs: { moved: payment.amount - 5 } },
  ])
  await compare('stripe') // looks at the payment, not at the lines
  expect(await classes(`${intentId}:lines`)).toEqual(['ledger'])
  await tamper(`update provider_transactions set amount = amount + 5 where payment_id = '${payment.id}'`)
  await compare('stripe', 'nightly')
  expect(await classes(`${intentId}:lines`)).toEqual([])
})

describe('the ledger', () => {
  test('is held against each payment', async () => {
    const { payment, intentId } = await paid()
    await tamper(`update ledger_entries set amount = amount + sign(amount) * 100 from ledger_transactions moved
      where moved.id = transaction_id and moved.kind = 'capture' and moved.payment_id = '${payment.id}'`)
    await compare('stripe')
    expect(await differences(intentId)).toMatchObject([
      {
        class: 'ledger',
        ours: { booked: payment.amount + 100 },
        theirs: { takenLessRefunded: payment.amount },
      },
    ])
  })

  test('shows what moved between a provider and the bank for no reason', async () => {
    const id = newId()
    await tamper(`insert into ledger_transactions (id, kind, source, at) values ('${id}', 'capture', 'by-hand', '${app.clock.now().toISOString()}');
      insert into ledger_entries (transaction_id, account, amount) values ('${id}', 'clearing:stripe', -5000), ('${id}', 'bank', 5000)`)
    await compare('stripe', 'nightly')
    expect(await differences('by-hand')).toMatchObject([{ class: 'ledger', ours: { booked: -5000, transaction: id } }])
    await tamper(
      `delete from ledger_entries where transaction_id = '${id}'; delete from ledger_transactions where id = '${id}'`,
    )
    await compare('stripe', 'nightly')
    expect(await classes('by-hand')).toEqual([])
  })

  test('owes nothing on an order that is over, and says which does not', async () => {
    const even = await paid()
    const odd = await paid()
    await tamper(`update ledger_entries set amount = amount - 1 from ledger_transactions moved
      where moved.id = transaction_id and moved.source = 'sale:${odd.payment.orderId}' and account = 'customer'`)
    await compare('shop')
    expect(await classes(even.view.number)).toEqual([])
    expect(await differences(odd.view.number)).toMatchObject([{ class: 'ledger', ours: { owed: -1 } }])
    expect(await classes('ledger')).toEqual([]) // all of it is added up at night only
    await compare('shop', 'nightly')
    expect(await classes('ledger')).toEqual(['ledger'])
    await tamper(`update ledger_entries set amount = amount + 1 from ledger_transactions moved
      where moved.id = transaction_id and moved.source = 'sale:${odd.payment.orderId}' and account = 'customer'`)
    await compare('shop')
    expect(await differences(odd.view.number, 'healed')).toHaveLength(1)
    expect(await classes('ledger')).toEqual(['ledger'])
    await compare('shop', 'nightly')
    expect(await classes('ledger')).toEqual([])
  })

  test('knows what every customer’s credit is', async () => {
    const accountId = (await app.given.customer()).account.id
    await tamper(
      `insert into store_credit_accounts (customer_id, balance_amount, updated_at) values ('${accountId}', 777, now())`,
    )
    await compare('shop')
    expect(await differences(`store-credit:${accountId}`)).toMatchObject([
      { class: 'ledger', ours: { balance: 777 }, theirs: { booked: 0 } },
    ])
    await tamper(`delete from store_credit_accounts where customer_id = '${accountId}'`)
    await compare('shop')
    expect(await classes(`store-credit:${accountId}`)).toEqual([])
  })
})

test('what payers’ banks dispute and warn of is found although every webhook was lost, and so is how it ended', async () => {
  const disputeOf = async (paymentId: string) =>
    db.selectFrom('disputes').select(['state', 'withdrawnAmount']).where('paymentId', '=', paymentId).executeTakeFirst()
  const disputed = await paid('pm_card_createDispute')
  const warned = await paid('pm_card_createIssuerFraudRecord')
  const booked = await balanceOf('disputes')
  await compare('stripe', 'nightly')
  expect(await disputeOf(disputed.payment.id)).toEqual({
    state: 'needs-response',
    withdrawnAmount: disputed.payment.amount,
  })
  expect(await balanceOf('disputes')).toBe(booked + disputed.payment.amount)
  const warnings = db.selectFrom('fraudWarnings').select('kind').where('paymentId', '=', warned.payment.id)
  expect(await warnings.execute()).toHaveLength(1)

  // Long after: too old for the list of what is new, and known by being open here.
  app.clock.advance({ days: 60 })
  sandbox.control.advanceClock(60 * 86_400_000)
  const [dispute] = stripe.disputes()
  stripe.decideDispute(dispute?.id ?? '', 'won')
  await compare('stripe', 'nightly')
  expect(await disputeOf(disputed.payment.id)).toEqual({ state: 'won', withdrawnAmount: 0 })
  expect(await balanceOf('disputes')).toBe(booked)
})
