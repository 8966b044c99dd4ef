import type { DeliveryMethod } from '@dhow/contracts/cart.ts'
import type { OrderView, TimelineKind } from '@dhow/contracts/orders.ts'
import type { AddressFields } from '../../ui/AddressBlock.tsx'
import type { HeldOrderFacts } from '../../ui/HeldOrder.tsx'
import type { SummaryData } from '../../ui/OrderSummary.tsx'

/** Money given back, its day in words. */
export type RefundRow = Pick<OrderView['refunds'][number], 'id' | 'amount' | 'destination' | 'state'> & { when: string }

/** An order as its pages show it. Holds no token: a script that read the page could not open the order elsewhere. */
export interface OrderData {
  number: string
  state: OrderView['state']
  /** Times in words. */
  placed: string
  held: HeldOrderFacts | null
  canCancel: boolean
  contact: { name: string; email: string; phone: string }
  address: AddressFields
  delivery: { method: DeliveryMethod; promise: string }
  payment: Pick<
    OrderView['payment'],
    'method' | 'state' | 'amount' | 'captured' | 'refunded' | 'card' | 'wallet' | 'declineReason'
  >
  /** What store credit paid of it; comes back to the shopper when the order is cancelled. */
  storeCredit: OrderView['totals']['storeCredit']
  refunds: readonly RefundRow[]
  cash: OrderView['cash']
  canChangeMethod: boolean
  summary: SummaryData
  timeline: readonly { kind: TimelineKind; at: string; when: string }[]
}
