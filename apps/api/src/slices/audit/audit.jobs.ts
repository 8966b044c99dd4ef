import type { AppContext } from '../../context.ts'
import type { JobHandlers } from '../../platform/jobs/handlers.ts'
import { signAuditHead } from './sign-head.ts'
import { verifyChain } from './verify-chain.ts'

/** Verifies the whole chain; a fault is an alert, every hour anew until somebody has looked (TR-14). */
async function verifyHourly(ctx: AppContext): Promise<void> {
  const verification = await verifyChain(ctx)
  if (verification.isIntact) return ctx.log.info({ checked: verification.checked }, 'audit chain is intact')
  const { firstBadSeq, reason } = verification
  ctx.log.error({ firstBadSeq, reason, alert: 'audit-chain-broken' }, 'the audit log is not as it was written')
}

export const auditJobs: JobHandlers = {
  'audit.sign-head': signAuditHead,
  'audit.verify': verifyHourly,
}
