import type { Locale } from '@dhow/contracts/primitives.ts'
import { sql } from 'kysely'
import type { DbOrTx } from '../../platform/db/database.ts'
import { relatedCards } from './cards.sql.ts'

const RELATED = 8

export interface DetailRow {
  id: string
  /** Finished Product JSON without `related`. */
  detail: string
  /** Finished ProductCard JSON, comma-separated; null when there is none. */
  related: string | null
}

/**
 * One published product by its slug in either language, with what is related, in one query. A replica will do.
 * Plan: BitmapOr of products_slug_en_key and products_slug_ar_key, then primary keys, then two Index Scans on
 * product_cards_category_featured_idx that stop after eight rows.
 */
export async function findDetail(db: DbOrTx, slug: string, locale: Locale): Promise<DetailRow | undefined> {
  const detail = locale === 'ar' ? sql`detail_ar::text` : sql`detail_en::text`
  const { rows } = await sql<DetailRow>`
    select here.product_id as id, ${detail} as detail, (${relatedCards(locale, RELATED)}) as related
    from products product
    join product_details details on details.product_id = product.id
    join product_cards here on here.product_id = product.id
    where product.slug_en = ${slug} or product.slug_ar = ${slug}
    order by (product.slug_en = ${slug}) desc limit 1`.execute(db)
  return rows[0]
}

export interface CategoryRow {
  id: string
  parentId: string | null
  slugEn: string
  slugAr: string
  nameEn: string
  nameAr: string
  descriptionEn: string
  descriptionAr: string
  pictureKey: string | null
  width: number | null
  height: number | null
  widths: number[] | null
  productCount: number
}

/** Every category in the order of the menu, with the products right in it. Counts are index-only. A replica will do. */
export async function listCategoryRows(db: DbOrTx): Promise<CategoryRow[]> {
  const { rows } = await sql<CategoryRow>`
    select category.id, parent_id, slug_en, slug_ar, name_en, name_ar, description_en, description_ar,
      media.key as picture_key, media.width, media.height, media.widths,
      (select count(*) from product_cards where category_id = category.id) as product_count
    from categories category left join media on media.key = category.picture_key
    order by category.position, category.slug_en`.execute(db)
  return rows
}

export interface SitemapRow {
  id: string
  slugEn: string
  slugAr: string
  updatedAt: Date
  pictureKey: string | null
}

/** Published products in id order. Plan: Merge or Nested Loop over both primary keys from the cursor on. A replica will do. */
export async function listSitemapRows(db: DbOrTx, after: string | undefined, limit: number): Promise<SitemapRow[]> {
  const { rows } = await sql<SitemapRow>`
    select product.id, product.slug_en, product.slug_ar, product.updated_at, card.card_en #>> '{picture,key}' as picture_key
    from product_cards card join products product on product.id = card.product_id
    where ${after === undefined ? sql`true` : sql`card.product_id > ${after}::uuid`}
    order by card.product_id limit ${limit}`.execute(db)
  return rows
}
