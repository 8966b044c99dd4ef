import { asciiDigits } from '@dhow/contracts/primitives.ts'
import type { FieldError } from '@dhow/contracts/problems.ts'
import { parseDecimal } from '@dhow/money/money.ts'
import { parse } from 'csv-parse/sync'
import { Problem } from '../../../platform/http/problem.ts'

export const MAX_ROWS = 1_000
/** As many faults as a person wants to read at once. */
const MAX_FAULTS = 50
/** Whatever a courier calls an order: printable, and not for ever. */
const orderName = /^\P{C}{1,60}$/u
/** AED 10,000,000: beyond that a decimal point is missing. */
const MAX_FILS = 1_000_000_000

const required = ['order_number', 'collected', 'fee', 'remitted'] as const
const known: ReadonlySet<string> = new Set([...required, 'currency'])

export interface FileRow {
  /** Of the file, the header being 1. */
  line: number
  orderNumber: string
  collected: number
  fee: number
  remitted: number
}

type RawRow = { record: string[]; info: { lines: number } }

const fault = (line: number, column: string, code: string): FieldError => ({ pointer: `/csv/${line}/${column}`, code })
const fileInvalid = (errors: readonly FieldError[]): Problem =>
  new Problem('cod/file-invalid', { errors: errors.slice(0, MAX_FAULTS), faultCount: errors.length })

function readCells(csv: string): RawRow[] {
  try {
    // oxlint-disable-next-line no-unsafe-type-assertion -- the library's types do not know that `info` changes the rows
    return parse(csv, {
      bom: true,
      info: true,
      trim: true,
      relax_column_count: true,
      skip_records_with_empty_values: true,
      max_record_size: 2_000,
    }) as unknown as RawRow[]
  } catch (error) {
    const line = error instanceof Error && 'lines' in error ? Number(error.lines) : 1
    throw fileInvalid([fault(line, '', 'unreadable')])
  }
}

/** Where each column is. Names we do not know are refused: a file of another kind is not guessed at. */
function readHeader(cells: readonly string[]): Map<string, number> {
  const names = cells.map((name) => name.toLowerCase())
  const errors = [
    ...required.filter((name) => !names.includes(name)).map((name) => fault(1, name, 'column-missing')),
    ...names.flatMap((name, index) => (known.has(name) ? [] : [fault(1, String(index + 1), 'column-unknown')])),
    ...names.filter((name, index) => names.indexOf(name) !== index).map((name) => fault(1, name, 'column-twice')),
  ]
  if (errors.length > 0) throw fileInvalid(errors)
  return new Map(names.map((name, index) => [name, index]))
}

/** Fils of a decimal such as `120.50`, by string arithmetic. Undefined when it is none, below zero, or absurd. */
function readFils(text: string): number | undefined {
  const fils = parseDecimal(asciiDigits(text).replace('٫', '.'))?.amount
  return fils !== undefined && fils >= 0 && fils <= MAX_FILS ? fils : undefined
}

function readRow(columns: Map<string, number>, raw: RawRow): FileRow | FieldError[] {
  const { record, info } = raw
  const line = info.lines
  const cell = (name: string): string => record[columns.get(name) ?? -1] ?? ''
  const amounts = {
    collected: readFils(cell('collected')),
    fee: readFils(cell('fee')),
    remitted: readFils(cell('remitted')),
  }
  const errors = Object.entries(amounts).flatMap(([name, fils]) =>
    fils === undefined ? [fault(line, name, 'invalid-amount')] : [],
  )
  const orderNumber = cell('order_number').toUpperCase()
  if (!orderName.test(orderNumber)) errors.push(fault(line, 'order_number', 'invalid'))
  if (columns.has('currency') && cell('currency').toUpperCase() !== 'AED')
    errors.push(fault(line, 'currency', 'not-aed'))
  if (record.length !== columns.size) errors.push(fault(line, '', 'wrong-number-of-cells'))
  const { collected, fee, remitted } = amounts
  if (errors.length > 0 || collected === undefined || fee === undefined || remitted === undefined) return errors
  return { line, orderNumber, collected, fee, remitted }
}

/** Reads a courier's file whole, or refuses it whole and names every line that cannot be read. Throws `cod/file-invalid`. */
export function readRemittanceFile(csv: string): FileRow[] {
  const [header, ...raws] = readCells(csv)
  if (!header) throw fileInvalid([fault(1, '', 'empty')])
  const columns = readHeader(header.record)
  if (raws.length === 0) throw fileInvalid([fault(2, '', 'empty')])
  if (raws.length > MAX_ROWS) throw fileInvalid([fault(MAX_ROWS + 2, '', 'too-many-rows')])
  const rows = raws.map((raw) => readRow(columns, raw))
  const errors = rows.flatMap((row) => (Array.isArray(row) ? row : []))
  if (errors.length > 0) throw fileInvalid(errors)
  return rows.flatMap((row) => (Array.isArray(row) ? [] : [row]))
}
