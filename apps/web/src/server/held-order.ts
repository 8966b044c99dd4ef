import type { OrderView } from '@dhow/contracts/orders.ts'
import type { Formatter } from '@dhow/i18n/format.ts'
import type { HeldOrderFacts } from '../ui/HeldOrder.tsx'
import type { SummaryData } from '../ui/OrderSummary.tsx'

/** An unpaid order as pages show it: without its token, the time in words (browsers' `Intl` may print it differently). */
export const toHeldOrder = (order: OrderView, format: Formatter): HeldOrderFacts => ({
  number: order.number,
  until: order.payBefore && format.time(order.payBefore),
  canChange: order.canCancel,
  needsCode: order.payment.method === 'cod',
})

export const toSummary = ({ lines, itemCount, totals }: OrderView): SummaryData => ({ lines, itemCount, totals })
