/** What other slices may use of inventory. */
export { commitStock, lockStock, releaseStock, reserveStock } from './reservations.sql.ts'
export type { StockClaim, StockOnHold } from './reservations.sql.ts'
