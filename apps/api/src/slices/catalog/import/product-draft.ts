import type { StoredAttribute, StoredOption } from '../../../platform/db/tables.ts'
import { parseAttributes, parseTags, parseText, toSlug } from './cells.ts'
import type { Field } from './columns.ts'
import { parseDescription } from './description.ts'
import type { RowGroup } from './group-rows.ts'
import type { Issue } from './issues.ts'
import { isDefaultOption, readOptionNames } from './options.ts'
import type { OptionName } from './options.ts'
import { createRowReader, RowRefused } from './row-reader.ts'
import type { RowReader } from './row-reader.ts'
import { readVariants } from './variant-draft.ts'
import type { DraftVariant } from './variant-draft.ts'

export type ProductStatus = 'draft' | 'active' | 'archived'

export interface DraftPicture {
  line: number
  src: string
  /** Empty is the product's name. */
  altEn: string
  altAr: string
}

/**
 * One product as the file describes it, every cell parsed; nothing has been asked of the database. Arabic the file does not give
 * is empty here.
 */
export interface ProductDraft {
  /** Where it begins in the file. */
  line: number
  handle: string
  /** As the file gives it; empty when it does not. */
  slugAr: string
  nameEn: string
  nameAr: string
  subtitleEn: string
  subtitleAr: string
  descriptionHtmlEn: string
  descriptionHtmlAr: string
  brand: { en: string; ar: string }
  category: { en: string; ar: string }
  tags: string[]
  status: ProductStatus
  attributes: StoredAttribute[]
  options: StoredOption[]
  variants: DraftVariant[]
  pictures: DraftPicture[]
  hasRefusedRows: boolean
  /** Which columns the file has at all. */
  has: (field: Field) => boolean
}

const MAX_PICTURES = 20
const noBrand = { en: 'Unbranded', ar: 'بدون علامة' }
const noCategory = { en: 'Other', ar: 'أخرى' }

const upTo =
  (max: number) =>
  (cell: string): string =>
    parseText(cell, max)

function readStatus(reader: RowReader): ProductStatus {
  const published = reader.text('published').toLowerCase()
  if (!['', 'true', 'false', 'yes', 'no', '1', '0'].includes(published)) reader.refuse('published', 'published/unknown')
  const status = reader.text('status').toLowerCase()
  if (status === 'archived' || status === 'draft') return status
  if (status !== 'active' && status !== '') reader.refuse('status', 'status/unknown')
  return ['false', 'no', '0'].includes(published) ? 'draft' : 'active'
}

function readAttributes(reader: RowReader): StoredAttribute[] {
  const english = reader.read('attributes', parseAttributes)
  const arabic = reader.read('attributesAr', parseAttributes)
  if (arabic.length > 0 && english.length !== arabic.length) reader.warn('attributesAr', 'attributes/unpaired')
  const count = arabic.length === 0 ? english.length : Math.min(english.length, arabic.length)
  return english.slice(0, count).map(({ name, value }, at) => ({
    nameEn: name,
    nameAr: arabic[at]?.name ?? '',
    valueEn: value,
    valueAr: arabic[at]?.value ?? '',
  }))
}

function readBody(reader: RowReader, field: 'body' | 'bodyAr'): string {
  const { html, isCleaned } = reader.read(field, parseDescription)
  if (isCleaned) reader.warn(field, 'html/cleaned')
  return html
}

type Description = Omit<ProductDraft, 'options' | 'variants' | 'pictures' | 'hasRefusedRows'>

function readProduct(reader: RowReader, handle: string): Description {
  const vendor = reader.read('vendor', upTo(100))
  const type = reader.read('type', upTo(100))
  return {
    line: reader.line,
    handle,
    slugAr: reader.read('handleAr', toSlug),
    nameEn: reader.require('title', upTo(200)),
    nameAr: reader.read('titleAr', upTo(200)),
    subtitleEn: reader.read('subtitle', upTo(300)),
    subtitleAr: reader.read('subtitleAr', upTo(300)),
    descriptionHtmlEn: readBody(reader, 'body'),
    descriptionHtmlAr: readBody(reader, 'bodyAr'),
    brand: toSlug(vendor) === '' ? noBrand : { en: vendor, ar: reader.read('vendorAr', upTo(100)) },
    category: toSlug(type) === '' ? noCategory : { en: type, ar: reader.read('typeAr', upTo(100)) },
    tags: reader.read('tags', parseTags),
    status: readStatus(reader),
    attributes: readAttributes(reader),
    has: (field) => reader.has(field),
  }
}

function readPictures(readers: readonly RowReader[]): DraftPicture[] {
  const found = new Map<string, DraftPicture & { position: number }>()
  for (const reader of readers) {
    const src = reader.text('imageSrc')
    if (src === '' || found.has(src)) continue
    if (found.size === MAX_PICTURES) {
      reader.warn('imageSrc', 'picture/too-many')
      break
    }
    const position = Number.parseInt(reader.text('imagePosition'), 10)
    found.set(src, {
      line: reader.line,
      src,
      altEn: reader.readOrIgnore('imageAlt', upTo(400)) ?? '',
      altAr: reader.readOrIgnore('imageAltAr', upTo(400)) ?? '',
      position: Number.isFinite(position) ? position : found.size + 1,
    })
  }
  return [...found.values()]
    .toSorted((left, right) => left.position - right.position)
    .map(({ position: _, ...picture }) => picture)
}

/** Makes one product of its rows, or reports why not and answers undefined. A bad variant costs that variant only. */
export function draftProduct(group: RowGroup, report: (issue: Issue) => void): ProductDraft | undefined {
  const readers = group.rows.map((row) => createRowReader(row, group.handle, report))
  const [first] = readers
  if (!first) return undefined
  try {
    const product = readProduct(first, group.handle)
    const names: OptionName[] = isDefaultOption(first) ? [] : readOptionNames(first)
    const { variants, options, isComplete } = readVariants(readers, names)
    if (variants.length === 0) {
      report({
        severity: 'refused',
        line: first.line,
        column: null,
        code: 'product/no-variants',
        handle: group.handle,
        value: null,
      })
      return undefined
    }
    return {
      ...product,
      options,
      variants,
      pictures: readPictures(readers),
      hasRefusedRows: group.hasRefusedRows || !isComplete,
    }
  } catch (refused) {
    if (refused instanceof RowRefused) return undefined
    throw refused
  }
}
