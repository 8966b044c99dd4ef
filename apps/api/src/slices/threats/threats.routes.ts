import { listSecurityAlerts, resolveSecurityAlert } from '@dhow/contracts/audit.ts'
import type { SecurityAlert } from '@dhow/contracts/audit.ts'
import { inTransaction } from '../../platform/db/database.ts'
import { mount } from '../../platform/http/mount.ts'
import type { Api } from '../../platform/http/mount.ts'
import { Problem } from '../../platform/http/problem.ts'
import { recordAudit } from '../audit/audit.ts'
import { endMeasures, listAlerts, resolveAlert } from './alerts.sql.ts'
import type { AlertRow } from './alerts.sql.ts'

const SHOWN = 200

function toAlertView(alert: AlertRow): SecurityAlert {
  const { mark: _mark, ...evidence } = alert.evidence
  return {
    ...alert,
    evidence,
    firstSeenAt: alert.firstSeenAt.toISOString(),
    lastSeenAt: alert.lastSeenAt.toISOString(),
    resolvedAt: alert.resolvedAt?.toISOString() ?? null,
  }
}

export function mountThreats(api: Api): void {
  const { ctx } = api
  mount(api, listSecurityAlerts, async ({ query }) => ({
    items: (await listAlerts(ctx.db, query.state, SHOWN)).map(toAlertView),
  }))
  mount(api, resolveSecurityAlert, ({ params, body, actor, client }) =>
    inTransaction(ctx.db, async (tx) => {
      const resolution = { id: params.alertId, by: actor.accountId, resolution: body.resolution, at: ctx.clock.now() }
      const alert = await resolveAlert(tx, resolution)
      if (!alert) throw new Problem('security/alert-not-found')
      await endMeasures(tx, alert.id)
      await recordAudit(ctx, tx, {
        action: 'security.alert-resolved',
        result: 'ok',
        actor,
        client,
        object: { type: 'security-alert', id: alert.id },
        reason: body.resolution,
      })
      return toAlertView(alert)
    }),
  )
}
