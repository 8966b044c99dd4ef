import { sqlStateOf } from './database.ts'

/** States of PostgreSQL that mean "not now" rather than "never": overload, time-out, contention, restart. */
const transientSqlStates = new Set([
  '25P03',
  '40001',
  '40P01',
  '53300',
  '53400',
  '55P03',
  '57014',
  '57P01',
  '57P02',
  '57P03',
  '08006',
  '08003',
  '08001',
])
const connectionErrors = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE'])

/** Whether the same may go well in a moment. What was sent may have been done, if the connection was lost on the way back. */
export function isTransient(error: unknown): boolean {
  const state = sqlStateOf(error)
  if (state && (transientSqlStates.has(state) || connectionErrors.has(state))) return true
  return (
    error instanceof Error &&
    /timeout exceeded when trying to connect|Connection terminated|is not queryable/.test(error.message)
  )
}
