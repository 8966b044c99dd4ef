import type { AppContext } from '../../../context.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { sendMessage } from '../messages.ts'

/** Mails the security list. Evidence is names and ids, never personal data. */
export async function tellSecurity(
  ctx: AppContext,
  tx: Tx,
  { rule, evidence }: { rule: string; evidence: Record<string, string> },
): Promise<void> {
  const text = Object.entries(evidence)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')
  for (const to of ctx.config.SECURITY_EMAILS)
    await sendMessage(ctx, tx, {
      accountId: null,
      kind: 'security-alert',
      channel: 'email',
      locale: 'en',
      content: { to, name: null, details: { rule, evidence: text } },
    })
}
