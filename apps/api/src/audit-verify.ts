import { readConfig } from './config.ts'
import { createContext } from './context.ts'
import { verifyChain } from './slices/audit/audit.ts'

/** `npm run audit:verify`: exit code 1, and the first event that is not as it was written, when the log was touched. */
const ctx = createContext(readConfig(), { processName: 'audit-verify' })
try {
  const { isIntact, checked, firstBadSeq, reason, lastSignedAt } = await verifyChain(ctx)
  const signed = lastSignedAt ? `last signed at ${lastSignedAt}` : 'not signed yet'
  process.stdout.write(
    isIntact
      ? `✓ the audit log is intact: ${checked} events, ${signed}\n`
      : `✗ event ${firstBadSeq} is the first that is not as it was written: ${reason} (${checked} events before it are)\n`,
  )
  process.exitCode = isIntact ? 0 : 1
} finally {
  await ctx.close()
}
