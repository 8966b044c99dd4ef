import { listBooksIn } from './books.sql.ts'
import type { BookPosition } from './books.sql.ts'
import { compareLedger } from './compare-payment.ts'
import type { Comparison } from './reconcile-provider.ts'
import { addOurs } from './totals.ts'

const PAGE = 200

/** Cash is known to nobody but us and the courier, whose file is matched when it comes: here the ledger must have booked it. */
export async function compareCash(run: Comparison): Promise<void> {
  const { ctx, window, totals, examined, findings } = run
  const pageOf = (after?: BookPosition) => listBooksIn(ctx.db, { provider: 'cod', after, limit: PAGE }, window)
  for (let page = await pageOf(); page.length > 0; page = await pageOf(page.at(-1))) {
    for (const book of page) {
      const { paymentId, orderId } = book
      const providerRef = book.providerRef ?? paymentId
      examined.add(providerRef)
      addOurs(totals, book)
      findings.push(...compareLedger(book).map((mismatch) => ({ ...mismatch, providerRef, paymentId, orderId })))
    }
    if (page.length < PAGE) return
  }
}
