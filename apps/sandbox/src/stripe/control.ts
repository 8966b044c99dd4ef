import type { StripeContext } from './context.ts'
import { decideDispute } from './disputes.ts'
import { failPayout, payOutAll } from './payouts.ts'
import type { Customer, Dispute, Payout } from './vault-objects.ts'

/** What happens at Stripe and its banks without anybody calling its API. */
export type StripeControl = {
  /** The newest first. */
  disputes: () => Dispute[]
  /** The bank decides; false when it has decided before, or nothing can escalate. */
  decideDispute: (id: string, decision: 'won' | 'lost' | 'escalate') => boolean
  /** Today's payout of all that is owed to the shop; undefined when nothing is. It arrives a day later by the clock. */
  payOut: () => Payout | undefined
  payouts: () => Payout[]
  /** The bank sends a payout back, also one that had arrived. */
  failPayout: (id: string) => boolean
  customers: () => Customer[]
}

export function createStripeControl(ctx: StripeContext): StripeControl {
  const { disputes, payouts, customers } = ctx.state
  return {
    disputes: () => disputes.newestFirst(),
    decideDispute(id, decision) {
      const dispute = disputes.get(id)
      return dispute !== undefined && decideDispute(ctx, dispute, decision)
    },
    payOut: () => payOutAll(ctx),
    payouts: () => payouts.newestFirst(),
    failPayout(id) {
      const payout = payouts.get(id)
      return payout !== undefined && failPayout(ctx, payout)
    },
    customers: () => customers.newestFirst(),
  }
}
