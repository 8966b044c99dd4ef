import { z } from 'zod'
import type { AppContext } from '../../context.ts'
import { inTransaction } from '../../platform/db/database.ts'
import { refreshProductCards } from './refresh-cards.ts'

const RefreshCards = z.strictObject({ productId: z.uuid() })

/** Jobs of the catalogue, by task name. Safe to run twice. */
export const catalogJobs: Record<string, (ctx: AppContext, payload: unknown) => Promise<void>> = {
  /** After stock of a product moved: its card and page say what is left. */
  'catalog.refresh-cards': async (ctx, payload) => {
    const { productId } = RefreshCards.parse(payload)
    await inTransaction(ctx.db, (tx) => refreshProductCards(tx, [productId]))
  },
}
