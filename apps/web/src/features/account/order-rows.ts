import type { OrderSummary } from '@dhow/contracts/account.ts'
import type { Picture } from '@dhow/contracts/primitives.ts'
import type { Formatter } from '@dhow/i18n/format.ts'
import type { Money } from '@dhow/money/money.ts'

/** An order as lists show it, its day in words. */
export interface OrderRow {
  number: string
  state: OrderSummary['state']
  /** Its last try to be paid was refused. */
  hasFailed: boolean
  placed: string
  total: Money
  itemCount: number
  pictures: readonly Picture[]
  firstLineName: string
}

export const toOrderRow = (order: OrderSummary, format: Formatter): OrderRow => ({
  number: order.number,
  state: order.state,
  hasFailed: order.state === 'awaiting-payment' && order.paymentState === 'failed',
  placed: format.date(order.placedAt),
  total: order.grandTotal,
  itemCount: order.itemCount,
  pictures: order.pictures.slice(0, 3),
  firstLineName: order.firstLineName,
})
