import { sql } from 'kysely'
import type { DbOrTx, Tx } from '../../../platform/db/database.ts'

export interface StoredCategory {
  id: string
  handle: string
  slugAr: string
  nameEn: string
  nameAr: string
  descriptionEn: string
  descriptionAr: string
  pictureKey: string | null
  position: number
}

export async function listStoredCategories(db: DbOrTx): Promise<StoredCategory[]> {
  const { rows } = await sql<StoredCategory>`
    select id, handle, slug_ar, name_en, name_ar, description_en, description_ar, picture_key, position from categories`.execute(
    db,
  )
  return rows
}

export async function upsertCategories(tx: Tx, categories: readonly StoredCategory[]): Promise<void> {
  await sql`
    insert into categories (id, handle, slug_en, slug_ar, name_en, name_ar, description_en, description_ar, picture_key, position)
    select id, handle, handle, "slugAr", "nameEn", "nameAr", "descriptionEn", "descriptionAr", "pictureKey", position
    from json_to_recordset(${JSON.stringify(categories)}::json) as row (id uuid, handle text, "slugAr" text, "nameEn" text,
      "nameAr" text, "descriptionEn" text, "descriptionAr" text, "pictureKey" text, position integer)
    on conflict (id) do update set slug_ar = excluded.slug_ar, name_en = excluded.name_en, name_ar = excluded.name_ar,
      description_en = excluded.description_en, description_ar = excluded.description_ar, picture_key = excluded.picture_key,
      position = excluded.position`.execute(tx)
}

/** Products whose cards and pages name these categories. */
export async function listProductIdsIn(tx: Tx, categoryIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from products where category_id = any(${[...categoryIds]}::uuid[]) order by id`.execute(tx)
  return rows.map((row) => row.id)
}
