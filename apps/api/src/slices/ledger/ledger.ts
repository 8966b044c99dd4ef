/** What other slices may use of the ledger. */
export * from './postings.ts'
export type { LedgerAccount } from './post.sql.ts'
export { accountBalances, transactionsOfOrder } from './read-ledger.sql.ts'
export type { BookedTransaction } from './read-ledger.sql.ts'
