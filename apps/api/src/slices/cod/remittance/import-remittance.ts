import type { RemittanceReport } from '@dhow/contracts/cod.ts'
import type { AppContext } from '../../../context.ts'
import { sha256 } from '../../../platform/crypto/sealing.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { newId } from '../../../platform/ids.ts'
import { recordAudit } from '../../audit/audit.ts'
import { postRemittance, postUnmatched } from '../../ledger/ledger.ts'
import type { ByStaff } from '../collect-cash.ts'
import { isBooked, judgeRow } from './judge-row.ts'
import type { JudgedRow } from './judge-row.ts'
import { readRemittanceFile } from './read-file.ts'
import type { FileRow } from './read-file.ts'
import { viewRemittance } from './remittance-view.ts'
import { insertRemittance, insertRows, lockNamedCash, markRemitted } from './remittances.sql.ts'
import type { NamedCash } from './remittances.sql.ts'

export interface ImportRemittance extends ByStaff {
  courier: string
  reference: string
  csv: string
}

interface HeldRow extends JudgedRow {
  row: FileRow
  cash: NamedCash | undefined
}

const sumOf = (rows: readonly FileRow[], column: 'collected' | 'fee' | 'remitted'): number =>
  rows.reduce((sum, row) => sum + row[column], 0)

/** Holds every row of a file against what was collected; the first line of an order counts, another one is a duplicate. */
function holdAgainst(rows: readonly FileRow[], known: readonly NamedCash[]): HeldRow[] {
  const cashByNumber = new Map(known.map((cash) => [cash.number, cash]))
  const seen = new Set<string>()
  return rows.map((row) => {
    const cash = cashByNumber.get(row.orderNumber)
    const judged = judgeRow(row, cash, seen.has(row.orderNumber))
    seen.add(row.orderNumber)
    return { row, cash, ...judged }
  })
}

/** Books the money of every row: that which is an order's moves its cash on, the rest waits for a person. */
async function book(ctx: AppContext, tx: Tx, remittanceId: string, held: readonly HeldRow[]): Promise<void> {
  const booked = held.flatMap(({ row, cash, outcome }) => (cash && isBooked(outcome) ? [{ row, cash, outcome }] : []))
  for (const { row, cash } of booked)
    await postRemittance(ctx, tx, {
      orderId: cash.orderId,
      paymentId: cash.paymentId,
      source: `${remittanceId}:${row.line}`,
      remitted: row.remitted,
      fee: row.fee,
    })
  const moves = booked.map(({ row, cash, outcome }) => ({
    paymentId: cash.paymentId,
    remitted: row.remitted,
    isWhole: outcome === 'matched',
  }))
  await markRemitted(tx, remittanceId, moves, ctx.clock.now())
  const strays = held.filter(({ outcome }) => !isBooked(outcome))
  await postUnmatched(
    ctx,
    tx,
    strays.map(({ row }) => ({ source: `${remittanceId}:${row.line}`, amount: row.remitted })),
  )
}

function rowsToWrite(held: readonly HeldRow[]) {
  return held.map(({ row, cash, outcome, expected }) => ({
    line: row.line,
    orderNumber: row.orderNumber,
    collectedAmount: row.collected,
    feeAmount: row.fee,
    remittedAmount: row.remitted,
    outcome,
    paymentId: cash?.paymentId ?? null,
    expectedAmount: expected,
  }))
}

/**
 * Takes a courier's file in: each row is held against what was collected, its money booked, and what does not fit is left for a
 * person, with an alert. The whole file or nothing; the same file again is the same import. Throws `cod/file-invalid`.
 */
export async function importRemittance(ctx: AppContext, wish: ImportRemittance): Promise<RemittanceReport> {
  const { courier, reference, csv, actor, client } = wish
  const rows = readRemittanceFile(csv)
  const fileHash = sha256(JSON.stringify([courier, csv]))
  const id = newId()
  const isNew = await inTransaction(ctx.db, async (tx) => {
    const sums = {
      collectedAmount: sumOf(rows, 'collected'),
      feeAmount: sumOf(rows, 'fee'),
      remittedAmount: sumOf(rows, 'remitted'),
    }
    const head = { id, courier, reference, fileHash, rowCount: rows.length, ...sums }
    if (!(await insertRemittance(tx, { ...head, importedBy: actor.accountId, importedAt: ctx.clock.now() })))
      return false
    const known = await lockNamedCash(tx, { numbers: [...new Set(rows.map((row) => row.orderNumber))] })
    const held = holdAgainst(rows, known)
    await insertRows(tx, id, rowsToWrite(held))
    await book(ctx, tx, id, held)
    await recordAudit(ctx, tx, {
      action: 'cod.remittance-imported',
      result: 'ok',
      actor,
      client,
      object: { type: 'cod-remittance', id },
      details: { courier, rows: rows.length, remitted: sums.remittedAmount, differing: differing(held) },
    })
    return true
  })
  const report = await viewRemittance(ctx.db, isNew ? { id } : { fileHash })
  if (isNew && report.openCount > 0)
    ctx.log.error(
      { remittanceId: id, rows: report.openCount, variance: report.variance.amount, alert: 'cod-remittance-variance' },
      'a courier’s remittance does not fit what was collected',
    )
  return report
}

const differing = (held: readonly HeldRow[]): number => held.filter(({ outcome }) => outcome !== 'matched').length
