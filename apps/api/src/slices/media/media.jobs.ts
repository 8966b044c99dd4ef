import { z } from 'zod'
import type { AppContext } from '../../context.ts'
import { inTransaction } from '../../platform/db/database.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import { download } from './download.ts'
import { findSource, insertMedia, markArrived, markFailed } from './media.sql.ts'
import { PictureRefused, storePicture } from './renditions.ts'
import type { ReadyPicture } from './renditions.ts'

const Fetch = z.strictObject({ sourceId: z.uuid() })

async function fetchPicture(ctx: AppContext, source: { id: string; url: string }): Promise<ReadyPicture | undefined> {
  const answer = await download(source.url)
  if (answer.kind === 'failed') throw new Error(`the picture could not be fetched: ${answer.reason}`)
  if (answer.kind === 'refused') {
    await markFailed(ctx.db, source.id, answer.reason)
    return undefined
  }
  try {
    return await storePicture(ctx.config.MEDIA_DIR, answer.bytes)
  } catch (error) {
    if (!(error instanceof PictureRefused)) throw error
    await markFailed(ctx.db, source.id, error.message)
    return undefined
  }
}

/** Jobs of media, by task name. Safe to run twice. */
export const mediaJobs: Record<string, (ctx: AppContext, payload: unknown) => Promise<void>> = {
  /** Fetches a picture an import named by address. What can never work is recorded; what may, throws and is tried again. */
  'media.fetch': async (ctx, payload) => {
    const { sourceId } = Fetch.parse(payload)
    const source = await findSource(ctx.db, sourceId)
    if (!source || source.mediaKey !== null) return
    const picture = await fetchPicture(ctx, source)
    if (!picture) return
    await inTransaction(ctx.db, async (tx) => {
      await insertMedia(tx, [picture])
      await markArrived(tx, source.id, picture.key)
      await enqueue(tx, { task: 'catalog.attach-pictures', payload: { sourceId }, key: `attach:${sourceId}` })
    })
  },
}
