import type { Money } from '@dhow/money/money.ts'
import { money } from '@dhow/money/money.ts'
import type { AppContext } from '../src/context.ts'
import type { Tx } from '../src/platform/db/database.ts'
import { inTransaction } from '../src/platform/db/database.ts'
import { newId } from '../src/platform/ids.ts'
import { jobHandlers } from '../src/jobs.ts'

/** What a test may care about of a variant; everything else has a sensible default. */
export interface VariantWish {
  onHand?: number
  /** VAT-inclusive. */
  price?: Money
  compareAt?: Money
  sku?: string
  /** Option code → value code, of the product's options. */
  options?: Record<string, string>
  optionText?: { en: string; ar: string }
  isActive?: boolean
  weightGrams?: number
}

export interface ProductWish {
  name?: { en: string; ar: string }
  category?: { handle: string; name: { en: string; ar: string } }
  brand?: { slug: string; name: { en: string; ar: string } }
  status?: 'draft' | 'active' | 'archived'
  vatRateBp?: number
  tags?: string[]
  options?: {
    code: string
    nameEn: string
    nameAr: string
    values: { code: string; nameEn: string; nameAr: string; hex: string | null }[]
  }[]
  variants?: VariantWish[]
}

export interface GivenVariant {
  id: string
  sku: string
  productId: string
  price: Money
}

export interface GivenProduct {
  id: string
  handle: string
  slugs: { en: string; ar: string }
  variants: GivenVariant[]
}

export const mainLocationId = '0192a000-0000-7000-8000-000000000001'

const defaultCategory = { handle: 'test-oud', name: { en: 'Oud', ar: 'عود' } }
const defaultBrand = { slug: 'test-brand', name: { en: 'Test House', ar: 'دار الاختبار' } }
const pictureKey = 'test-picture'

async function ensureCategory(tx: Tx, wish: NonNullable<ProductWish['category']>): Promise<string> {
  const { handle, name } = wish
  const row = { id: newId(), handle, slugEn: handle, slugAr: `${handle}-عربي`, nameEn: name.en, nameAr: name.ar }
  await tx
    .insertInto('categories')
    .values(row)
    .onConflict((conflict) => conflict.doNothing()) // another may be making it just now: by handle, and by slugs
    .execute()
  return (await tx.selectFrom('categories').select('id').where('handle', '=', handle).executeTakeFirstOrThrow()).id
}

async function ensureBrand(tx: Tx, { slug, name }: NonNullable<ProductWish['brand']>): Promise<string> {
  const row = { id: newId(), slug, nameEn: name.en, nameAr: name.ar }
  await tx
    .insertInto('brands')
    .values(row)
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .execute()
  return (await tx.selectFrom('brands').select('id').where('slug', '=', slug).executeTakeFirstOrThrow()).id
}

async function insertPicture(tx: Tx, productId: string): Promise<void> {
  const media = { key: pictureKey, width: 400, height: 440, widths: [320, 640, 1080] }
  await tx
    .insertInto('media')
    .values(media)
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute()
  const alts = { altEn: 'A bottle', altAr: 'قارورة' }
  await tx
    .insertInto('productPictures')
    .values({ productId, position: 0, mediaKey: pictureKey, ...alts })
    .execute()
}

interface Count {
  variantId: string
  onHand: number
  now: Date
}

async function insertStock(tx: Tx, { variantId, onHand, now }: Count): Promise<void> {
  await tx.insertInto('stockLevels').values({ variantId, locationId: mainLocationId, onHand }).execute()
  const movement = { variantId, locationId: mainLocationId, onHandDelta: onHand, reservedDelta: 0, createdAt: now }
  await tx
    .insertInto('stockMovements')
    .values({ ...movement, kind: 'count', orderId: null, reason: null })
    .execute()
}

interface VariantPlace {
  productId: string
  position: number
  now: Date
}

async function insertVariant(tx: Tx, wish: VariantWish, place: VariantPlace): Promise<GivenVariant> {
  const { productId, position, now } = place
  const id = newId()
  const price = wish.price ?? money(10_000)
  const sku = wish.sku ?? `SKU-${id.slice(-12)}`
  await tx
    .insertInto('variants')
    .values({
      id,
      productId,
      sku,
      position,
      options: JSON.stringify(wish.options ?? {}),
      optionTextEn: wish.optionText?.en ?? '',
      optionTextAr: wish.optionText?.ar ?? '',
      priceAmount: price.amount,
      compareAtAmount: wish.compareAt?.amount ?? null,
      barcode: null,
      weightGrams: wish.weightGrams ?? 250,
      hsCode: '330300',
      originCountry: 'AE',
      pictureKey: null,
      isActive: wish.isActive ?? true,
    })
    .execute()
  await tx.insertInto('variantPrices').values({ variantId: id, validFrom: now, priceAmount: price.amount }).execute()
  await insertStock(tx, { variantId: id, onHand: wish.onHand ?? 10, now })
  return { id, sku, productId, price }
}

/** Puts a product with its variants and stock into the catalogue, and has its card made as the worker would. */
export async function insertProduct(ctx: AppContext, wish: ProductWish): Promise<GivenProduct> {
  const product = await insertRows(ctx, wish)
  await jobHandlers['catalog.refresh-cards']?.(ctx, { productId: product.id })
  return product
}

function insertRows(ctx: AppContext, wish: ProductWish): Promise<GivenProduct> {
  return inTransaction(ctx.db, async (tx) => {
    const id = newId()
    const now = ctx.clock.now()
    const handle = `product-${id.slice(-12)}`
    const name = wish.name ?? { en: `Oud oil ${id.slice(-4)}`, ar: `دهن عود ${id.slice(-4)}` }
    const slugs = { en: handle, ar: `منتج-${id.slice(-12)}` }
    await tx
      .insertInto('products')
      .values({
        id,
        handle,
        slugEn: slugs.en,
        slugAr: slugs.ar,
        categoryId: await ensureCategory(tx, wish.category ?? defaultCategory),
        brandId: await ensureBrand(tx, wish.brand ?? defaultBrand),
        nameEn: name.en,
        nameAr: name.ar,
        attributes: '[]',
        options: JSON.stringify(wish.options ?? []),
        tags: wish.tags ?? [],
        status: wish.status ?? 'active',
        vatRateBp: wish.vatRateBp ?? 500,
        publishedAt: now,
      })
      .execute()
    await insertPicture(tx, id)
    const variants: GivenVariant[] = []
    for (const [position, variant] of (wish.variants ?? [{}]).entries())
      variants.push(await insertVariant(tx, variant, { productId: id, position, now }))
    return { id, handle, slugs, variants }
  })
}
