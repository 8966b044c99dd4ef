import type { AppContext } from '../../context.ts'
import type { Finding } from './differences.sql.ts'
import { listOddCredits, listOddOrders, sumLedger } from './shop-books.sql.ts'

/**
 * The shop's own books against each other: the ledger adds up to nothing, an order that is over owes nothing and was paid once,
 * and a customer's credit is what the ledger says.
 */
export async function checkShop({ db }: Pick<AppContext, 'db'>, window: { from: Date; to: Date }): Promise<Finding[]> {
  const orders = await listOddOrders(db, window)
  const credits = await listOddCredits(db)
  const sum = await sumLedger(db)
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
            providerRef: 'ledger',
            paymentId: null,
            orderId: null,
            ours: { sum },
            theirs: { sum: 0 },
          },
        ]),
  ]
}
