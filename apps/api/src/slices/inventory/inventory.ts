/** What other slices may use of inventory. */
export { countStock, countStocks, StockBelowReserved } from './count-stock.ts'
export { availabilityOf, listDifferingCounts } from './levels.sql.ts'
export { commitStock, extendHolds, releaseStock, reserveStock, restockOrder } from './reservations.sql.ts'
