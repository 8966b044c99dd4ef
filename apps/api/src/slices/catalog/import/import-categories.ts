import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { AppContext } from '../../../context.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import { announceChange } from '../../../platform/db/notifications.ts'
import { newId } from '../../../platform/ids.ts'
import { findPicture, insertMedia } from '../../media/media.ts'
import type { ReadyPicture } from '../../media/media.ts'
import { refreshProductCards } from '../refresh-cards.ts'
import { parseText, toSlug } from './cells.ts'
import { listProductIdsIn, listStoredCategories, upsertCategories } from './categories.sql.ts'
import type { StoredCategory } from './categories.sql.ts'
import { FileFault } from './issues.ts'
import { openCsv } from './read-csv.ts'

const REFRESHED_AT_ONCE = 200

const names = [
  'handle',
  'handle_ar',
  'name_en',
  'name_ar',
  'description_en',
  'description_ar',
  'position',
  'picture',
] as const
type Name = (typeof names)[number]

async function readRows(file: string): Promise<Record<Name, string>[]> {
  const { rows } = await openCsv(file)
  const header = await rows.next()
  if (header.done || 'fault' in header.value) throw new FileFault('file/empty')
  const cells = header.value.cells.map((cell) => cell.trim().toLowerCase())
  const missing = names.filter((name) => !cells.includes(name))
  if (missing.length > 0) throw new FileFault('column/missing', missing.join(', '))
  const all: Record<Name, string>[] = []
  for await (const row of rows) {
    if ('fault' in row) throw new FileFault(row.fault, `line ${row.line}`)
    const cell = (name: Name): string => (row.cells[cells.indexOf(name)] ?? '').trim()
    all.push({
      handle: cell('handle'),
      handle_ar: cell('handle_ar'),
      name_en: cell('name_en'),
      name_ar: cell('name_ar'),
      description_en: cell('description_en'),
      description_ar: cell('description_ar'),
      position: cell('position'),
      picture: cell('picture'),
    })
  }
  return all
}

function toCategory(row: Record<Name, string>, pictureKey: string | null): Omit<StoredCategory, 'id'> {
  const handle = toSlug(row.handle)
  return {
    handle,
    slugAr: toSlug(row.handle_ar) || toSlug(row.name_ar) || handle,
    nameEn: parseText(row.name_en, 100),
    nameAr: parseText(row.name_ar, 100),
    descriptionEn: parseText(row.description_en, 500),
    descriptionAr: parseText(row.description_ar, 500),
    pictureKey,
    position: Number.parseInt(row.position, 10) || 0,
  }
}

/**
 * Imports the menu: a small file, all or nothing. Pictures are keys of folders below `media/` beside the file; one that is not
 * there leaves the category without. Throws FileFault. Answers how many differ from what was there.
 */
export async function importCategories(ctx: AppContext, file: string): Promise<{ total: number; changed: number }> {
  const rows = await readRows(file)
  const folder = { folder: path.dirname(path.resolve(file)), mediaDirectory: ctx.config.MEDIA_DIR, isDryRun: false }
  const pictures = new Map<string, ReadyPicture>()
  for (const { picture } of rows.filter((row) => row.picture !== '')) {
    const found = await findPicture(`media/${picture}`, folder)
    if (found.kind === 'ready') pictures.set(picture, found.picture)
  }
  const wanted = rows.map((row) => toCategory(row, pictures.get(row.picture)?.key ?? null))
  return inTransaction(ctx.db, async (tx) => {
    const stored = new Map((await listStoredCategories(tx)).map((row) => [row.handle, row]))
    const categories = wanted.map((row) => ({ id: stored.get(row.handle)?.id ?? newId(), ...row }))
    const changed = categories.filter((row) => !isDeepStrictEqual(row, stored.get(row.handle)))
    if (changed.length > 0) {
      await insertMedia(tx, [...pictures.values()])
      await upsertCategories(tx, changed)
      await announceChange(tx, ['catalog', 'products'])
      const products = await listProductIdsIn(
        tx,
        changed.map((row) => row.id),
      )
      for (let at = 0; at < products.length; at += REFRESHED_AT_ONCE)
        await refreshProductCards(tx, products.slice(at, at + REFRESHED_AT_ONCE))
    }
    return { total: categories.length, changed: changed.length }
  })
}
