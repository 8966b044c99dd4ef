import { BRANDS } from './brands.ts'
import { COLOURS, OPTION_NAMES, valueWords } from './values.ts'
import type { DemoCategory, DemoProduct, VariantRow, Words } from './types.ts'

export type CsvRow = Record<string, string>
type Picture = { key: string; alt: Words }

/** Shopify's columns first, in its order, then the columns of our own for the second language and customs. */
export const PRODUCT_COLUMNS = [
  'Handle',
  'Title',
  'Body (HTML)',
  'Vendor',
  'Type',
  'Tags',
  'Published',
  'Option1 Name',
  'Option1 Value',
  'Option2 Name',
  'Option2 Value',
  'Option3 Name',
  'Option3 Value',
  'Variant SKU',
  'Variant Grams',
  'Variant Inventory Qty',
  'Variant Price',
  'Variant Compare At Price',
  'Variant Barcode',
  'Image Src',
  'Image Position',
  'Image Alt Text',
  'Variant Image',
  'Status',
  'Title (AR)',
  'Handle (AR)',
  'Body (AR)',
  'Subtitle (EN)',
  'Subtitle (AR)',
  'Vendor (AR)',
  'Type (AR)',
  'Option1 Name (AR)',
  'Option1 Value (AR)',
  'Option2 Name (AR)',
  'Option2 Value (AR)',
  'Option3 Name (AR)',
  'Option3 Value (AR)',
  'Image Alt Text (AR)',
  'Colour Hex',
  'Attributes (EN)',
  'Attributes (AR)',
  'HS Code',
  'Country of Origin',
] as const

/** The rows of one product: variants down, and beside them its pictures; whichever list is longer sets the number. */
export function productRows(category: DemoCategory, product: DemoProduct): CsvRow[] {
  const pictures = picturesOf(product)
  const count = Math.max(product.variants.length, pictures.length)
  return Array.from({ length: count }, (_, at) => {
    const variant = product.variants[at]
    const picture = pictures[at]
    return {
      Handle: product.handle,
      ...(at === 0 ? productFields(category, product) : {}),
      ...(variant ? variantFields(product, variant) : {}),
      ...(picture ? pictureFields(picture, at + 1) : {}),
    }
  })
}

/** Every picture a product is shown with, first the one on its card. */
export function picturesOf(product: DemoProduct): Picture[] {
  const views = product.views.map(([name, alt]) => ({ key: `${product.handle}-${name}`, alt: titled(product, alt) }))
  const by = product.pictureBy
  if (!by) return [{ key: `${product.handle}-front`, alt: titled(product, product.look) }, ...views]
  const values = new Set(product.variants.map((row) => valueOf(product, row, by)))
  const fronts = [...values].map((value) => {
    const [en, ar] = valueWords(by, value)
    return {
      key: `${product.handle}-${value}`,
      alt: titled(product, [`${product.look[0]}, ${en}`, `${product.look[1]}، ${ar}`]),
    }
  })
  return [...fronts, ...views]
}

function titled(product: DemoProduct, alt: Words): Words {
  return [`${product.title[0]}: ${alt[0]}`, `${product.title[1]}: ${alt[1]}`]
}

function valueOf(product: DemoProduct, row: VariantRow, option: string): string {
  const value = row[0].split('/')[product.options.findIndex((name) => name === option)]
  if (value === undefined) throw new Error(`${product.handle} has no ${option}`)
  return value
}

function productFields(category: DemoCategory, product: DemoProduct): CsvRow {
  const brand = BRANDS[product.brand]
  if (!brand) throw new Error(`no brand ${product.brand}`)
  const onSale = product.variants.some((row) => (row[3] ?? 0) > 0)
  const attributes = (side: 0 | 1) =>
    product.attributes.map(([name, value]) => `${name[side]}: ${value[side]}`).join(' | ')
  return {
    Title: product.title[0],
    'Body (HTML)': bodyHtml(product, 0),
    Vendor: brand[0],
    Type: category.name[0],
    Tags: [...product.tags, ...(onSale ? ['sale'] : [])].join(', '),
    Published: 'TRUE',
    Status: 'active',
    'Title (AR)': product.title[1],
    'Handle (AR)': arabicSlug(product.title[1]),
    'Body (AR)': bodyHtml(product, 1),
    'Subtitle (EN)': product.subtitle[0],
    'Subtitle (AR)': product.subtitle[1],
    'Vendor (AR)': brand[1],
    'Type (AR)': category.name[1],
    'Attributes (EN)': attributes(0),
    'Attributes (AR)': attributes(1),
    'HS Code': product.hs,
    'Country of Origin': product.origin,
    ...optionNames(product),
  }
}

function bodyHtml(product: DemoProduct, side: 0 | 1): string {
  const points = product.points.map((point) => `<li>${point[side]}</li>`).join('')
  const close = product.close ? `<p>${product.close[side]}</p>` : ''
  return `<p>${product.about[side]}</p><ul>${points}</ul>${close}`
}

/** A product without options is written as Shopify writes it: one option `Title` with the value `Default Title`. */
function optionNames(product: DemoProduct): CsvRow {
  if (product.options.length === 0) return { 'Option1 Name': 'Title', 'Option1 Name (AR)': 'العنوان' }
  const pairs = product.options.flatMap((option, at) => [
    [`Option${at + 1} Name`, OPTION_NAMES[option][0]],
    [`Option${at + 1} Name (AR)`, OPTION_NAMES[option][1]],
  ])
  return Object.fromEntries(pairs)
}

function variantFields(product: DemoProduct, row: VariantRow): CsvRow {
  const [values, price, onHand, was = 0, grams = product.grams] = row
  const sku = [product.sku, ...values.split('/')].filter(Boolean).join('-').toUpperCase().replace('.', '')
  const by = product.pictureBy
  return {
    'Variant SKU': sku,
    'Variant Grams': String(grams),
    'Variant Inventory Qty': String(onHand),
    'Variant Price': price.toFixed(2),
    'Variant Compare At Price': was > 0 ? was.toFixed(2) : '',
    'Variant Barcode': inStoreEan13(sku),
    'Variant Image': by ? `media/${product.handle}-${valueOf(product, row, by)}` : '',
    ...optionValues(product, values),
  }
}

function optionValues(product: DemoProduct, values: string): CsvRow {
  if (product.options.length === 0) return { 'Option1 Value': 'Default Title', 'Option1 Value (AR)': 'الافتراضي' }
  const fields: CsvRow = {}
  for (const [at, id] of values.split('/').entries()) {
    const option = product.options[at]
    if (!option) throw new Error(`${product.handle}: a value too many in ${values}`)
    const words = valueWords(option, id)
    fields[`Option${at + 1} Value`] = words[0]
    fields[`Option${at + 1} Value (AR)`] = words[1]
    if (option === 'colour') fields['Colour Hex'] = COLOURS[id]?.hex ?? ''
  }
  return fields
}

function pictureFields(picture: Picture, position: number): CsvRow {
  return {
    'Image Src': `media/${picture.key}`,
    'Image Position': String(position),
    'Image Alt Text': picture.alt[0],
    'Image Alt Text (AR)': picture.alt[1],
  }
}

/** Arabic letters and digits joined by hyphens, without the marks that would make two spellings of one address. */
export function arabicSlug(title: string): string {
  return title
    .normalize('NFKC')
    .replace(/[\u0640\u064B-\u065F\u0670]/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase()
}

/** An EAN-13 in GS1's range for use inside one company (prefix 200), made from the SKU so that it never moves. */
export function inStoreEan13(sku: string): string {
  let hash = 0x811c9dc5 // FNV-1a, 32 bits
  for (const byte of new TextEncoder().encode(sku)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  const digits = `200${String(hash % 1_000_000_000).padStart(9, '0')}`
  return digits + ean13CheckDigit(digits)
}

export function ean13CheckDigit(twelve: string): string {
  const sum = twelve.split('').reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0)
  return String((10 - (sum % 10)) % 10)
}
