import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { sqlStateOf } from '../../../platform/db/database.ts'
import { FileFault } from './issues.ts'
import type { IssueCode } from './issues.ts'

export const MAX_BYTES = 50 * 1024 * 1024
export const MAX_ROWS = 100_000
/** No honest row is larger; a quotation mark left open is. */
const MAX_ROW_BYTES = 256 * 1024
const HEAD_BYTES = 64 * 1024
const QUOTE = 0x22
const LF = 0x0a
const CR = 0x0d

/** A row as it stands in the file, or why it could not be read. Lines count from 1; a row may span several. */
export type CsvRow = { line: number; cells: string[] } | { line: number; fault: IssueCode; text: string }

interface Format {
  delimiter: string
  newline: number
  /** Bytes of the byte order mark. */
  skip: number
}

/** Refuses what must not even be opened. Throws FileFault. */
async function checkFile(file: string): Promise<void> {
  const found = await stat(file).catch((cause: unknown) => {
    throw new FileFault(sqlStateOf(cause) === 'EACCES' ? 'file/unreadable' : 'file/not-found')
  })
  if (!found.isFile()) throw new FileFault('file/not-a-file')
  if (found.size === 0) throw new FileFault('file/empty')
  if (found.size > MAX_BYTES) throw new FileFault('file/too-large')
}

async function readHead(file: string): Promise<Buffer> {
  const handle = await open(file, 'r').catch(() => {
    throw new FileFault('file/unreadable')
  })
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** Comma, semicolon or tab: whichever the header has most of, outside quotation marks. */
function findFormat(head: Buffer): Format {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff))
    throw new FileFault('file/utf-16')
  if (head.includes(0)) throw new FileFault('file/binary')
  const skip = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0
  const newline = head.includes(LF) || !head.includes(CR) ? LF : CR
  const end = head.indexOf(newline)
  const header = head.toString('latin1', skip, end < 0 ? head.length : end).replace(/"[^"]*"/g, '')
  const count = (sign: string): number => header.split(sign).length
  const delimiter = [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best))
  return { delimiter, newline, skip }
}

/** Rows of the file by counting line ends outside quotation marks, at the speed of the disk. */
async function countRows(file: string, newline: number): Promise<number> {
  let isQuoted = false
  let rows = 1
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>)
    for (const byte of chunk)
      if (byte === QUOTE) isQuoted = !isQuoted
      else if (byte === newline && !isQuoted) rows += 1
  return rows
}

interface Line {
  number: number
  bytes: Buffer
}

const nothing = Buffer.alloc(0)
const joined = (left: Buffer, right: Buffer): Buffer => (left.length === 0 ? right : Buffer.concat([left, right]))

async function* readLines(file: string, format: Format): AsyncGenerator<Line> {
  let rest: Buffer = nothing
  let number = 0
  for await (const chunk of createReadStream(file, { start: format.skip }) as AsyncIterable<Buffer>) {
    let from = 0
    for (let end = chunk.indexOf(format.newline); end >= 0; end = chunk.indexOf(format.newline, from)) {
      number += 1
      yield { number, bytes: joined(rest, chunk.subarray(from, end + 1)) }
      rest = nothing
      from = end + 1
    }
    rest = joined(rest, chunk.subarray(from))
  }
  if (rest.length > 0) yield { number: number + 1, bytes: rest }
}

function countQuotes(bytes: Buffer): number {
  let quotes = 0
  for (let at = bytes.indexOf(QUOTE); at >= 0; at = bytes.indexOf(QUOTE, at + 1)) quotes += 1
  return quotes
}

function parseRow(lines: readonly Line[], delimiter: string): CsvRow | undefined {
  const line = lines[0]?.number ?? 0
  const bytes = Buffer.concat(lines.map((each) => each.bytes))
  const text = bytes.toString()
  if (!isUtf8(bytes)) return { line, fault: 'text/not-utf8', text }
  try {
    const [cells] = parse(text, { delimiter, relax_column_count: true })
    return cells && cells.some((cell) => cell.trim() !== '') ? { line, cells } : undefined
  } catch {
    return { line, fault: 'csv/quote', text: lines[0]?.bytes.toString() ?? '' }
  }
}

/**
 * The rows one after the other, in constant memory. A row ends at a line end outside quotation marks. When a row cannot be read
 * that way, only its first line is given up and reading goes on with the next, so that one stray quotation mark never swallows
 * the rest of the file.
 */
async function* splitRows(lines: AsyncGenerator<Line>, delimiter: string): AsyncGenerator<CsvRow> {
  let backlog: Line[] = []
  let pending: Line[] = []
  let quotes = 0
  let bytes = 0
  for (;;) {
    const next = backlog.shift() ?? (await lines.next()).value
    if (next !== undefined) {
      pending.push(next)
      quotes += countQuotes(next.bytes)
      bytes += next.bytes.length
      if (quotes % 2 === 1 && bytes <= MAX_ROW_BYTES) continue
    }
    if (pending.length === 0) return
    const row: CsvRow | undefined =
      quotes % 2 === 0
        ? parseRow(pending, delimiter)
        : { line: pending[0]?.number ?? 0, fault: 'csv/quote', text: pending[0]?.bytes.toString() ?? '' }
    if (row) yield row
    if (row && 'fault' in row && row.fault === 'csv/quote') backlog = [...pending.slice(1), ...backlog]
    pending = []
    quotes = 0
    bytes = 0
  }
}

export interface CsvFile {
  /** About how many rows follow the header, for progress. */
  rowCount: number
  rows: AsyncGenerator<CsvRow>
}

/** Opens a CSV file of any of the usual kinds. Throws FileFault for what cannot be imported at all, before reading rows. */
export async function openCsv(file: string): Promise<CsvFile> {
  await checkFile(file)
  const format = findFormat(await readHead(file))
  const rowCount = (await countRows(file, format.newline)) - 1
  if (rowCount > MAX_ROWS) throw new FileFault('file/too-many-rows')
  return { rowCount, rows: splitRows(readLines(file, format), format.delimiter) }
}
