import { columns } from './columns.ts'
import type { Field, Row } from './columns.ts'
import { CellFault, shown } from './issues.ts'
import type { Issue, IssueCode } from './issues.ts'

/** The row (or, in its first row, the product) cannot be imported. What is wrong has been reported. */
export class RowRefused extends Error {
  override name = 'RowRefused'
}

/** Reads cells of one row and reports their faults with line and column. */
export interface RowReader {
  readonly line: number
  has(field: Field): boolean
  text(field: Field): string
  /** Throws RowRefused when the parser throws, but for `cell/ignored`, which costs only the value: the answer is null then. */
  read<T>(field: Field, parse: (cell: string) => T): T
  readOrIgnore<T>(field: Field, parse: (cell: string) => T): T | null
  require(field: Field, parse: (cell: string) => string): string
  warn(field: Field, code: IssueCode): void
  refuse(field: Field, code: IssueCode): never
}

export function createRowReader(row: Row, handle: string, report: (issue: Issue) => void): RowReader {
  const tell = (severity: Issue['severity'], field: Field, code: IssueCode): void =>
    report({ severity, line: row.line, column: columns[field], code, handle, value: shown(row.get(field)) })
  const refuse = (field: Field, code: IssueCode): never => {
    tell('refused', field, code)
    throw new RowRefused(code)
  }
  function attempt<T>(field: Field, parse: (cell: string) => T, onFault: (code: IssueCode) => T): T {
    try {
      return parse(row.get(field))
    } catch (fault) {
      if (!(fault instanceof CellFault)) throw fault
      return onFault(fault.code)
    }
  }
  return {
    line: row.line,
    has: (field) => row.has(field),
    text: (field) => row.get(field),
    read: (field, parse) => attempt(field, parse, (code) => refuse(field, code)),
    readOrIgnore: (field, parse) =>
      attempt<ReturnType<typeof parse> | null>(field, parse, (code) => {
        tell('warning', field, code)
        return null
      }),
    require(field, parse) {
      const text = this.read(field, parse)
      return text === '' ? refuse(field, 'text/missing') : text
    },
    warn: (field, code) => tell('warning', field, code),
    refuse,
  }
}
