import { sql } from 'kysely'
import type { StoredAttribute, StoredOption } from '../../platform/db/tables.ts'
import type { Tx } from '../../platform/db/database.ts'

export interface ProductRow {
  id: string
  slugEn: string
  slugAr: string
  nameEn: string
  nameAr: string
  subtitleEn: string
  subtitleAr: string
  descriptionHtmlEn: string
  descriptionHtmlAr: string
  attributes: StoredAttribute[]
  options: StoredOption[]
  tags: string[]
  vatRateBp: number
  featuredRank: number
  publishedAt: Date
  updatedAt: Date
  categoryId: string
  categorySlugEn: string
  categorySlugAr: string
  categoryNameEn: string
  categoryNameAr: string
  brandSlug: string
  brandNameEn: string
  brandNameAr: string
}

export interface VariantRow {
  id: string
  productId: string
  sku: string
  options: Record<string, string>
  priceAmount: number
  compareAtAmount: number | null
  weightGrams: number | null
  originCountry: string | null
  pictureKey: string | null
  available: number
}

export interface PictureRow {
  productId: string
  key: string
  altEn: string
  altAr: string
  width: number
  height: number
  widths: number[]
}

/**
 * Locks the products, in id order, before anything about them is read: of two refreshes the later then sees what the earlier saw
 * and more, so that the last card written is never the older one. Sales do not lock products, so nobody at a till waits.
 */
export async function lockProducts(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`select id from products where id = any(${[...ids]}::uuid[]) order by id for no key update`.execute(tx)
}

/** The published ones among these products, with their category and brand. */
export async function listPublishedProducts(tx: Tx, ids: readonly string[]): Promise<ProductRow[]> {
  const { rows } = await sql<ProductRow>`
    select product.id, product.slug_en, product.slug_ar, product.name_en, product.name_ar, subtitle_en, subtitle_ar,
      description_html_en, description_html_ar, attributes, options, tags, vat_rate_bp, featured_rank,
      coalesce(published_at, product.created_at) as published_at, product.updated_at,
      category.id as category_id, category.slug_en as category_slug_en, category.slug_ar as category_slug_ar,
      category.name_en as category_name_en, category.name_ar as category_name_ar,
      brand.slug as brand_slug, brand.name_en as brand_name_en, brand.name_ar as brand_name_ar
    from products product join categories category on category.id = category_id join brands brand on brand.id = brand_id
    where product.id = any(${[...ids]}::uuid[]) and status = 'active'`.execute(tx)
  return rows
}

/** Active variants in display order, with what can be promised of each. */
export async function listActiveVariants(tx: Tx, productIds: readonly string[]): Promise<VariantRow[]> {
  const { rows } = await sql<VariantRow>`
    select variant.id, product_id, sku, options, price_amount, compare_at_amount, weight_grams, origin_country, picture_key,
      greatest(coalesce(stock.available, 0), 0) as available
    from variants variant left join variant_availability stock on stock.variant_id = variant.id
    where product_id = any(${[...productIds]}::uuid[]) and is_active
    order by product_id, position, variant.id`.execute(tx)
  return rows
}

export async function listPictures(tx: Tx, productIds: readonly string[]): Promise<PictureRow[]> {
  const { rows } = await sql<PictureRow>`
    select product_id, media.key, alt_en, alt_ar, media.width, media.height, media.widths
    from product_pictures join media on media.key = media_key
    where product_id = any(${[...productIds]}::uuid[])
    order by product_id, position`.execute(tx)
  return rows
}

export interface CardRecord {
  product_id: string
  category_id: string
  brand_slug: string
  card_en: object
  card_ar: object
  facets: string[]
  tags: string[]
  price_min: number
  price_max: number
  is_available: boolean
  featured_rank: number
  published_at: string
  search_text: string[]
  search_name: string[]
}

/** Writes cards that differ from what is there, and answers their products: a refresh that changes nothing touches no row. */
export async function upsertCards(tx: Tx, cards: readonly CardRecord[]): Promise<string[]> {
  const { rows } = await sql<{ productId: string }>`
    insert into product_cards as old (product_id, category_id, brand_slug, card_en, card_ar, facets, tags, price_min, price_max,
      is_available, featured_rank, published_at, search_text, search_name, updated_at)
    select product_id, category_id, brand_slug, card_en, card_ar, facets, tags, price_min, price_max,
      is_available, featured_rank, published_at, search_text, search_name, now()
    from json_to_recordset(${JSON.stringify(cards)}::json) as card (product_id uuid, category_id uuid, brand_slug text,
      card_en json, card_ar json, facets text[], tags text[], price_min bigint, price_max bigint, is_available boolean,
      featured_rank integer, published_at timestamptz, search_text text[], search_name text[])
    on conflict (product_id) do update set category_id = excluded.category_id, brand_slug = excluded.brand_slug,
      card_en = excluded.card_en, card_ar = excluded.card_ar, facets = excluded.facets, tags = excluded.tags,
      price_min = excluded.price_min, price_max = excluded.price_max, is_available = excluded.is_available,
      featured_rank = excluded.featured_rank, published_at = excluded.published_at, search_text = excluded.search_text,
      search_name = excluded.search_name, updated_at = excluded.updated_at
    where (old.category_id, old.brand_slug, old.card_en::text, old.card_ar::text, old.facets, old.tags, old.price_min, old.price_max,
        old.is_available, old.featured_rank, old.published_at, old.search_text, old.search_name)
      is distinct from (excluded.category_id, excluded.brand_slug, excluded.card_en::text, excluded.card_ar::text, excluded.facets,
        excluded.tags, excluded.price_min, excluded.price_max, excluded.is_available, excluded.featured_rank,
        excluded.published_at, excluded.search_text, excluded.search_name)
    returning product_id`.execute(tx)
  return rows.map((row) => row.productId)
}

export interface DetailRecord {
  product_id: string
  detail_en: object
  detail_ar: object
}

/** Like `upsertCards`, for what a product's page shows. */
export async function upsertDetails(tx: Tx, details: readonly DetailRecord[]): Promise<string[]> {
  const { rows } = await sql<{ productId: string }>`
    insert into product_details as old (product_id, detail_en, detail_ar)
    select product_id, detail_en, detail_ar
    from json_to_recordset(${JSON.stringify(details)}::json) as detail (product_id uuid, detail_en json, detail_ar json)
    on conflict (product_id) do update set detail_en = excluded.detail_en, detail_ar = excluded.detail_ar
    where (old.detail_en::text, old.detail_ar::text) is distinct from (excluded.detail_en::text, excluded.detail_ar::text)
    returning product_id`.execute(tx)
  return rows.map((row) => row.productId)
}

/** Takes products that are not published (any more) out of the shop window. Answers those that were in it. */
export async function deleteUnpublished(
  tx: Tx,
  ids: readonly string[],
  published: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ productId: string }>`
    with details as (
      delete from product_details where product_id = any(${[...ids]}::uuid[]) and product_id <> all(${[...published]}::uuid[])
    )
    delete from product_cards where product_id = any(${[...ids]}::uuid[]) and product_id <> all(${[...published]}::uuid[])
    returning product_id`.execute(tx)
  return rows.map((row) => row.productId)
}

export interface LabelRecord {
  option_code: string
  value_code: string
  option_name_en: string
  option_name_ar: string
  name_en: string
  name_ar: string
  hex: string | null
}

/** Names for facet codes, in code order so that two writers can't deadlock. The last product to name a code differently wins. */
export async function upsertFacetLabels(tx: Tx, labels: readonly LabelRecord[]): Promise<void> {
  await sql`
    insert into facet_labels as old (option_code, value_code, option_name_en, option_name_ar, name_en, name_ar, hex)
    select distinct on (option_code collate "C", value_code collate "C")
      option_code, value_code, option_name_en, option_name_ar, name_en, name_ar, hex
    from json_to_recordset(${JSON.stringify(labels)}::json) as label (option_code text, value_code text, option_name_en text,
      option_name_ar text, name_en text, name_ar text, hex text)
    order by option_code collate "C", value_code collate "C"
    on conflict (option_code, value_code) do update set option_name_en = excluded.option_name_en,
      option_name_ar = excluded.option_name_ar, name_en = excluded.name_en, name_ar = excluded.name_ar,
      hex = coalesce(excluded.hex, old.hex)
    where (old.option_name_en, old.option_name_ar, old.name_en, old.name_ar, old.hex) is distinct from
      (excluded.option_name_en, excluded.option_name_ar, excluded.name_en, excluded.name_ar, coalesce(excluded.hex, old.hex))`.execute(
    tx,
  )
}
