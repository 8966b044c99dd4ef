import { columns, readHeader, toRow } from './columns.ts'
import type { Layout, Row } from './columns.ts'
import { FileFault, shown } from './issues.ts'
import type { Issue, IssueCode } from './issues.ts'
import { toSlug } from './cells.ts'
import type { CsvRow } from './read-csv.ts'

const MAX_ROWS_PER_PRODUCT = 500

/** The rows of one product, as they follow each other in the file. */
export interface RowGroup {
  handle: string
  rows: Row[]
  /** Some row of this handle could not be used: what is missing here may still be in the file. */
  hasRefusedRows: boolean
}

export interface GroupOptions {
  report: (issue: Issue) => void
  /** Called for every row read, for progress. */
  onRow: () => void
}

type Reading = { layout: Layout; row: Row } | undefined

function readRow(row: CsvRow, layout: Layout, report: GroupOptions['report']): Reading {
  const refuse = (code: IssueCode, column: string | null, value: string): undefined => {
    report({ severity: 'refused', line: row.line, column, code, handle: null, value: shown(value) })
  }
  if ('fault' in row) return refuse(row.fault, null, row.text)
  const extra = row.cells.slice(layout.width).find((cell) => cell !== '')
  if (extra !== undefined) return refuse('csv/too-many-cells', null, extra)
  return { layout, row: toRow(layout, row.line, row.cells) }
}

async function readLayout(rows: AsyncGenerator<CsvRow>, report: GroupOptions['report']): Promise<Layout> {
  const first = await rows.next()
  if (first.done) throw new FileFault('file/empty')
  if ('fault' in first.value) throw new FileFault(first.value.fault)
  return readHeader(first.value.cells, report)
}

/**
 * Gathers rows by handle. Rows of a product must follow each other, as every export has them: one product at a time is all that
 * is held, and a handle that comes again later is refused rather than merged, because the first part is written already.
 */
export async function* groupRows(rows: AsyncGenerator<CsvRow>, options: GroupOptions): AsyncGenerator<RowGroup> {
  const layout = await readLayout(rows, options.report)
  const seen = new Set<string>()
  let group: RowGroup | undefined
  let hasRefusedRows = false
  for await (const raw of rows) {
    options.onRow()
    const reading = readRow(raw, layout, options.report)
    if (!reading) {
      // It may have been a row of the product before it or of the one after it.
      if (group) group.hasRefusedRows = true
      hasRefusedRows = true
      continue
    }
    const { row } = reading
    const handle = toSlug(row.get('handle'))
    if (group?.handle === handle && group.rows.length < MAX_ROWS_PER_PRODUCT) {
      group.rows.push(row)
      continue
    }
    const refusal = refusalOf(handle, { row, isSame: group?.handle === handle, isSeen: seen.has(handle) })
    if (refusal) {
      refuseHandle(row, refusal, options.report)
      if (group?.handle === handle) group.hasRefusedRows = true
      continue
    }
    if (group) yield group
    seen.add(handle)
    group = { handle, rows: [row], hasRefusedRows }
    hasRefusedRows = false
  }
  if (group) yield group
}

function refuseHandle(row: Row, code: IssueCode, report: GroupOptions['report']): void {
  const value = shown(row.get('handle'))
  report({ severity: 'refused', line: row.line, column: columns.handle, code, handle: value, value })
}

function refusalOf(handle: string, found: { row: Row; isSame: boolean; isSeen: boolean }): IssueCode | undefined {
  if (handle === '') return found.row.get('handle') === '' ? 'text/missing' : 'handle/invalid'
  if (found.isSame) return 'product/too-many-rows'
  return found.isSeen ? 'handle/repeated' : undefined
}
