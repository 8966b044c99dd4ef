import type { AppContext } from '../../../context.ts'
import { requeueEvents } from './webhooks.sql.ts'
import type { EventKey, ReplayFilter } from './webhooks.sql.ts'

const BATCH = 500

/**
 * Has stored events handled again, as if they had just arrived; gives how many. Safe at any time: handling asks the provider for
 * the truth, and what is true already changes nothing.
 */
export async function replayWebhooks({ db }: Pick<AppContext, 'db'>, filter: ReplayFilter): Promise<number> {
  let count = 0
  let after: EventKey | undefined
  for (;;) {
    const keys = await requeueEvents(db, filter, { after, limit: BATCH })
    count += keys.length
    after = keys.at(-1)
    if (keys.length < BATCH) return count
  }
}
