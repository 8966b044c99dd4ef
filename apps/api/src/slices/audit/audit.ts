export { recordAudit } from './record-audit.ts'
export { verifyChain } from './verify-chain.ts'
