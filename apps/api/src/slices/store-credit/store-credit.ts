/** What other slices may use of store credit. */
export { addCredit, balanceOf, returnCredit, spendCredit, takeCredit } from './change-credit.ts'
export type { CreditForOrder } from './change-credit.ts'
