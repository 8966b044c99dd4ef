/** What other slices may use of the ledger. */
export * from './postings.ts'
export { ledgerAccounts } from './post.ts'
export type { LedgerAccount } from './post.ts'
