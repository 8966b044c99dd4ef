export type CaptureState = 'requested' | 'succeeded' | 'failed'

/** Every move a capture may make: one answer ends it. Without an answer it stays asked for, under the same id. */
const moves: Record<CaptureState, readonly CaptureState[]> = {
  requested: ['succeeded', 'failed'],
  succeeded: [],
  failed: [],
}

/** Where a capture may come from to be in `to`: the guard of its UPDATE. */
export const captureStatesBefore = (to: CaptureState): CaptureState[] =>
  (['requested', 'succeeded', 'failed'] as const).filter((from) => moves[from].includes(to))
