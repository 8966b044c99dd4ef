import { FileFault, shown } from './issues.ts'
import type { Issue } from './issues.ts'

/** The columns we read, by the name Shopify gives them, then our own for Arabic and customs. */
export const columns = {
  handle: 'Handle',
  title: 'Title',
  body: 'Body (HTML)',
  vendor: 'Vendor',
  type: 'Type',
  tags: 'Tags',
  published: 'Published',
  option1Name: 'Option1 Name',
  option1Value: 'Option1 Value',
  option2Name: 'Option2 Name',
  option2Value: 'Option2 Value',
  option3Name: 'Option3 Name',
  option3Value: 'Option3 Value',
  sku: 'Variant SKU',
  grams: 'Variant Grams',
  quantity: 'Variant Inventory Qty',
  price: 'Variant Price',
  compareAt: 'Variant Compare At Price',
  barcode: 'Variant Barcode',
  imageSrc: 'Image Src',
  imagePosition: 'Image Position',
  imageAlt: 'Image Alt Text',
  variantImage: 'Variant Image',
  status: 'Status',
  titleAr: 'Title (AR)',
  handleAr: 'Handle (AR)',
  bodyAr: 'Body (AR)',
  subtitle: 'Subtitle (EN)',
  subtitleAr: 'Subtitle (AR)',
  vendorAr: 'Vendor (AR)',
  typeAr: 'Type (AR)',
  option1NameAr: 'Option1 Name (AR)',
  option1ValueAr: 'Option1 Value (AR)',
  option2NameAr: 'Option2 Name (AR)',
  option2ValueAr: 'Option2 Value (AR)',
  option3NameAr: 'Option3 Name (AR)',
  option3ValueAr: 'Option3 Value (AR)',
  imageAltAr: 'Image Alt Text (AR)',
  colourHex: 'Colour Hex',
  attributes: 'Attributes (EN)',
  attributesAr: 'Attributes (AR)',
  hsCode: 'HS Code',
  origin: 'Country of Origin',
} as const

export type Field = keyof typeof columns
const required: readonly Field[] = ['handle', 'title', 'price']

/** What Shopify exports beside that and we have no use for: left out without a word. */
const unused =
  /^(gift card|seo (title|description)|product category|custom product type|cost per item|unit price .*|included \/ .*|price \/ .*|compare at price \/ .*|google shopping \/ .*|.* \(product\.metafields.*\)|option[123] linked to|variant (inventory (tracker|policy)|fulfillment service|requires shipping|taxable|weight unit|tax code))$/i

const plain = (name: string): string => name.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase()

const isField = (name: string): name is Field => name in columns
const fields = Object.keys(columns).filter(isField)
const fieldByName: ReadonlyMap<string, Field> = new Map([
  ...fields.map((field): [string, Field] => [plain(columns[field]), field]),
  ['body html', 'body'],
  ['body (html) (ar)', 'bodyAr'],
  ['color hex', 'colourHex'],
])

/** Where each field stands in a row. */
export type Layout = { width: number; at: ReadonlyMap<Field, number> }

/** Reads the header. Throws FileFault when a column is missing or there twice; columns nobody knows are only reported. */
export function readHeader(cells: readonly string[], report: (issue: Issue) => void): Layout {
  const at = new Map<Field, number>()
  for (const [index, cell] of cells.entries()) {
    const field = fieldByName.get(plain(cell))
    if (field === undefined) {
      if (plain(cell) !== '' && !unused.test(plain(cell)))
        report({ severity: 'warning', line: 1, column: shown(cell), code: 'column/unknown', handle: null, value: null })
      continue
    }
    if (at.has(field)) throw new FileFault('column/duplicate', columns[field])
    at.set(field, index)
  }
  const missing = required.filter((field) => !at.has(field))
  if (missing.length > 0) throw new FileFault('column/missing', missing.map((field) => columns[field]).join(', '))
  return { width: cells.length, at }
}

/** One row of the file, read by field. A column the file does not have reads as empty. */
export interface Row {
  line: number
  /** The file has this column: without it, what the shop knows already stays. */
  has(field: Field): boolean
  get(field: Field): string
}

export function toRow(layout: Layout, line: number, cells: readonly string[]): Row {
  return {
    line,
    has: (field) => layout.at.has(field),
    get: (field) => {
      const at = layout.at.get(field)
      return at === undefined ? '' : (cells[at] ?? '').trim()
    },
  }
}
