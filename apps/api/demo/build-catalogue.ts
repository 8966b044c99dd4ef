import { writeFile } from 'node:fs/promises'
import { CATALOGUE } from './catalogue/catalogue.ts'
import { PRODUCT_COLUMNS, productRows } from './catalogue/rows.ts'
import type { CsvRow } from './catalogue/rows.ts'

const CATEGORY_COLUMNS = [
  'handle',
  'handle_ar',
  'name_en',
  'name_ar',
  'description_en',
  'description_ar',
  'position',
  'picture',
] as const

const here = new URL('.', import.meta.url)
await writeFile(new URL('catalogue.csv', here), catalogueCsv())
await writeFile(new URL('categories.csv', here), categoriesCsv())

function catalogueCsv(): string {
  return toCsv(
    PRODUCT_COLUMNS,
    CATALOGUE.flatMap((category) => category.products.flatMap((product) => productRows(category, product))),
  )
}

function categoriesCsv(): string {
  return toCsv(
    CATEGORY_COLUMNS,
    CATALOGUE.map((category, at) => ({
      handle: category.handle,
      handle_ar: category.handleAr,
      name_en: category.name[0],
      name_ar: category.name[1],
      description_en: category.description[0],
      description_ar: category.description[1],
      position: String(at + 1),
      picture: category.picture,
    })),
  )
}

/** RFC 4180, with line feeds: the files are kept in Git. */
function toCsv(columns: readonly string[], rows: readonly CsvRow[]): string {
  const line = (cells: readonly string[]) => cells.map(quoted).join(',')
  return [line(columns), ...rows.map((row) => line(columns.map((column) => row[column] ?? '')))].join('\n') + '\n'
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
