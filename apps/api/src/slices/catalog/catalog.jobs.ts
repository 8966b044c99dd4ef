import { z } from 'zod'
import type { AppContext } from '../../context.ts'
import { inTransaction } from '../../platform/db/database.ts'
import { findSource } from '../media/media.ts'
import { attachArrived } from './import/write.sql.ts'
import { refreshProductCards } from './refresh-cards.ts'

const RefreshCards = z.strictObject({ productId: z.uuid() })
const AttachPictures = z.strictObject({ sourceId: z.uuid() })

/** Jobs of the catalogue, by task name. Safe to run twice. */
export const catalogJobs: Record<string, (ctx: AppContext, payload: unknown) => Promise<void>> = {
  /** After stock of a product moved: its card and page say what is left. */
  'catalog.refresh-cards': async (ctx, payload) => {
    const { productId } = RefreshCards.parse(payload)
    await inTransaction(ctx.db, (tx) => refreshProductCards(tx, [productId]))
  },
  /** A picture that an import named by address has arrived. */
  'catalog.attach-pictures': async (ctx, payload) => {
    const { sourceId } = AttachPictures.parse(payload)
    await inTransaction(ctx.db, async (tx) => {
      const source = await findSource(tx, sourceId)
      if (source?.mediaKey)
        await refreshProductCards(tx, await attachArrived(tx, { id: source.id, mediaKey: source.mediaKey }))
    })
  },
}
