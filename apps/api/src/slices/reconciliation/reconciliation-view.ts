import type { ReconciliationDifference, ReconciliationRun } from '@dhow/contracts/reconciliation.ts'
import { z } from 'zod'
import { Problem } from '../../platform/http/problem.ts'
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

export interface Position {
  at: Date
  id: string
}

const Cursor = z.tuple([z.iso.datetime(), z.uuid()])

export const cursorOf = ({ at, id }: Position): string =>
  Buffer.from(JSON.stringify([at.toISOString(), id])).toString('base64url')

/** Throws `catalog/cursor-invalid`. */
export function positionOf(cursor: string | undefined): Position | undefined {
  if (cursor === undefined) return undefined
  try {
    const [at, id] = Cursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
    return { at: new Date(at), id }
  } catch (error) {
    throw new Problem('catalog/cursor-invalid', { cause: error })
  }
}
