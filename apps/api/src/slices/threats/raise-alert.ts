import type { AppContext } from '../../context.ts'
import { inTransaction } from '../../platform/db/database.ts'
import type { Tx } from '../../platform/db/database.ts'
import { newId } from '../../platform/ids.ts'
import { assertNever } from '../../platform/assert.ts'
import { recordAudit } from '../audit/audit.ts'
import { distrustSession, revokeSessions, sendMessage } from '../identity/identity.ts'
import { findNewestAlert, insertAlert, setMeasure, updateAlert } from './alerts.sql.ts'
import type { Finding, Response, ThreatRule } from './rules.ts'

/** A network is let go after that long without new signs; each new one starts it anew. */
const MEASURE_MS = 30 * 60_000

/** Does what the rule answers with. Returns its names for the alert. */
async function respond(ctx: AppContext, tx: Tx, response: Response, alertId: string): Promise<string[]> {
  const by = 'system' as const
  switch (response.kind) {
    case 'none':
      return []
    case 'slow-sign-in':
      await setMeasure(tx, {
        subject: response.subject,
        alertId,
        until: new Date(ctx.clock.now().getTime() + MEASURE_MS),
      })
      return ['slow-sign-in']
    case 'end-session': {
      const { accountId, sessionId } = response
      await revokeSessions(ctx, tx, { accountId, sessionId, reason: 'threat', by })
      return ['session-ended']
    }
    case 'end-sessions':
      await revokeSessions(ctx, tx, { accountId: response.accountId, reason: 'threat', by })
      return ['sessions-ended']
    case 'confirm-again':
      await distrustSession(ctx, tx, response.sessionId)
      return ['confirm-again']
    default:
      return assertNever(response)
  }
}

const recipientsOf = ({ config }: AppContext): readonly string[] =>
  config.SECURITY_EMAILS.length > 0 ? config.SECURITY_EMAILS : [config.MERCHANT_EMAIL]

async function tell(ctx: AppContext, tx: Tx, rule: ThreatRule, finding: Finding): Promise<void> {
  const evidence = Object.entries(finding.evidence).map(([name, value]) => `${name}: ${value}`)
  for (const to of recipientsOf(ctx))
    await sendMessage(ctx, tx, {
      accountId: null,
      kind: 'security-alert',
      channel: 'email',
      locale: 'en',
      content: { to, name: null, details: { rule: rule.id, subject: finding.subject, evidence: evidence.join('; ') } },
    })
}

/**
 * Writes the alert, does what the rule answers with, and tells the security list: together or not at all. A sign that was
 * reported before, also by another worker just now, does nothing. Returns whether this was news.
 */
export async function raiseAlert(ctx: AppContext, rule: ThreatRule, finding: Finding): Promise<boolean> {
  const at = ctx.clock.now()
  const isNews = await inTransaction(ctx.db, async (tx) => {
    const before = await findNewestAlert(tx, rule.id, finding.subject)
    if (before && Number(before.evidence['mark']) >= finding.mark) return false
    const id = before?.state === 'open' ? before.id : newId()
    const evidence = { ...finding.evidence, mark: finding.mark }
    const isOpen = before?.state === 'open'
    const alert = { id, rule: rule.id, subject: finding.subject, severity: rule.severity, evidence, at }
    if (!isOpen && !(await insertAlert(tx, { ...alert, actions: [] }))) return false
    const actions = await respond(ctx, tx, finding.response, id)
    await updateAlert(tx, id, { evidence, actions, at })
    if (!isOpen || rule.id === 'TR-6') await tell(ctx, tx, rule, finding)
    await recordAudit(ctx, tx, {
      action: 'security.alert',
      result: 'ok',
      actor: 'system',
      object: { type: 'security-alert', id },
      details: { rule: rule.id, subject: finding.subject, actions },
    })
    return true
  })
  if (!isNews) return false
  ctx.metrics.securityAlerts.inc({ rule: rule.id, severity: rule.severity })
  const level = rule.severity === 'page' ? 'error' : 'warn'
  ctx.log[level](
    { rule: rule.id, subject: finding.subject, ...finding.evidence, alert: 'security-rule' },
    'threat seen',
  )
  return true
}
