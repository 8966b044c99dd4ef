/** What other slices may use of store credit. */
export { addCredit, balanceOf, takeCredit } from './balance.sql.ts'
export { returnCredit, spendCredit } from './change-credit.ts'
export type { CreditForOrder } from './change-credit.ts'
