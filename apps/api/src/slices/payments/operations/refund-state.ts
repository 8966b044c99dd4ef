export type RefundState = 'requested' | 'pending' | 'succeeded' | 'failed'

/**
 * Every move a refund may make. A provider may call one done and take that back days later, so `succeeded` can fail; after that
 * it stays failed, whatever older news still arrives.
 */
const moves: Record<RefundState, readonly RefundState[]> = {
  requested: ['pending', 'succeeded', 'failed'],
  pending: ['succeeded', 'failed'],
  succeeded: ['failed'],
  failed: [],
}

export const mayMoveRefund = (from: RefundState, to: RefundState): boolean => moves[from].includes(to)
