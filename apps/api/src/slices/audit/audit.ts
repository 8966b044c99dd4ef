export { recordAudit } from './record-audit.ts'
export { verifyChain } from './verify-chain.ts'
export { countDoneAlone, lockActor } from './audit.sql.ts'
