import type { AppContext } from '../../context.ts'
import { giveOrdersTo } from './customer-orders.sql.ts'
import { emailIndexOf, phoneIndexOf } from './find-order.ts'

/** What a customer has proven to be theirs; null is what they have not. */
export interface ProvenContact {
  customerId: string
  /** E.164. */
  phone: string | null
  email: string | null
}

/** Gives a customer the orders nobody has yet that were placed with their phone or e-mail. Returns how many; again, none. */
export function claimOrders(ctx: AppContext, { customerId, phone, email }: ProvenContact): Promise<number> {
  return giveOrdersTo(ctx.db, {
    customerId,
    phoneIndex: phone === null ? null : phoneIndexOf(ctx, phone),
    emailIndex: email === null ? null : emailIndexOf(ctx, email),
    now: ctx.clock.now(),
  })
}
