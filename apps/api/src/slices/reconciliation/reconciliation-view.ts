import type { ReconciliationDifference, ReconciliationRun } from '@dhow/contracts/reconciliation.ts'
import type { DifferenceRow } from './differences.sql.ts'
import type { RunRow } from './runs.sql.ts'

export function toRunView(run: RunRow): ReconciliationRun {
  const { id, provider, kind, state, failureReason } = run
  return {
    id,
    provider,
    kind,
    state,
    failureReason,
    from: run.fromAt.toISOString(),
    to: run.toAt.toISOString(),
    compared: run.comparedCount,
    differences: run.differenceCount,
    healed: run.healedCount,
    startedAt: run.startedAt.toISOString(),
    finishedAt: run.finishedAt?.toISOString() ?? null,
  }
}

export const toDifferenceView = (row: DifferenceRow): ReconciliationDifference => ({
  ...row,
  firstSeenAt: row.firstSeenAt.toISOString(),
  lastSeenAt: row.lastSeenAt.toISOString(),
  resolvedAt: row.resolvedAt?.toISOString() ?? null,
})
