import type { OrderView } from '@dhow/contracts/orders.ts'
import { add, sum } from '@dhow/money/money.ts'
import type { Money } from '@dhow/money/money.ts'
import type { OrderData } from './order-data.ts'

type Standing = Pick<OrderData, 'state' | 'payment' | 'storeCredit' | 'refunds' | 'cash'>

const afterTheDoor: readonly NonNullable<OrderView['cash']>['state'][] = ['collected', 'remitted', 'reconciled']

/** Everything that was paid by any means, store credit included, is given back or on its way. */
export function isGivenBack({ payment, storeCredit, refunds }: Standing): boolean {
  const paid = add(payment.captured, storeCredit)
  const given = sum(refunds.filter(({ state }) => state !== 'failed').map(({ amount }) => amount))
  return paid.amount > 0 && given.amount >= paid.amount
}

/** Whether packing and the courier are still ahead: not after the cash was handed over, nor once all money is back. */
export const isStillToCome = (order: Standing): boolean =>
  order.state === 'confirmed' && !isGivenBack(order) && !(order.cash && afterTheDoor.includes(order.cash.state))

/** What its payment has brought in: less than was due where a courier got less, or only a part was taken. */
export const takenBy = ({ payment, storeCredit }: Pick<Standing, 'payment' | 'storeCredit'>): Money =>
  payment.method === 'store-credit' ? storeCredit : payment.captured
