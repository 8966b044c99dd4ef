import type { OrderSummary } from '@dhow/contracts/account.ts'
import type { Picture } from '@dhow/contracts/primitives.ts'
import type { Formatter } from '@dhow/i18n/format.ts'
import type { Money } from '@dhow/money/money.ts'

/** How an order stands, as its own page says it too; `failed` is a last try to pay that was refused. */
export type Standing = OrderSummary['state'] | 'awaiting-code' | 'refunded' | 'failed'

/** An order as lists show it, its day in words. */
export interface OrderRow {
  number: string
  standing: Standing
  placed: string
  total: Money
  itemCount: number
  pictures: readonly Picture[]
  firstLineName: string
}

function standingOf({ state, paymentState, paymentMethod, isGivenBack }: OrderSummary): Standing {
  if (state === 'awaiting-payment' && paymentMethod === 'cod') return 'awaiting-code'
  if (state === 'awaiting-payment' && paymentState === 'failed') return 'failed'
  return state === 'confirmed' && isGivenBack ? 'refunded' : state
}

export const toOrderRow = (order: OrderSummary, format: Formatter): OrderRow => ({
  number: order.number,
  standing: standingOf(order),
  placed: format.date(order.placedAt),
  total: order.grandTotal,
  itemCount: order.itemCount,
  pictures: order.pictures.slice(0, 3),
  firstLineName: order.firstLineName,
})
