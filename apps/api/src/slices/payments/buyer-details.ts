import { money } from '@dhow/money/money.ts'
import type { AppContext } from '../../context.ts'
import type { PurchaseDetails } from '../../providers/payments/port.ts'
import { findAccount } from '../identity/identity.ts'
import { findBuyerHistory } from '../orders/orders.ts'
import type { BuyerHistory } from '../orders/orders.ts'

type Earlier = PurchaseDetails['orderHistory'][number]

function statusOf(order: BuyerHistory['earlier'][number]): Earlier['status'] {
  if (order.state === 'cancelled') return 'cancelled'
  if (order.state === 'awaiting-payment') return 'new'
  if (order.capturedAmount > 0 && order.refundedAmount >= order.capturedAmount) return 'refunded'
  return order.paymentState === 'captured' ? 'complete' : 'processing'
}

/** Orders that credit paid wholly were lent by nobody and tell a lender nothing. */
const historyOf = (history: BuyerHistory): Earlier[] =>
  history.earlier.flatMap((order) =>
    order.method === 'store-credit'
      ? []
      : [
          {
            placedAt: order.placedAt,
            amount: money(order.amount),
            method: order.method,
            status: statusOf(order),
          },
        ],
  )

/** Who somebody is to a lender: a customer's account and what they ordered before; of a guest nothing is known. */
export async function buyerDetails(
  ctx: AppContext,
  customerId: string | null,
  history: BuyerHistory,
): Promise<Pick<PurchaseDetails, 'buyerHistory' | 'orderHistory'>> {
  const account = customerId === null ? undefined : await findAccount(ctx.db, { id: customerId })
  return {
    buyerHistory: {
      registeredSince: account?.createdAt.toISOString() ?? null,
      successfulOrders: history.paidCount,
      isPhoneVerified: (account?.phoneVerifiedAt ?? null) !== null,
      isEmailVerified: (account?.emailVerifiedAt ?? null) !== null,
    },
    orderHistory: historyOf(history),
  }
}

/** {@link buyerDetails} of whoever fills a cart. */
export async function buyerDetailsOf(
  ctx: AppContext,
  customerId: string | null,
): Promise<Pick<PurchaseDetails, 'buyerHistory' | 'orderHistory'>> {
  const history = customerId === null ? { earlier: [], paidCount: 0 } : await findBuyerHistory(ctx.db, customerId)
  return buyerDetails(ctx, customerId, history)
}
