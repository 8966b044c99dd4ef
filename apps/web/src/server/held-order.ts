import type { OrderView } from '@dhow/contracts/orders.ts'
import type { Formatter } from '@dhow/i18n/format.ts'
import { sameMoney } from '@dhow/money/money.ts'
import { dubaiDay } from './delivery-words.ts'
import type { HeldOrderFacts } from '../ui/HeldOrder.tsx'
import type { SummaryData } from '../ui/OrderSummary.tsx'

/** An hour of today is said by itself, one of another day with its day: cash may be promised until tomorrow. */
function untilWords(instant: string, format: Formatter): string {
  const isToday = dubaiDay(new Date(instant)) === dubaiDay(new Date())
  return isToday ? format.time(instant) : format.shortDateTime(instant)
}

/** An unpaid order as pages show it: without its token, the time in words (browsers' `Intl` may print it differently). */
export const toHeldOrder = (order: OrderView, format: Formatter): HeldOrderFacts => ({
  number: order.number,
  until: order.payBefore && untilWords(order.payBefore, format),
  canChange: order.canCancel,
  needsCode: order.payment.method === 'cod',
  isProcessing: order.payment.state === 'processing',
})

export const toSummary = ({ lines, itemCount, totals, payment }: OrderView): SummaryData => ({
  lines,
  itemCount,
  totals: { ...totals, isPaid: payment.state === 'captured' && sameMoney(payment.captured, totals.due) },
})
