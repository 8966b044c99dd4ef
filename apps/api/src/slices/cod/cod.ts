/** What other slices may use of cash on delivery. */
export { cashRounding } from './cash-rounding.ts'
export type { CashRounding } from './cash-rounding.ts'
export { codJobs } from './cod.jobs.ts'
export { cashRefusal, refusalsCountFrom } from './cash-rules.ts'
export { lockCashBuyer, readCashStanding } from './standing.sql.ts'
export type { CashBuyer } from './standing.sql.ts'
