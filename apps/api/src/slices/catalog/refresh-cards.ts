import type { Tx } from '../../platform/db/database.ts'
import { announceChange } from '../../platform/db/notifications.ts'
import { indexedWords, insertSearchWords } from '../search/search.ts'
import { pricedVariants, toProductCard, toProductDetail, usedOptions } from './card-view.ts'
import type { ProductFacts } from './card-view.ts'
import {
  deleteUnpublished,
  listActiveVariants,
  listPictures,
  listPublishedProducts,
  lockProducts,
  upsertCards,
  upsertDetails,
  upsertFacetLabels,
} from './refresh.sql.ts'
import type { CardRecord, LabelRecord } from './refresh.sql.ts'

/** One notification carries a hundred tags; past this many products it is cheaper to forget every product page. */
const MAX_TAGGED = 90

const namesOf = (product: ProductFacts['product']): string[] => [
  product.nameEn,
  product.nameAr,
  product.brandNameEn,
  product.brandNameAr,
]

function searchTextOf(facts: ProductFacts): string[] {
  const { product, variants } = facts
  const values = usedOptions(facts).flatMap((option) => [
    option.nameEn,
    option.nameAr,
    ...option.values.flatMap((value) => [value.nameEn, value.nameAr]),
  ])
  const attributes = product.attributes.flatMap((attribute) => [attribute.valueEn, attribute.valueAr])
  const category = [product.categoryNameEn, product.categoryNameAr]
  const subtitle = [product.subtitleEn, product.subtitleAr]
  const skus = variants.map((variant) => variant.sku)
  return indexedWords(
    [...namesOf(product), ...category, ...subtitle, ...product.tags, ...values, ...attributes, ...skus].join(' '),
  )
}

function facetsOf({ variants }: ProductFacts): string[] {
  const buyable = variants.filter((variant) => variant.available > 0)
  const pairs = buyable.flatMap((variant) => Object.entries(variant.options))
  return [...new Set(pairs.map(([option, value]) => `${option}:${value}`))].toSorted()
}

function toCardRecord(facts: ProductFacts): CardRecord {
  const { product, variants } = facts
  const prices = pricedVariants(variants).map((variant) => variant.priceAmount)
  return {
    product_id: product.id,
    category_id: product.categoryId,
    brand_slug: product.brandSlug,
    card_en: toProductCard(facts, 'en'),
    card_ar: toProductCard(facts, 'ar'),
    facets: facetsOf(facts),
    tags: product.tags,
    price_min: Math.min(...prices),
    price_max: Math.max(...prices),
    is_available: variants.some((variant) => variant.available > 0),
    featured_rank: product.featuredRank,
    published_at: product.publishedAt.toISOString(),
    search_text: searchTextOf(facts),
    search_name: indexedWords(namesOf(product).join(' ')),
  }
}

function labelsOf(facts: ProductFacts): LabelRecord[] {
  return usedOptions(facts).flatMap((option) =>
    option.values.map((value) => ({
      option_code: option.code,
      value_code: value.code,
      option_name_en: option.nameEn,
      option_name_ar: option.nameAr,
      name_en: value.nameEn,
      name_ar: value.nameAr,
      hex: value.hex,
    })),
  )
}

function groupByProduct<Row extends { productId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  return Map.groupBy(rows, (row) => row.productId)
}

async function gatherFacts(tx: Tx, productIds: readonly string[]): Promise<ProductFacts[]> {
  const products = await listPublishedProducts(tx, productIds)
  const variants = groupByProduct(await listActiveVariants(tx, productIds))
  const pictures = groupByProduct(await listPictures(tx, productIds))
  return products
    .map((product) => ({
      product,
      variants: variants.get(product.id) ?? [],
      pictures: pictures.get(product.id) ?? [],
    }))
    .filter((facts) => facts.variants.length > 0)
}

/** Lists go stale when a card changed; a product page also when only its own detail did. */
async function announce(tx: Tx, listed: readonly string[], detailed: readonly string[]): Promise<void> {
  const products = [...new Set([...listed, ...detailed])]
  if (products.length === 0) return
  const tags = products.length > MAX_TAGGED ? ['products'] : products.map((id) => `product:${id}`)
  await announceChange(tx, listed.length > 0 ? ['catalog', ...tags] : tags)
}

/**
 * Rewrites what the shop window shows of these products, and takes out those that are not published or have nothing to sell.
 * Run it in the transaction of the change, after it; caches hear of it on commit, and only if something differs.
 */
export async function refreshProductCards(tx: Tx, productIds: readonly string[]): Promise<void> {
  if (productIds.length === 0) return
  await lockProducts(tx, productIds)
  const facts = await gatherFacts(tx, productIds)
  const cards = facts.map(toCardRecord)
  const gone = await deleteUnpublished(
    tx,
    productIds,
    cards.map((card) => card.product_id),
  )
  const listed = await upsertCards(tx, cards)
  const detailed = await upsertDetails(
    tx,
    facts.map((each) => ({
      product_id: each.product.id,
      detail_en: toProductDetail(each, 'en'),
      detail_ar: toProductDetail(each, 'ar'),
    })),
  )
  const changed = new Set(listed)
  await upsertFacetLabels(tx, facts.filter((each) => changed.has(each.product.id)).flatMap(labelsOf))
  await insertSearchWords(
    tx,
    cards.filter((card) => changed.has(card.product_id)).flatMap((card) => card.search_text),
  )
  await announce(tx, [...listed, ...gone], detailed)
}
