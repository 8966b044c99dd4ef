/** What other slices may use of store credit. */
export { addCredit, balanceOf } from './balance.sql.ts'
export { returnCredit, spendCredit } from './change-credit.ts'
