import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/database.ts'

export interface AlertRow {
  id: string
  rule: string
  subject: string
  severity: 'warning' | 'page'
  evidence: Record<string, unknown>
  actions: string[]
  state: 'open' | 'resolved'
  firstSeenAt: Date
  lastSeenAt: Date
  count: number
  resolvedAt: Date | null
  resolution: string | null
}

const columns = [
  'id',
  'rule',
  'subject',
  'severity',
  'evidence',
  'actions',
  'state',
  'firstSeenAt',
  'lastSeenAt',
  'count',
  'resolvedAt',
  'resolution',
] as const

/** The newest alert of a rule about somebody, open or resolved. */
export const findNewestAlert = (tx: Tx, rule: string, subject: string): Promise<AlertRow | undefined> =>
  tx
    .selectFrom('securityAlerts')
    .select(columns)
    .where('rule', '=', rule)
    .where('subject', '=', subject)
    .orderBy('lastSeenAt', 'desc')
    .limit(1)
    .executeTakeFirst()

interface Sighting {
  evidence: Record<string, unknown>
  actions: readonly string[]
  at: Date
}

/** False when another worker has just opened one of this rule and subject. */
export async function insertAlert(
  tx: Tx,
  alert: Pick<AlertRow, 'id' | 'rule' | 'subject' | 'severity'> & Sighting,
): Promise<boolean> {
  const { id, rule, subject, severity, evidence, actions, at } = alert
  const row = await tx
    .insertInto('securityAlerts')
    .values({
      id,
      rule,
      subject,
      severity,
      evidence: JSON.stringify(evidence),
      actions: [...actions],
      state: 'open',
      firstSeenAt: at,
      lastSeenAt: at,
      count: 0, // the sighting it is made for counts itself
      resolvedBy: null,
      resolvedAt: null,
      resolution: null,
    })
    .onConflict((conflict) => conflict.columns(['rule', 'subject']).where('state', '=', sql.lit('open')).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function updateAlert(tx: Tx, id: string, { evidence, actions, at }: Sighting): Promise<void> {
  await tx
    .updateTable('securityAlerts')
    .set((eb) => ({
      evidence: JSON.stringify(evidence),
      actions: [...actions],
      lastSeenAt: at,
      count: eb('count', '+', 1),
    }))
    .where('id', '=', id)
    .execute()
}

export const listAlerts = (db: Db, state: 'open' | 'resolved' | 'all', limit: number): Promise<AlertRow[]> =>
  db
    .selectFrom('securityAlerts')
    .select(columns)
    .$if(state !== 'all', (query) => query.where('state', '=', state === 'all' ? 'open' : state))
    .orderBy('lastSeenAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

/** Networks with an open alert of a rule, and since when. */
export const listOpenAlerts = (db: Db, rule: string): Promise<Pick<AlertRow, 'subject' | 'firstSeenAt'>[]> =>
  db
    .selectFrom('securityAlerts')
    .select(['subject', 'firstSeenAt'])
    .where('rule', '=', rule)
    .where('state', '=', 'open')
    .execute()

export const resolveAlert = (
  tx: Tx,
  alert: { id: string; by: string; resolution: string; at: Date },
): Promise<AlertRow | undefined> =>
  tx
    .updateTable('securityAlerts')
    .set({ state: 'resolved', resolvedBy: alert.by, resolvedAt: alert.at, resolution: alert.resolution })
    .where('id', '=', alert.id)
    .where('state', '=', 'open')
    .returning(columns)
    .executeTakeFirst()

/** Sets a measure, or makes one that stands last longer. */
export async function setMeasure(tx: Tx, measure: { subject: string; alertId: string; until: Date }): Promise<void> {
  const { subject, alertId, until } = measure
  await tx
    .insertInto('securityMeasures')
    .values({ subject, measure: 'slow-sign-in', alertId, until })
    .onConflict((conflict) => conflict.columns(['subject', 'measure']).doUpdateSet({ alertId, until }))
    .execute()
}

export async function endMeasures(tx: Tx, alertId: string): Promise<void> {
  await tx.deleteFrom('securityMeasures').where('alertId', '=', alertId).execute()
}
