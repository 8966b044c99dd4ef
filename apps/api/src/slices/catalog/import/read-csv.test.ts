import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { FileFault } from './issues.ts'
import { MAX_BYTES, openCsv } from './read-csv.ts'
import type { CsvRow } from './read-csv.ts'

const folder = await mkdtemp(path.join(tmpdir(), 'dhow-csv-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
const file = path.join(folder, 'file.csv')

async function read(content: string | Buffer): Promise<CsvRow[]> {
  await writeFile(file, content)
  const rows: CsvRow[] = []
  for await (const row of (await openCsv(file)).rows) rows.push(row)
  return rows
}
const cells = (rows: CsvRow[]) => rows.map((row) => ('cells' in row ? [row.line, ...row.cells] : [row.line, row.fault]))

test('a byte order mark, CRLF, blank lines and quotes over lines are read as meant, with the right line numbers', async () => {
  expect(cells(await read('\uFEFFa,b\r\n1,"two\r\nlines, ""quoted"""\r\n\r\n,\r\n3,4'))).toEqual([
    [1, 'a', 'b'],
    [2, '1', 'two\r\nlines, "quoted"'],
    [6, '3', '4'],
  ])
})

test.each([
  ['semicolons', 'a;b;c\n1;2,5;3\n'],
  ['tabs', 'a\tb\tc\n1\t2,5\t3\n'],
])('%s are found out by the header', async (_, content) => {
  expect(cells(await read(content))).toEqual([
    [1, 'a', 'b', 'c'],
    [2, '1', '2,5', '3'],
  ])
})

test('a stray or unclosed quotation mark costs its own line only', async () => {
  expect(cells(await read('a,b\n1,5" screen\n2,"x"y\n3,"open\n4,4\n5,"fine"\n6,6\n'))).toEqual([
    [1, 'a', 'b'],
    [2, 'csv/quote'],
    [3, 'csv/quote'],
    [4, 'csv/quote'],
    [5, '4', '4'],
    [6, '5', 'fine'],
    [7, '6', '6'],
  ])
})

test('a quotation mark left open before a long file does not hold the file in memory', async () => {
  const rows = await read(`a,b\n1,"open\n${'2,2\n'.repeat(200_000).slice(0, 380_000)}`)
  expect(cells(rows.slice(0, 3))).toEqual([
    [1, 'a', 'b'],
    [2, 'csv/quote'],
    [3, '2', '2'],
  ])
})

test('a row that is not UTF-8 is refused, the rest is read', async () => {
  const bytes = Buffer.concat([Buffer.from('a,b\n1,'), Buffer.from([0xc7, 0xe1]), Buffer.from('\n2,عود\n')])
  expect(cells(await read(bytes))).toEqual([
    [1, 'a', 'b'],
    [2, 'text/not-utf8'],
    [3, '2', 'عود'],
  ])
})

test('letters of several bytes survive where chunks of the file meet', async () => {
  const long = 'ع'.repeat(40_000)
  expect(cells(await read(`a\n${long}\n${long}\n`))).toEqual([
    [1, 'a'],
    [2, long],
    [3, long],
  ])
})

test('line ends of old Macs are line ends', async () => {
  expect(cells(await read('a,b\r1,2\r3,4\r'))).toEqual([
    [1, 'a', 'b'],
    [2, '1', '2'],
    [3, '3', '4'],
  ])
})

const codeOf = (error: unknown) => (error instanceof FileFault ? error.issue.code : error)
const refusal = (name: string) => openCsv(name).catch(codeOf)

test('what cannot be imported at all is refused before anything is read', async () => {
  expect(await refusal(path.join(folder, 'nothing.csv'))).toBe('file/not-found')
  expect(await refusal(folder)).toBe('file/not-a-file')
  await writeFile(file, '')
  expect(await refusal(file)).toBe('file/empty')
  await writeFile(file, Buffer.from('\uFEFFa,b\n1,2', 'utf16le'))
  expect(await refusal(file)).toBe('file/utf-16')
  await writeFile(file, Buffer.from('PK\u0003\u0004\u0000\u0000'))
  expect(await refusal(file)).toBe('file/binary')
  await truncate(file, MAX_BYTES + 1)
  expect(await refusal(file)).toBe('file/too-large')
  await writeFile(file, `a\n${'1\n'.repeat(100_001)}`)
  expect(await refusal(file)).toBe('file/too-many-rows')
})
