import { asciiDigits, cleanText } from '@dhow/contracts/primitives.ts'
import { CellFault } from './issues.ts'

const MAX_PRICE_FILS = 100_000_000
const MAX_PIECES = 1_000_000
const MAX_GRAMS = 1_000_000

/** Latin digits, separators and spaces normal; currency words gone. Throws when two kinds of digits are mixed in one number. */
function plainNumber(cell: string): string {
  const kinds = [/[0-9]/, /[\u0660-\u0669]/, /[\u06F0-\u06F9]/].filter((digits) => digits.test(cell))
  if (kinds.length > 1) throw new CellFault('number/mixed-digits')
  return asciiDigits(cell)
    .replace(/AED|Dhs?\.?|د\.?\s?إ\.?|درهم/giu, '')
    .replace(/[\s\u00A0\u202F\u200E\u200F\u061C']/gu, '')
    .replace(/٫/g, '.')
    .replace(/[٬،]/g, ',')
    .replace(/^[\u2212\u2013]/, '-')
}

/** `1,234.50`, `1234.5` and, where the comma can only be a decimal sign, `12,50` and `1.234,50`. */
function decimalOf(text: string): string {
  if (/^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)) return text.replace(/,/g, '')
  if (/^-?\d{1,3}(\.\d{3})*,\d{1,2}$/.test(text) || /^-?\d+,\d{1,2}$/.test(text))
    return text.replace(/\./g, '').replace(',', '.')
  return text
}

/** A price in AED as merchants write it → fils. Throws CellFault; an empty cell is `undefined`. */
export function parsePrice(cell: string): number | undefined {
  if (cell === '') return undefined
  const text = decimalOf(plainNumber(cell))
  const [, sign, units, decimals = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? []
  if (units === undefined) throw new CellFault('price/not-a-number')
  if (decimals.length > 2) throw new CellFault('price/too-precise')
  if (units.length > 9) throw new CellFault('price/absurd')
  const fils = Number(units) * 100 + Number(decimals.padEnd(2, '0'))
  if (fils === 0) throw new CellFault('price/zero')
  if (sign === '-') throw new CellFault('price/negative')
  if (fils > MAX_PRICE_FILS) throw new CellFault('price/absurd')
  return fils
}

/** Whole numbers, also written `5.0` or `1,000`. */
function wholeNumber(cell: string): number | undefined {
  const text = decimalOf(plainNumber(cell)).replace(/\.0+$/, '')
  return /^-?\d{1,12}$/.test(text) ? Number(text) : undefined
}

/** Pieces on hand. Shopify exports oversold variants with a negative number: that is for the caller to see. */
export function parseQuantity(cell: string): number | undefined {
  if (cell === '') return undefined
  const pieces = wholeNumber(cell)
  if (pieces === undefined) throw new CellFault('quantity/not-a-number')
  if (pieces > MAX_PIECES) throw new CellFault('quantity/absurd')
  return pieces
}

export function parseGrams(cell: string): number | null {
  if (cell === '') return null
  const text = decimalOf(plainNumber(cell)).replace(/\.\d+$/, '')
  const grams = /^\d{1,7}$/.test(text) ? Number(text) : undefined
  if (grams === undefined || grams > MAX_GRAMS) throw new CellFault('weight/not-a-number')
  return grams
}

/** Bounded text without invisible characters; more than four marks on one letter are for show and are cut. */
export function parseText(cell: string, max: number): string {
  const text = cleanText(cell.replace(/[\r\n]+/g, ' ')).replace(/(\p{M}{4})\p{M}+/gu, '$1')
  if (text.length > max) throw new CellFault('text/too-long')
  return text
}

/** An identifier: what a person cannot see has no place in it. */
export function parseSku(cell: string): string {
  if (cell.length > 80) throw new CellFault('text/too-long')
  if (cleanText(cell) !== cell.normalize('NFC')) throw new CellFault('sku/invalid')
  return cell.normalize('NFC')
}

/** The part of an address: letters (of any script) and digits joined by hyphens, without the marks that look like nothing. */
export function toSlug(text: string): string {
  return cleanText(text)
    .normalize('NFKC')
    .replace(/&/g, ' and ')
    .replace(/[\u0640\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06ED'’]/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 120)
    .replace(/-+$/, '')
}

export function parseTags(cell: string): string[] {
  const tags = cell.split(/[,،]/).map((tag) => parseText(tag, 60).toLowerCase())
  return [...new Set(tags.filter(Boolean))].slice(0, 30)
}

/** `Notes: Oud, amber | For: Women` → pairs. A part without a colon is a value without a name and is dropped. */
export function parseAttributes(cell: string): { name: string; value: string }[] {
  return cell
    .split('|')
    .map((part) => /^\s*([^:：]+)[:：]\s*(.+)$/su.exec(part))
    .flatMap((match) => (match ? [{ name: parseText(match[1] ?? '', 80), value: parseText(match[2] ?? '', 300) }] : []))
    .slice(0, 40)
}

const matching = (pattern: RegExp, cell: string): string => {
  if (!pattern.test(cell)) throw new CellFault('cell/ignored')
  return cell
}

/** An empty cell is `null`; the cell parsers below throw `cell/ignored`, which costs the value and not the row. */
export const parseBarcode = (cell: string): string | null =>
  cell === '' ? null : matching(/^[0-9A-Za-z-]{1,50}$/, asciiDigits(cell).replace(/^'/, ''))
export const parseHsCode = (cell: string): string | null =>
  cell === '' ? null : matching(/^\d{4,12}$/, asciiDigits(cell).replace(/[.\s]/g, ''))
export const parseCountry = (cell: string): string | null =>
  cell === '' ? null : matching(/^[A-Z]{2}$/, cell.toUpperCase())
export const parseHex = (cell: string): string | null =>
  cell === '' ? null : matching(/^#[0-9a-f]{6}$/, cell.toLowerCase().replace(/^(?!#)/, '#'))
