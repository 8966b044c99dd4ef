import { listOrderPaymentMethods } from '@dhow/contracts/orders.ts'
import type { OrderView } from '@dhow/contracts/orders.ts'
import type { PaymentOptions } from '@dhow/contracts/cart.ts'
import { goTo } from '../../framework/page.ts'
import type { Loaded, PageContext } from '../../framework/page.ts'
import { askOrder, findOrder, unless } from '../../server/shopper-cart.ts'
import { chosenOf } from './enter-step.ts'
import type { Chosen } from './enter-step.ts'

export type WaitingOrder = { kind: 'waits'; order: OrderView } | { kind: 'leave'; result: Loaded<never> }

const leave = (to: string): WaitingOrder => ({ kind: 'leave', result: goTo(to) })

/** An order that waits for its payment, or where the shopper belongs instead. */
export async function findWaitingOrder(ctx: PageContext, number: string): Promise<WaitingOrder> {
  const order = await findOrder(ctx, number)
  if (!order) return leave(ctx.paths.orderLookup({ number }))
  if (order.state === 'confirmed') return leave(ctx.paths.orderThanks(number))
  if (order.state === 'cancelled') return leave(ctx.paths.order(number))
  return { kind: 'waits', order }
}

/** How an order is to be paid: as its address says, else as it was begun. */
export function choiceFor(ctx: PageContext, order: OrderView): Chosen {
  const chosen = chosenOf(ctx.query)
  if (chosen.method) return chosen
  return { method: order.payment.method, usesCredit: order.totals.storeCredit.amount > 0 }
}

/** True when paying so is not what the order's payment was begun for. */
export const isAnotherWay = (order: OrderView, chosen: Chosen): boolean =>
  chosen.method !== order.payment.method || chosen.usesCredit !== order.totals.storeCredit.amount > 0

/** A lender's no: asking it again is not what a page should suggest. */
export const wasRefused = ({ payment }: OrderView): boolean =>
  payment.method !== 'card' && payment.declineReason === 'not-approved'

/** The ways to pay a waiting order. Undefined when it waits no more. */
export const optionsForOrder = (ctx: PageContext, number: string, usesCredit: boolean) =>
  unless(
    'payments/not-payable',
    askOrder(ctx, listOrderPaymentMethods, number, { query: { storeCredit: usesCredit ? '1' : '0' } }),
  ) satisfies Promise<PaymentOptions | undefined>
