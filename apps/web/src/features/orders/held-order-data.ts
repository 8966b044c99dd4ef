import type { OrderView } from '@dhow/contracts/orders.ts'
import type { SummaryData } from '../../ui/OrderSummary.tsx'

/** An order that waits for its payment, as cart and checkout show it. Holds no token. */
export interface HeldOrderData {
  number: string
  /** Until when its stock is held, an instant. */
  payBefore: string | null
  canChange: boolean
  summary: SummaryData
}

export const toHeldOrderData = (order: OrderView): HeldOrderData => ({
  number: order.number,
  payBefore: order.payBefore,
  canChange: order.canCancel,
  summary: { lines: order.lines, itemCount: order.itemCount, totals: order.totals },
})
