import type { DbOrTx } from '../../../platform/db/database.ts'
import type { TextReport } from '../../../providers/sms/port.ts'

/** From which states a report moves a message on: reports come twice and out of order, and what arrived has arrived. */
const before = {
  sent: ['sending'],
  delivered: ['sending', 'sent', 'undelivered'],
  undelivered: ['sending', 'sent'],
} as const

/** Notes what became of a text. False when it is unknown, or already further. */
export async function noteTextReport(db: DbOrTx, report: TextReport): Promise<boolean> {
  const row = await db
    .updateTable('accountMessages')
    .set({ state: report.state })
    .where('providerRef', '=', report.providerRef)
    .where('channel', '=', 'sms')
    .where('state', 'in', before[report.state])
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
