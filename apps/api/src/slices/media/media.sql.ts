import { sql } from 'kysely'
import type { DbOrTx, Tx } from '../../platform/db/database.ts'
import { newId } from '../../platform/ids.ts'
import type { ReadyPicture } from './renditions.ts'

/** Records pictures whose files are in place. In key order, so that two writers can't deadlock. */
export async function insertMedia(tx: Tx, pictures: readonly ReadyPicture[]): Promise<void> {
  if (pictures.length === 0) return
  const unique = new Map(pictures.map((picture) => [picture.key, picture]))
  const rows = JSON.stringify([...unique.values()])
  await sql`
    insert into media as old (key, width, height, widths)
    select key, width, height, widths
    from json_to_recordset(${rows}::json) as picture (key text, width integer, height integer, widths integer[])
    order by key collate "C"
    on conflict (key) do update set width = excluded.width, height = excluded.height, widths = excluded.widths
    where (old.width, old.height, old.widths) is distinct from (excluded.width, excluded.height, excluded.widths)`.execute(
    tx,
  )
}

export interface MediaSource {
  id: string
  url: string
  /** Set once the picture has arrived. */
  mediaKey: string | null
}

export async function findSources(db: DbOrTx, urls: readonly string[]): Promise<Map<string, MediaSource>> {
  const { rows } = await sql<MediaSource>`
    select id, url, media_key from media_sources where url = any(${[...urls]}::text[])`.execute(db)
  return new Map(rows.map((row) => [row.url, row]))
}

/** Remembers addresses to fetch and answers all of them; one asked for again after it failed is tried again. */
export async function requestSources(tx: Tx, urls: readonly string[], now: Date): Promise<MediaSource[]> {
  const rows = [...new Set(urls)].toSorted().map((url) => ({ id: newId(), url }))
  const { rows: sources } = await sql<MediaSource>`
    insert into media_sources as old (id, url, requested_at)
    select id, url, ${now}::timestamptz from json_to_recordset(${JSON.stringify(rows)}::json) as source (id uuid, url text)
    on conflict (url) do update set failed_reason = null, requested_at = excluded.requested_at
    returning id, url, media_key`.execute(tx)
  return sources
}

export async function findSource(db: DbOrTx, id: string): Promise<MediaSource | undefined> {
  const { rows } = await sql<MediaSource>`select id, url, media_key from media_sources where id = ${id}::uuid`.execute(
    db,
  )
  return rows[0]
}

export async function markArrived(tx: Tx, id: string, key: string): Promise<void> {
  await sql`update media_sources set media_key = ${key}, failed_reason = null where id = ${id}::uuid`.execute(tx)
}

export async function markFailed(db: DbOrTx, id: string, reason: string): Promise<void> {
  await sql`update media_sources set failed_reason = ${reason.slice(0, 200)} where id = ${id}::uuid`.execute(db)
}
