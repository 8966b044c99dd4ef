import type { Tx } from '../../platform/db/database.ts'
import { mergeLines } from './merge-lines.ts'
import {
  findCartOfOrder,
  listLinesToMerge,
  lockCartsToTake,
  lockCustomersCarts,
  markReopened,
  pourLines,
} from './own-carts.sql.ts'

/**
 * Gives the cart of a cancelled order back, lines and details as they were. A customer who has begun another cart since gets the
 * lines in that one, since they have one open cart at a time. Stock does not limit what comes back: it is let go right after.
 * Call it before stock is touched, as checkout locks carts first too.
 */
export async function reopenCart(tx: Tx, orderId: string, now: Date): Promise<void> {
  const cart = await findCartOfOrder(tx, orderId)
  if (!cart) return
  const { id, customerId } = cart
  if (!customerId) return markReopened(tx, { id, now })
  await lockCustomersCarts(tx, customerId)
  const [open] = await lockCartsToTake(tx, { customerId, keyHash: null })
  if (!open) return markReopened(tx, { id, now })
  const lines = (await listLinesToMerge(tx, [id, open.id])).map((line) => ({ ...line, available: Infinity }))
  const merged = mergeLines(
    lines.filter((line) => line.cartId === open.id),
    lines.filter((line) => line.cartId === id),
  )
  await pourLines(tx, { ...merged, fromId: id, toId: open.id, now })
}
