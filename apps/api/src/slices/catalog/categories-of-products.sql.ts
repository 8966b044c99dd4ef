import { sql } from 'kysely'
import type { DbOrTx } from '../../platform/db/database.ts'

/** Handles of the categories these products are in, and of all above those. Plan: primary keys; a cart holds 50 lines at most. */
export async function listCategoriesOfProducts(db: DbOrTx, productIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ handle: string }>`
    with recursive above as (
      select category.id, category.handle, category.parent_id from categories category
      where category.id in (select category_id from products where id = any(${[...productIds]}::uuid[]))
      union
      select parent.id, parent.handle, parent.parent_id from categories parent join above on parent.id = above.parent_id
    )
    select handle from above`.execute(db)
  return rows.map((row) => row.handle)
}

/** The category each product is in, in English, by the product's id. */
export async function findCategoryNames(db: DbOrTx, productIds: readonly string[]): Promise<Map<string, string>> {
  if (productIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('products')
    .innerJoin('categories', 'categories.id', 'products.categoryId')
    .select(['products.id', 'categories.nameEn'])
    .where('products.id', 'in', [...productIds])
    .execute()
  return new Map(rows.map((row) => [row.id, row.nameEn]))
}
