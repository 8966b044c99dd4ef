import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import type { StoredAwaited, StoredPicture, StoredProduct, StoredVariant } from './import.sql.ts'

const IMPORT_LOCK = 7_140_225_102

/**
 * One import writes at a time: a second waits for the batch to end, and then finds what it brought. A batch may take longer than
 * a request ever should.
 */
export async function beginBatch(tx: Tx): Promise<void> {
  await sql`select set_config('lock_timeout', '60s', true), set_config('statement_timeout', '60s', true)`.execute(tx)
  await sql`select pg_advisory_xact_lock(${IMPORT_LOCK})`.execute(tx)
}

/** Inserts or updates products by id, many in one statement. `published_at` is set when one is first sold, and kept. */
export async function upsertProducts(tx: Tx, products: readonly StoredProduct[], now: Date): Promise<void> {
  if (products.length === 0) return
  await sql`
    insert into products as old (id, handle, slug_en, slug_ar, category_id, brand_id, name_en, name_ar, subtitle_en, subtitle_ar,
      description_html_en, description_html_ar, attributes, options, tags, status, featured_rank, published_at, created_at, updated_at)
    select id, handle, handle, "slugAr", "categoryId", "brandId", "nameEn", "nameAr", "subtitleEn", "subtitleAr",
      "descriptionHtmlEn", "descriptionHtmlAr", attributes, options, tags, status, "featuredRank",
      case when status = 'active' then ${now}::timestamptz end, ${now}::timestamptz, ${now}::timestamptz
    from json_to_recordset(${JSON.stringify(products)}::json) as row (id uuid, handle text, "slugAr" text, "categoryId" uuid,
      "brandId" uuid, "nameEn" text, "nameAr" text, "subtitleEn" text, "subtitleAr" text, "descriptionHtmlEn" text,
      "descriptionHtmlAr" text, attributes jsonb, options jsonb, tags text[], status text, "featuredRank" integer)
    on conflict (id) do update set slug_ar = excluded.slug_ar, category_id = excluded.category_id, brand_id = excluded.brand_id,
      name_en = excluded.name_en, name_ar = excluded.name_ar, subtitle_en = excluded.subtitle_en, subtitle_ar = excluded.subtitle_ar,
      description_html_en = excluded.description_html_en, description_html_ar = excluded.description_html_ar,
      attributes = excluded.attributes, options = excluded.options, tags = excluded.tags, status = excluded.status,
      featured_rank = excluded.featured_rank, published_at = coalesce(old.published_at, excluded.published_at),
      updated_at = excluded.updated_at`.execute(tx)
}

/** Inserts or updates variants by id, and writes down every price that is new. */
export async function upsertVariants(tx: Tx, variants: readonly StoredVariant[], now: Date): Promise<void> {
  if (variants.length === 0) return
  const rows = sql`json_to_recordset(${JSON.stringify(variants)}::json) as row (id uuid, "productId" uuid, sku text, position integer,
    options jsonb, "optionTextEn" text, "optionTextAr" text, "priceAmount" bigint, "compareAtAmount" bigint, barcode text,
    "weightGrams" integer, "hsCode" text, "originCountry" text, "pictureKey" text, "isActive" boolean)`
  await sql`
    insert into variants (id, product_id, sku, position, options, option_text_en, option_text_ar, price_amount, compare_at_amount,
      barcode, weight_grams, hs_code, origin_country, picture_key, is_active, created_at, updated_at)
    select id, "productId", sku, position, options, "optionTextEn", "optionTextAr", "priceAmount", "compareAtAmount",
      barcode, "weightGrams", "hsCode", "originCountry", "pictureKey", "isActive", ${now}::timestamptz, ${now}::timestamptz
    from ${rows}
    on conflict (id) do update set sku = excluded.sku, position = excluded.position, options = excluded.options,
      option_text_en = excluded.option_text_en, option_text_ar = excluded.option_text_ar, price_amount = excluded.price_amount,
      compare_at_amount = excluded.compare_at_amount, barcode = excluded.barcode, weight_grams = excluded.weight_grams,
      hs_code = excluded.hs_code, origin_country = excluded.origin_country, picture_key = excluded.picture_key,
      is_active = excluded.is_active, updated_at = excluded.updated_at`.execute(tx)
  await sql`
    insert into variant_prices as known (variant_id, valid_from, price_amount)
    select row.id, ${now}::timestamptz, row."priceAmount" from ${rows}
    where row."priceAmount" is distinct from (
      select price_amount from variant_prices where variant_id = row.id order by valid_from desc limit 1)
    on conflict (variant_id, valid_from) do update set price_amount = excluded.price_amount`.execute(tx)
}

/** Puts these pictures in place of whatever the products had. */
export async function replacePictures(
  tx: Tx,
  productIds: readonly string[],
  pictures: readonly StoredPicture[],
  awaited: readonly StoredAwaited[],
): Promise<void> {
  if (productIds.length === 0) return
  await sql`delete from product_pictures where product_id = any(${[...productIds]}::uuid[])`.execute(tx)
  await sql`delete from awaited_pictures where product_id = any(${[...productIds]}::uuid[])`.execute(tx)
  await sql`
    insert into product_pictures (product_id, position, media_key, alt_en, alt_ar)
    select "productId", position, "mediaKey", "altEn", "altAr"
    from json_to_recordset(${JSON.stringify(pictures)}::json)
      as row ("productId" uuid, position integer, "mediaKey" text, "altEn" text, "altAr" text)`.execute(tx)
  await sql`
    insert into awaited_pictures (product_id, position, source_id, alt_en, alt_ar, skus)
    select "productId", position, "sourceId", "altEn", "altAr", skus
    from json_to_recordset(${JSON.stringify(awaited)}::json)
      as row ("productId" uuid, position integer, "sourceId" uuid, "altEn" text, "altAr" text, skus text[])`.execute(tx)
}

/** Puts an arrived picture where it was awaited, and answers the products it changes. */
export async function attachArrived(tx: Tx, source: { id: string; mediaKey: string }): Promise<string[]> {
  const { rows } = await sql<{ productId: string }>`
    with arrived as (
      delete from awaited_pictures where source_id = ${source.id}::uuid returning product_id, position, alt_en, alt_ar, skus
    ), placed as (
      insert into product_pictures (product_id, position, media_key, alt_en, alt_ar)
      select product_id, position, ${source.mediaKey}, alt_en, alt_ar from arrived on conflict do nothing
    ), shown as (
      update variants set picture_key = ${source.mediaKey} from arrived
      where variants.product_id = arrived.product_id and variants.sku = any(arrived.skus)
    )
    select distinct product_id from arrived`.execute(tx)
  return rows.map((row) => row.productId)
}
