import type { DbOrTx, Tx } from '../../../platform/db/database.ts'
import { newId } from '../../../platform/ids.ts'
import { toSlug } from './cells.ts'
import {
  findAwaited,
  findBrands,
  findCategories,
  findPictures,
  findProducts,
  findSlugOwners,
  findVariants,
  insertBrands,
  insertCategories,
} from './import.sql.ts'
import type {
  CategoryNames,
  NamedRow,
  StoredAwaited,
  StoredPicture,
  StoredProduct,
  StoredVariant,
} from './import.sql.ts'
import type { ProductDraft } from './product-draft.ts'

/** What the shop knows already about a batch of drafts. */
export interface Known {
  productByHandle: ReadonlyMap<string, StoredProduct>
  variantsByProduct: ReadonlyMap<string, StoredVariant[]>
  variantBySku: ReadonlyMap<string, StoredVariant>
  picturesByProduct: ReadonlyMap<string, StoredPicture[]>
  awaitedByProduct: ReadonlyMap<string, StoredAwaited[]>
  /** Address → handle of the product that has it. Grows while a batch is planned. */
  slugOwners: Map<string, string>
  categoryByCode: ReadonlyMap<string, NamedRow>
  brandByCode: ReadonlyMap<string, NamedRow>
  /** Categories the batch brings that have no Arabic name. */
  untranslatedCategories: ReadonlySet<string>
}

export const categoryCode = (draft: ProductDraft): string => toSlug(draft.category.en)
export const brandCode = (draft: ProductDraft): string => toSlug(draft.brand.en)

const byCode = <T extends NamedRow>(rows: readonly T[]): Map<string, T> => new Map(rows.map((row) => [row.code, row]))

function newCategories(drafts: readonly ProductDraft[], found: readonly CategoryNames[]): CategoryNames[] {
  const known = byCode(found)
  const taken = new Set(found.map((row) => row.slugAr))
  const made = new Map<string, CategoryNames>()
  for (const draft of drafts) {
    const code = categoryCode(draft)
    if (known.has(code) || made.has(code)) continue
    const wanted = toSlug(draft.category.ar) || code
    const slugAr = taken.has(wanted) ? `${wanted}-${code}` : wanted
    taken.add(slugAr)
    made.set(code, {
      id: newId(),
      code,
      nameEn: draft.category.en,
      nameAr: draft.category.ar || draft.category.en,
      slugAr,
    })
  }
  return [...made.values()]
}

function newBrands(drafts: readonly ProductDraft[], known: ReadonlyMap<string, NamedRow>): NamedRow[] {
  const made = new Map<string, NamedRow>()
  for (const draft of drafts) {
    const code = brandCode(draft)
    const { en, ar } = draft.brand
    if (!known.has(code) && !made.has(code)) made.set(code, { id: newId(), code, nameEn: en, nameAr: ar || en })
  }
  return [...made.values()]
}

/** Finds categories and brands of the drafts, and makes those that are new (in a dry run only in mind). */
async function ensureGroups(db: DbOrTx, tx: Tx | undefined, drafts: readonly ProductDraft[]) {
  const codes = [...new Set(drafts.map(categoryCode))]
  const slugs = drafts.map((draft) => toSlug(draft.category.ar)).filter(Boolean)
  const categories = await findCategories(db, codes, slugs)
  const made = newCategories(drafts, categories)
  const brands = byCode(await findBrands(db, [...new Set(drafts.map(brandCode))]))
  const madeBrands = newBrands(drafts, brands)
  if (tx) {
    await insertCategories(tx, made)
    await insertBrands(tx, madeBrands)
  }
  // Read again: another import may have made the same ones first.
  const [allCategories, allBrands] = tx
    ? [await findCategories(tx, codes, []), await findBrands(tx, [...new Set(drafts.map(brandCode))])]
    : [
        [...categories, ...made],
        [...brands.values(), ...madeBrands],
      ]
  const untranslated = drafts.filter(
    (draft) => draft.category.ar === '' && made.some((row) => row.code === categoryCode(draft)),
  )
  return {
    categoryByCode: byCode(allCategories),
    brandByCode: byCode(allBrands),
    untranslatedCategories: new Set(untranslated.map(categoryCode)),
  }
}

/** Loads what a batch is compared with, in a handful of queries however many products it has. With `tx`, products are locked. */
export async function loadKnown(db: DbOrTx, tx: Tx | undefined, drafts: readonly ProductDraft[]): Promise<Known> {
  const groups = await ensureGroups(db, tx, drafts)
  const products = await findProducts(
    db,
    drafts.map((draft) => draft.handle),
    tx !== undefined,
  )
  const ids = products.map((product) => product.id)
  const skus = drafts.flatMap((draft) => draft.variants.map((variant) => variant.sku))
  const variants = await findVariants(db, ids, skus)
  const pictures = await findPictures(db, ids)
  const awaited = await findAwaited(db, ids)
  const slugs = drafts.flatMap((draft) => {
    const arabic = draft.slugAr || toSlug(draft.nameAr)
    return [draft.handle, arabic, `${arabic}-${draft.handle}`]
  })
  return {
    ...groups,
    productByHandle: new Map(products.map((product) => [product.handle, product])),
    variantsByProduct: Map.groupBy(variants, (variant) => variant.productId),
    variantBySku: new Map(variants.map((variant) => [variant.sku, variant])),
    picturesByProduct: Map.groupBy(pictures, (picture) => picture.productId),
    awaitedByProduct: Map.groupBy(awaited, (picture) => picture.productId),
    slugOwners: await findSlugOwners(db, slugs),
  }
}
