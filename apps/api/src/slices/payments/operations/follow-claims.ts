import type { AppContext } from '../../../context.ts'
import { applyDispute, settleDispute } from './apply-dispute.ts'
import { applyFraudWarning } from './apply-fraud-warning.ts'
import { listOpenDisputeRefs } from './disputes.sql.ts'

export interface ClaimsToFollow {
  /** Disputes and warnings begun since then. */
  since: Date
  /** Disputes the provider's books speak of, however old. */
  disputeRefs: readonly string[]
}

/**
 * Finds what payers' banks said when no webhook told: new disputes and fraud warnings, disputes whose money has moved, and how
 * those we know to be open stand now. Throws when the provider does not answer; doing it again books nothing twice.
 */
export async function followClaims(ctx: AppContext, { since, disputeRefs }: ClaimsToFollow): Promise<void> {
  const { cards } = ctx.providers
  const seen = new Set<string>()
  for await (const dispute of cards.listDisputes(since)) {
    seen.add(dispute.disputeRef)
    await applyDispute(ctx, dispute)
  }
  const others = new Set([...disputeRefs, ...(await listOpenDisputeRefs(ctx.db, cards.provider))])
  for (const disputeRef of others) if (!seen.has(disputeRef)) await settleDispute(ctx, { disputeRef })
  for await (const warning of cards.listFraudWarnings(since)) await applyFraudWarning(ctx, warning)
}
