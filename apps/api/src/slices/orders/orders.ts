/** What other slices may use of orders. */
export { contactIndexes, findOrderForNotification, readOrder } from './find-order.ts'
export type { OrderCall } from './find-order.ts'
export { claimOrders } from './claim-orders.ts'
export { listOrders } from './list-orders.ts'
export { cancelUnpaidOrder, confirmOrder } from './move-order.ts'
export { toOrderView } from './order-view.ts'
export { findOrder, insertOrder, insertTimeline as addTimeline, listOverdueOrders, lockOrder } from './orders.sql.ts'
export type { LockedOrder, NewOrderLine, OrderRecord } from './orders.sql.ts'
