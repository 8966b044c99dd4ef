import type { StoredOption } from '../../../platform/db/tables.ts'
import {
  parseBarcode,
  parseCountry,
  parseGrams,
  parseHex,
  parseHsCode,
  parsePrice,
  parseQuantity,
  parseSku,
} from './cells.ts'
import { collectOptions } from './options.ts'
import type { OptionCollector, OptionName } from './options.ts'
import { RowRefused } from './row-reader.ts'
import type { RowReader } from './row-reader.ts'

export interface DraftVariant {
  line: number
  sku: string
  /** Option code → value code. */
  options: Record<string, string>
  priceAmount: number
  compareAtAmount: number | null
  /** Undefined when the file does not say: stock is left as it is. */
  quantity: number | undefined
  weightGrams: number | null
  barcode: string | null
  hsCode: string | null
  originCountry: string | null
  /** As in `Image Src`; empty when the variant has no picture of its own. */
  image: string
}

/** A row is about a variant when it has a price, a SKU or an option; else it only brings another picture. */
const isVariantRow = (reader: RowReader): boolean =>
  (['price', 'sku', 'option1Value'] as const).some((field) => reader.text(field) !== '')

function readPrices(reader: RowReader): { priceAmount: number; compareAtAmount: number | null } {
  const priceAmount = reader.read('price', parsePrice) ?? reader.refuse('price', 'price/missing')
  const isBlank = /^[0٠۰]*([.,٫][0٠۰]+)?$/.test(reader.text('compareAt'))
  const before = isBlank ? null : (reader.readOrIgnore('compareAt', parsePrice) ?? null)
  if (before !== null && before <= priceAmount) reader.warn('compareAt', 'compare-at/not-above-price')
  return { priceAmount, compareAtAmount: before !== null && before > priceAmount ? before : null }
}

function readQuantity(reader: RowReader): number | undefined {
  const pieces = reader.read('quantity', parseQuantity)
  if (pieces === undefined || pieces >= 0) return pieces
  reader.warn('quantity', 'quantity/negative')
  return 0
}

/** A merchant without SKUs still gets stable ones: made of the handle and the options, so that a second import finds them. */
const skuFrom = (handle: string, codes: Record<string, string>): string =>
  [handle, ...Object.values(codes)].join('-').toUpperCase().slice(0, 80)

function readVariant(reader: RowReader, first: RowReader, collector: OptionCollector): DraftVariant {
  const { codes, keep } = collector.read(reader)
  const fromRowOrFirst = <T>(field: 'hsCode' | 'origin', parse: (cell: string) => T): T | null =>
    (reader.text(field) === '' ? first : reader).readOrIgnore(field, parse)
  const variant: DraftVariant = {
    line: reader.line,
    sku: reader.read('sku', parseSku) || skuFrom(first.text('handle'), codes),
    options: codes,
    ...readPrices(reader),
    quantity: readQuantity(reader),
    weightGrams: reader.read('grams', parseGrams),
    barcode: reader.readOrIgnore('barcode', parseBarcode),
    hsCode: fromRowOrFirst('hsCode', parseHsCode),
    originCountry: fromRowOrFirst('origin', parseCountry),
    image: reader.text('variantImage'),
  }
  keep(reader.readOrIgnore('colourHex', parseHex))
  return variant
}

export interface DraftVariants {
  variants: DraftVariant[]
  options: StoredOption[]
  /** False when some variant row was refused. */
  isComplete: boolean
}

/** The variants of a product's rows. Rows that are refused have been reported and are left out. */
export function readVariants(readers: readonly RowReader[], names: readonly OptionName[]): DraftVariants {
  const collector = collectOptions(names)
  const byOptions = new Map<string, DraftVariant>()
  let isComplete = true
  const [first] = readers
  for (const reader of first ? readers : []) {
    if (!isVariantRow(reader)) continue
    try {
      const variant = readVariant(reader, first ?? reader, collector)
      const key = JSON.stringify(Object.values(variant.options))
      if (byOptions.has(key)) reader.refuse('option1Value', 'option/duplicate')
      byOptions.set(key, variant)
    } catch (refused) {
      if (!(refused instanceof RowRefused)) throw refused
      isComplete = false
    }
  }
  const variants = [...byOptions.values()]
  return { variants, options: collector.options(), isComplete }
}
