import { expect, test } from 'vitest'
import { Problem } from '../../../platform/http/problem.ts'
import { readRemittanceFile } from './read-file.ts'

const header = 'order_number,collected,fee,remitted'
const faultsOf = (csv: string): string[] => {
  try {
    readRemittanceFile(csv)
  } catch (error) {
    if (error instanceof Problem && error.code === 'cod/file-invalid')
      return error.errors.map(({ pointer, code }) => `${pointer} ${code}`)
    throw error
  }
  return []
}

test('amounts are fils, whatever the order of the columns, the line ends and the marks before them', () => {
  const csv =
    '\uFEFFFee,Remitted,Order_Number,Collected,currency\r\n5.25,120,dh-abcd-1234,125.25,aed\r\n0,0.5,DH-ABCD-1235,0.50,AED\r\n'
  expect(readRemittanceFile(csv)).toEqual([
    { line: 2, orderNumber: 'DH-ABCD-1234', collected: 12_525, fee: 525, remitted: 12_000 },
    { line: 3, orderNumber: 'DH-ABCD-1235', collected: 50, fee: 0, remitted: 50 },
  ])
})

test('digits as Arabic keyboards type them are digits, and quoted cells may span lines', () => {
  const csv = `${header}\n"DH-ABCD-1234",١٢٥٫٢٥,"5.25",120\n\nDH-ABCD-1235,1,"0\n",1\n`
  expect(readRemittanceFile(csv)).toMatchObject([
    { line: 2, collected: 12_525 },
    { line: 5, orderNumber: 'DH-ABCD-1235', fee: 0 },
  ])
})

test('every line that cannot be read is named, and nothing of the file is taken', () => {
  const csv = [
    `${header},currency`,
    'DH-ABCD-1234,125.00,5,120,AED',
    'DH-ABCD-1235,"1,250.00",5,120,AED',
    'DH-ABCD-1236,1e3,5,120.005,AED',
    'DH-ABCD-1237,-5,5,120,AED',
    ',125,5,120,USD',
    'DH-ABCD-1238,125,5',
    `${'X'.repeat(61)},125,5,120,AED`,
    'DH-ABCD-1239,99999999999,0,1,AED',
    'DH-\u0000ABCD,1,0,1,AED',
    '"DH-ABCD\t",1,0,1,AED',
  ].join('\n')
  expect(faultsOf(csv)).toEqual([
    '/csv/3/collected invalid-amount',
    '/csv/4/collected invalid-amount',
    '/csv/4/remitted invalid-amount',
    '/csv/5/collected invalid-amount',
    '/csv/6/order_number invalid',
    '/csv/6/currency not-aed',
    '/csv/7/remitted invalid-amount',
    '/csv/7/currency not-aed',
    '/csv/7/ wrong-number-of-cells',
    '/csv/8/order_number invalid',
    '/csv/9/collected invalid-amount',
    '/csv/10/order_number invalid',
    '/csv/11/order_number invalid',
  ])
})

test.each([
  ['nothing', '', '/csv/1/ empty'],
  ['a header alone', header, '/csv/2/ empty'],
  ['a column missing', 'order_number,collected,fee\nDH-ABCD-1234,1,1', '/csv/1/remitted column-missing'],
  ['a column nobody knows', `${header},bonus\nDH-ABCD-1234,1,0,1,5`, '/csv/1/5 column-unknown'],
  ['a column twice', `${header},fee\nDH-ABCD-1234,1,0,1,5`, '/csv/1/fee column-twice'],
  ['a quotation mark left open', `${header}\n"DH-ABCD-1234,1,0,1\n`, '/csv/2/ unreadable'],
  ['a cell as long as the file', `${header}\n${'X'.repeat(50_000)},1,0,1\n`, '/csv/2/ unreadable'],
  ['a picture', '\u0089PNG\r\n\u001A\n\u0000', '/csv/1/order_number column-missing'],
  ['a spreadsheet saved as one', 'PK\u0003\u0004', '/csv/1/order_number column-missing'],
  ['too many rows', `${header}\n${'DH-ABCD-1234,1,0,1\n'.repeat(1_001)}`, '/csv/1002/ too-many-rows'],
])('a file with %s is refused', (_what, csv, fault) => {
  expect(faultsOf(csv)).toContain(fault)
})

test('of very many faults as many are named as a person wants to read', () => {
  expect(faultsOf(`${header}\n${'X,none,none,none\n'.repeat(900)}`)).toHaveLength(50)
})
