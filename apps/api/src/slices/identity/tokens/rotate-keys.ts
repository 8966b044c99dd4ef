import type { AppContext } from '../../../context.ts'
import { announceAuthChange } from '../../../platform/auth/changes.ts'
import { authTags } from '../../../platform/auth/session-cache.ts'
import { rotateSigningKey } from '../../../platform/auth/signing-keys.ts'
import type { Rotation } from '../../../platform/auth/signing-keys.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import { recordAudit } from '../../audit/audit.ts'

/**
 * Publishes a new signing key; it signs ten minutes later, and the old one's tokens are believed until the last has expired. If
 * the old one may be known to others (`isUrgent`) both happens at once: every client must refresh, and nobody is signed out.
 */
export const rotateKeys = (ctx: AppContext, { isUrgent = false } = {}): Promise<Rotation> =>
  inTransaction(ctx.db, async (tx) => {
    const rotation = await rotateSigningKey(ctx, tx, { isUrgent })
    if (!rotation.isNew) return rotation
    await announceAuthChange(ctx, tx, [authTags.signingKeys])
    await recordAudit(ctx, tx, {
      action: 'auth.key-rotated',
      result: 'ok',
      actor: 'system',
      object: { type: 'signing-key', id: rotation.kid },
      details: {
        isUrgent,
        signsFrom: rotation.signsFrom.toISOString(),
        oldRetiresAt: rotation.oldRetiresAt.toISOString(),
      },
    })
    return rotation
  })
