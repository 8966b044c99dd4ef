import { sql } from 'kysely'
import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import { inTransaction } from '../../platform/db/database.ts'
import { postCapture, postPayout, postRefund, postRefundFailed, postSale, postSaleReversed } from './ledger.ts'
import type { LedgerAccount } from './ledger.ts'
import { post } from './post.sql.ts'

const { ctx, db } = await startTestApp()

const booked = (orderId: string) =>
  db
    .selectFrom('ledgerEntries')
    .innerJoin('ledgerTransactions', 'ledgerTransactions.id', 'ledgerEntries.transactionId')
    .select(['account', (eb) => eb.fn.sum<string>('ledgerEntries.amount').as('amount')])
    .where('ledgerTransactions.orderId', '=', orderId)
    .groupBy('account')
    .execute()
    .then((rows) => Object.fromEntries(rows.map((row) => [row.account, Number(row.amount)])))

const sale = { grandTotal: 10_500, vat: 500 }

describe('the ledger', () => {
  test('has a sale, its money and its refund add up to nothing owed', async () => {
    const orderId = randomUUID()
    const refund = {
      refundId: randomUUID(),
      orderId,
      paymentId: null,
      provider: 'tabby',
      creditTo: null,
      amount: 2_100,
      vat: 100,
      other: 0,
      isOfSale: true,
    } as const
    await inTransaction(db, async (tx) => {
      await postSale(ctx, tx, { orderId, ...sale })
      const paymentId = randomUUID()
      await postCapture(ctx, tx, { orderId, paymentId, provider: 'tabby', amount: 10_500, capturedAmount: 10_500 })
      await postRefund(ctx, tx, refund)
    })
    expect(await booked(orderId)).toEqual({ customer: 0, sales: -8_000, vat: -400, 'clearing:tabby': 8_400 })
    await inTransaction(db, (tx) => postRefundFailed(ctx, tx, refund))
    expect(await booked(orderId)).toMatchObject({ sales: -10_000, vat: -500, 'clearing:tabby': 10_500 })
  })

  test('books the same cause once, also when two do it at once', async () => {
    const orderId = randomUUID()
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => inTransaction(db, (tx) => postSale(ctx, tx, { orderId, ...sale }))),
    )
    expect(answers.filter(Boolean)).toHaveLength(1)
    expect(await booked(orderId)).toMatchObject({ customer: 10_500 })
    await inTransaction(db, (tx) => postSaleReversed(ctx, tx, { orderId, ...sale }))
    expect(await booked(orderId)).toEqual({ customer: 0, sales: 0, vat: 0 })
  })

  test('refuses what does not add up to zero', async () => {
    const lines = [
      { account: 'bank' as LedgerAccount, amount: 100 },
      { account: 'cash' as LedgerAccount, amount: -99 },
    ]
    const wrong = inTransaction(db, (tx) =>
      post(ctx, tx, { kind: 'test', source: randomUUID(), orderId: null, paymentId: null, lines }),
    )
    await expect(wrong).rejects.toMatchObject({ constraint: 'ledger_entries_balance' })
  })

  test('has store credit only with a name to it', async () => {
    const lines = [
      { account: 'goodwill' as LedgerAccount, amount: 100 },
      { account: 'store-credit' as LedgerAccount, amount: -100 },
    ]
    const wrong = inTransaction(db, (tx) =>
      post(ctx, tx, { kind: 'test', source: randomUUID(), orderId: null, paymentId: null, lines }),
    )
    await expect(wrong).rejects.toMatchObject({ constraint: 'ledger_entries_credit_check' })
  })

  test('cannot be changed by the application, only added to', async () => {
    await inTransaction(db, (tx) =>
      postPayout(ctx, tx, { provider: 'stripe', source: 'po_1', amount: 5, isFailed: false }),
    )
    for (const statement of [sql`update ledger_entries set amount = 1`, sql`delete from ledger_transactions`])
      await expect(statement.execute(db)).rejects.toMatchObject({ code: '42501' })
  })
})
