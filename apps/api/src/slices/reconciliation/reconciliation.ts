/** What commands may use of reconciliation. */
export { booksToCompare, lastDays, runReconciliation } from './run-reconciliation.ts'
export type { RunReport } from './run-reconciliation.ts'
export { deleteOldRuns } from './runs.sql.ts'
export { printReport } from './print-report.ts'
