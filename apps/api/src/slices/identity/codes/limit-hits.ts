import type { AppContext } from '../../../context.ts'
import { anonymous } from '../../../platform/auth/actor.ts'
import { recordAudit } from '../../audit/audit.ts'

/** Writes into the audit log who ran into a limit that guards accounts, once a minute each. Call it once, where the API is put together. */
export function auditLimitHits(ctx: AppContext): void {
  ctx.limits.onRefusal(({ limit, client }) =>
    recordAudit(ctx, ctx.db, {
      action: 'auth.limit-hit',
      result: 'refused',
      actor: anonymous,
      client,
      object: { type: 'limit', id: limit },
    }),
  )
}
