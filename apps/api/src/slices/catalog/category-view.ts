import type { CategoryView } from '@dhow/contracts/catalog.ts'
import type { Locale } from '@dhow/contracts/primitives.ts'
import type { CategoryRow } from './products.sql.ts'

function countWithChildren(row: CategoryRow, rows: readonly CategoryRow[]): number {
  const children = rows.filter((other) => other.parentId === row.id)
  return children.reduce((all, child) => all + countWithChildren(child, rows), row.productCount)
}

function toCategoryView(row: CategoryRow, rows: readonly CategoryRow[], locale: Locale): CategoryView {
  const isArabic = locale === 'ar'
  const parent = rows.find((other) => other.id === row.parentId)
  const name = isArabic ? row.nameAr : row.nameEn
  const { pictureKey: key, width, height, widths } = row
  return {
    id: row.id,
    slug: isArabic ? row.slugAr : row.slugEn,
    slugs: { en: row.slugEn, ar: row.slugAr },
    name,
    description: isArabic ? row.descriptionAr : row.descriptionEn,
    picture:
      key !== null && width !== null && height !== null && widths ? { key, alt: name, width, height, widths } : null,
    parentSlug: parent ? (isArabic ? parent.slugAr : parent.slugEn) : null,
    productCount: countWithChildren(row, rows),
  }
}

/** Categories as shown; a parent counts what is in its children, because its page lists that. */
export const toCategoryViews = (rows: readonly CategoryRow[], locale: Locale): CategoryView[] =>
  rows.map((row) => toCategoryView(row, rows, locale))
