import type { RemittanceReport, RemittanceRow, RemittanceSummary } from '@dhow/contracts/cod.ts'
import { money, toDecimal } from '@dhow/money/money.ts'
import type { AppContext } from '../../../context.ts'
import type { DbOrTx } from '../../../platform/db/database.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { pageOf, parsePosition } from '../../../platform/http/list-page.ts'
import { varianceOf } from './judge-row.ts'
import { findRemittance, listRemittanceRecords, listRows } from './remittances.sql.ts'
import type { RemittanceRecord, RemittanceRowRecord } from './remittances.sql.ts'

const toRow = (row: RemittanceRowRecord): RemittanceRow => ({
  line: row.line,
  orderNumber: row.orderNumber,
  outcome: row.outcome,
  expected: row.expectedAmount === null ? null : money(row.expectedAmount),
  collected: money(row.collectedAmount),
  fee: money(row.feeAmount),
  remitted: money(row.remittedAmount),
  variance: money(varianceOf({ fee: row.feeAmount, remitted: row.remittedAmount, expected: row.expectedAmount })),
  resolvedAt: row.resolvedAt?.toISOString() ?? null,
  note: row.note,
})

const toSummary = (record: RemittanceRecord): RemittanceSummary => ({
  id: record.id,
  courier: record.courier,
  reference: record.reference,
  rowCount: record.rowCount,
  openCount: record.openCount,
  collected: money(record.collectedAmount),
  fee: money(record.feeAmount),
  remitted: money(record.remittedAmount),
  variance: money(record.varianceAmount),
  importedAt: record.importedAt.toISOString(),
})

/** A transfer with its rows. Throws `cod/remittance-not-found`. */
export async function viewRemittance(db: DbOrTx, by: { id: string } | { fileHash: Buffer }): Promise<RemittanceReport> {
  const record = await findRemittance(db, by)
  if (!record) throw new Problem('cod/remittance-not-found')
  const rows = await listRows(db, record.id)
  return { ...toSummary(record), rows: rows.map(toRow) }
}

/** Transfers, newest first. Throws `catalog/cursor-invalid`. */
export async function viewRemittances(
  ctx: AppContext,
  page: { open?: '0' | '1' | undefined; limit: number; cursor?: string | undefined },
): Promise<{ items: RemittanceSummary[]; nextCursor: string | null }> {
  const before = parsePosition(page.cursor)
  const found = await listRemittanceRecords(ctx.db, { isOpen: page.open === '1', before, limit: page.limit + 1 })
  const { rows, nextCursor } = pageOf(found, page.limit, ({ importedAt, id }) => ({ at: importedAt, id }))
  return { items: rows.map(toSummary), nextCursor }
}

/** A spreadsheet runs what begins like a formula, and a courier's file may hold anything: such text gets an apostrophe (OWASP, CSV injection). */
const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)
const quoted = (text: string): string => `"${harmless(text).replaceAll('"', '""')}"`

/** The report as a file for a spreadsheet: text quoted and harmless, amounts as decimals. */
export function printReport(report: RemittanceReport): { fileName: string; csv: string } {
  const header = 'line,order_number,outcome,expected,collected,fee,remitted,variance,resolved_at,note'
  const lines = report.rows.map((row) =>
    [
      String(row.line),
      quoted(row.orderNumber),
      row.outcome,
      row.expected ? toDecimal(row.expected) : '',
      ...[row.collected, row.fee, row.remitted, row.variance].map(toDecimal),
      row.resolvedAt ?? '',
      quoted(row.note ?? ''),
    ].join(','),
  )
  return { fileName: `remittance-${report.id}.csv`, csv: `\uFEFF${[header, ...lines].join('\r\n')}\r\n` }
}
