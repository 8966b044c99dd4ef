import type { AppContext } from '../../context.ts'
import type { Finding } from './differences.sql.ts'
import { listBooked, listOddCredits, listOddOrders, listOrdersInDoubt, sumLedger } from './shop-books.sql.ts'
import type { BookedPosition, OddOrder } from './shop-books.sql.ts'

const PAGE = 500
/** What a difference about the whole ledger is about. */
export const WHOLE_LEDGER = 'ledger'

export interface ShopCheck {
  window: { from: Date; to: Date }
  /** Whether the whole ledger is added up, which reads all of it. */
  isWhole: boolean
}

/** Orders that do not add up: of those something was booked about in a time, and of those it is known of. */
async function findOddOrders({ db }: Pick<AppContext, 'db'>, window: ShopCheck['window']): Promise<OddOrder[]> {
  const odd = await listOddOrders(db, await listOrdersInDoubt(db))
  const pageOf = (after?: BookedPosition) => listBooked(db, window, { after, limit: PAGE })
  for (let page = await pageOf(); page.length > 0; page = await pageOf(page.at(-1)))
    odd.push(...(await listOddOrders(db, [...new Set(page.flatMap(({ orderId }) => orderId ?? []))])))
  return [...new Map(odd.map((order) => [order.orderId, order])).values()]
}

/**
 * The shop's own books against each other: an order that is over owes nothing and was paid once, a customer's credit is what the
 * ledger says, and the ledger as a whole adds up to nothing.
 */
export async function checkShop(ctx: Pick<AppContext, 'db'>, { window, isWhole }: ShopCheck): Promise<Finding[]> {
  const orders = await findOddOrders(ctx, window)
  const credits = await listOddCredits(ctx.db)
  const sum = isWhole ? await sumLedger(ctx.db) : 0
  const ofOrder = ({ number, orderId }: (typeof orders)[number]) => ({ providerRef: number, paymentId: null, orderId })
  return [
    ...orders
      .filter((order) => order.payingCount > 1)
      .map((order) => ({
        ...ofOrder(order),
        class: 'duplicate' as const,
        ours: { state: order.state, payments: order.payingCount },
        theirs: { payments: 1 },
      })),
    ...orders
      .filter((order) => order.payingCount <= 1)
      .map((order) => ({
        ...ofOrder(order),
        class: 'ledger' as const,
        ours: { state: order.state, owed: order.owedAmount },
        theirs: { owed: 0 },
      })),
    ...credits.map((credit) => ({
      class: 'ledger' as const,
      providerRef: `store-credit:${credit.customerId}`,
      paymentId: null,
      orderId: null,
      ours: { balance: credit.balanceAmount },
      theirs: { booked: credit.bookedAmount },
    })),
    ...(sum === 0
      ? []
      : [
          {
            class: 'ledger' as const,
            providerRef: WHOLE_LEDGER,
            paymentId: null,
            orderId: null,
            ours: { sum },
            theirs: { sum: 0 },
          },
        ]),
  ]
}
