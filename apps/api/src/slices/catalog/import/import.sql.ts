import { sql } from 'kysely'
import type { StoredAttribute, StoredOption } from '../../../platform/db/tables.ts'
import type { DbOrTx, Tx } from '../../../platform/db/database.ts'
import type { ProductStatus } from './product-draft.ts'

export interface StoredProduct {
  id: string
  handle: string
  slugAr: string
  categoryId: string
  brandId: string
  nameEn: string
  nameAr: string
  subtitleEn: string
  subtitleAr: string
  descriptionHtmlEn: string
  descriptionHtmlAr: string
  attributes: StoredAttribute[]
  options: StoredOption[]
  tags: string[]
  status: ProductStatus
  featuredRank: number
}

export interface StoredVariant {
  id: string
  productId: string
  handle: string
  sku: string
  position: number
  options: Record<string, string>
  optionTextEn: string
  optionTextAr: string
  priceAmount: number
  compareAtAmount: number | null
  barcode: string | null
  weightGrams: number | null
  hsCode: string | null
  originCountry: string | null
  pictureKey: string | null
  isActive: boolean
}

export interface StoredPicture {
  productId: string
  position: number
  mediaKey: string
  altEn: string
  altAr: string
}

export interface StoredAwaited {
  productId: string
  position: number
  sourceId: string
  altEn: string
  altAr: string
  skus: string[]
}

/** Products of these handles; locked, in id order, unless it is a dry run. */
export async function findProducts(db: DbOrTx, handles: readonly string[], lock: boolean): Promise<StoredProduct[]> {
  const { rows } = await sql<StoredProduct>`
    select id, handle, slug_ar, category_id, brand_id, name_en, name_ar, subtitle_en, subtitle_ar, description_html_en,
      description_html_ar, attributes, options, tags, status, featured_rank
    from products where handle = any(${[...handles]}::text[]) order by id ${lock ? sql`for no key update` : sql``}`.execute(
    db,
  )
  return rows
}

/** Variants of these products, and whoever else has one of these SKUs. */
export async function findVariants(
  db: DbOrTx,
  productIds: readonly string[],
  skus: readonly string[],
): Promise<StoredVariant[]> {
  const { rows } = await sql<StoredVariant>`
    select variant.id, variant.product_id, product.handle, sku, position, variant.options, option_text_en, option_text_ar,
      price_amount, compare_at_amount, barcode, weight_grams, hs_code, origin_country, picture_key, is_active
    from variants variant join products product on product.id = variant.product_id
    where variant.id in (
      select id from variants where product_id = any(${[...productIds]}::uuid[])
      union select id from variants where sku = any(${[...skus]}::text[]))
    order by variant.product_id, position`.execute(db)
  return rows
}

export async function findPictures(db: DbOrTx, productIds: readonly string[]): Promise<StoredPicture[]> {
  const { rows } = await sql<StoredPicture>`
    select product_id, position, media_key, alt_en, alt_ar from product_pictures
    where product_id = any(${[...productIds]}::uuid[]) order by product_id, position`.execute(db)
  return rows
}

export async function findAwaited(db: DbOrTx, productIds: readonly string[]): Promise<StoredAwaited[]> {
  const { rows } = await sql<StoredAwaited>`
    select product_id, position, source_id, alt_en, alt_ar, skus from awaited_pictures
    where product_id = any(${[...productIds]}::uuid[]) order by product_id, position`.execute(db)
  return rows
}

/** Which of these addresses are taken, in either language, and by whose handle. */
export async function findSlugOwners(db: DbOrTx, slugs: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ slug: string; handle: string }>`
    select slug_en as slug, handle from products where slug_en = any(${[...slugs]}::text[])
    union select slug_ar, handle from products where slug_ar = any(${[...slugs]}::text[])`.execute(db)
  return new Map(rows.map((row) => [row.slug, row.handle]))
}

export interface NamedRow {
  id: string
  code: string
  nameEn: string
  nameAr: string
}

export interface CategoryNames extends NamedRow {
  slugAr: string
}

/** Categories with one of these handles, and those whose Arabic address is one of these. */
export async function findCategories(
  db: DbOrTx,
  handles: readonly string[],
  slugsAr: readonly string[],
): Promise<CategoryNames[]> {
  const { rows } = await sql<CategoryNames>`
    select id, handle as code, name_en, name_ar, slug_ar from categories
    where handle = any(${[...handles]}::text[]) or slug_ar = any(${[...slugsAr]}::text[])`.execute(db)
  return rows
}

export async function findBrands(db: DbOrTx, slugs: readonly string[]): Promise<NamedRow[]> {
  const { rows } = await sql<NamedRow>`
    select id, slug as code, name_en, name_ar from brands where slug = any(${[...slugs]}::text[])`.execute(db)
  return rows
}

/** New categories at the end of the menu. One that came up meanwhile stays as it is. */
export async function insertCategories(tx: Tx, rows: readonly CategoryNames[]): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into categories (id, handle, slug_en, slug_ar, name_en, name_ar, position)
    select id, code, code, "slugAr", "nameEn", "nameAr", 1000
    from json_to_recordset(${JSON.stringify(rows)}::json) as row (id uuid, code text, "slugAr" text, "nameEn" text, "nameAr" text)
    order by code collate "C" on conflict do nothing`.execute(tx)
}

export async function insertBrands(tx: Tx, rows: readonly NamedRow[]): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into brands (id, slug, name_en, name_ar)
    select id, code, "nameEn", "nameAr"
    from json_to_recordset(${JSON.stringify(rows)}::json) as row (id uuid, code text, "nameEn" text, "nameAr" text)
    order by code collate "C" on conflict do nothing`.execute(tx)
}

export async function hasProducts(db: DbOrTx): Promise<boolean> {
  const { rows } = await sql`select 1 from products limit 1`.execute(db)
  return rows.length > 0
}
