import { createRefund, getRefundOptions, previewRefund } from '@dhow/contracts/admin-refunds.ts'
import type { RefundOptions, RefundWish } from '@dhow/contracts/admin-refunds.ts'
import type { RefundView } from '@dhow/contracts/admin-payments.ts'
import type { OrderView } from '@dhow/contracts/orders.ts'
import { money } from '@dhow/money/money.ts'
import { randomUUID } from 'node:crypto'
import type { TestApp } from './app.ts'
import type { GivenStaff } from './staff.ts'
import type { GuestWish } from './shopper.ts'

export type Wish = Partial<RefundWish>

export const wishOf = (wish: Wish): RefundWish => ({ lines: [], destination: 'original', ...wish })

/** An order of a customer of its own whose card has paid; its first line has three units of AED 35.50. */
export async function paidOrder(app: TestApp, wish: GuestWish = {}): Promise<OrderView> {
  const variant = await app.given.variant({ price: money(3550) })
  const { view } = await app.given.order({ lines: [{ variant, quantity: 3 }], ...wish })
  return view
}

/** Asks for a refund of what it comes to just now. */
export async function ask(staff: GivenStaff, order: Pick<OrderView, 'number'>, wish: Wish, key: string = randomUUID()) {
  const params = { number: order.number }
  const { amount } = await staff.call(previewRefund, { params, body: wishOf(wish) })
  const body = { ...wishOf(wish), expectedAmount: amount, reason: 'she sent it back' }
  return staff.call(createRefund, { params, body, idempotencyKey: key })
}

/** {@link ask}, done without a second person. */
export async function refunded(staff: GivenStaff, order: Pick<OrderView, 'number'>, wish: Wish): Promise<RefundView[]> {
  const answer = await ask(staff, order, wish)
  if (answer.kind !== 'requested') throw new Error('it waits for a second person')
  return answer.refunds
}

export const optionsOf = (staff: GivenStaff, order: Pick<OrderView, 'number'>): Promise<RefundOptions> =>
  staff.call(getRefundOptions, { params: { number: order.number } })
