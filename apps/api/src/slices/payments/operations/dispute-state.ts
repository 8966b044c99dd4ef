import type { DisputeTruth } from '../../../providers/payments/card-vault.ts'

type DisputeState = DisputeTruth['state']

/**
 * Every move a dispute may make. What has ended stays ended, since news of two fetches may be written in the wrong order; only an
 * appeal, which the provider calls so, opens it again.
 */
const moves: Record<DisputeState, readonly DisputeState[]> = {
  inquiry: ['needs-response', 'under-review', 'won', 'lost', 'closed'],
  'needs-response': ['under-review', 'won', 'lost', 'closed'],
  'under-review': ['needs-response', 'won', 'lost', 'closed'],
  won: [],
  lost: [],
  closed: [],
}

const appeals: Partial<Record<DisputeState, readonly DisputeState[]>> = {
  won: ['needs-response', 'under-review'],
  lost: ['needs-response', 'under-review', 'won'],
}

/** Nobody asks for anything any more. */
export const isEnded = (state: DisputeState): boolean => moves[state].length === 0

export const mayMoveDispute = (from: DisputeState, to: Pick<DisputeTruth, 'state' | 'isAppeal'>): boolean =>
  from === to.state || moves[from].includes(to.state) || (to.isAppeal && (appeals[from]?.includes(to.state) ?? false))
