import type { AppContext } from '../../context.ts'
import type { JobHandlers } from '../../platform/jobs/handlers.ts'
import { readOverdueCash } from './cash-orders.sql.ts'
import { overdueBefore } from './cash-view.ts'

/** Once a day: cash couriers have had for too long is somebody's errand. */
async function warnOfOverdueCash(ctx: AppContext): Promise<void> {
  const { orders, amount, oldest } = await readOverdueCash(ctx.db, overdueBefore(ctx.clock.now()))
  if (orders === 0) return
  ctx.log.error(
    { orders, amount, oldest: oldest?.toISOString(), alert: 'cod-remittance-overdue' },
    'couriers have not brought cash they collected long ago',
  )
}

export const codJobs: JobHandlers = { 'cod.warn-of-overdue-cash': warnOfOverdueCash }
