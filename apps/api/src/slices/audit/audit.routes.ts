import { listAuditEvents, verifyAudit } from '@dhow/contracts/audit.ts'
import { mount } from '../../platform/http/mount.ts'
import type { Api } from '../../platform/http/mount.ts'
import { searchEvents } from './search-events.ts'
import { verifyChain } from './verify-chain.ts'

/** How much of the chain a person waits for; the whole is verified every hour. */
const NEWEST = 5_000

export function mountAudit(api: Api): void {
  const { ctx } = api
  mount(api, listAuditEvents, ({ query }) => searchEvents(ctx, query))
  mount(api, verifyAudit, () => verifyChain(ctx, { newest: NEWEST }))
}
