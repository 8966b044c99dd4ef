import { sql } from 'kysely'
import { inBatches } from '../../../platform/db/batches.ts'
import type { Db } from '../../../platform/db/database.ts'

/** What was over before these is deleted. */
export interface Ends {
  now: Date
  tokens: Date
  sessions: Date
  links: Date
}

/**
 * Tokens go with sessions that are over; those of a living one stay, used ones too: their second use is how theft shows. The
 * answer kept for a request repeated within seconds goes with the first clean-up.
 */
export const deleteEnded = async (db: Db, ends: Ends) => ({
  refreshTokens: await inBatches((limit) =>
    sql`delete from refresh_tokens where token_hash in (select token_hash from refresh_tokens
      join sessions session on session.id = session_id
      where least(session.idle_expires_at, session.expires_at, session.revoked_at) < ${ends.tokens} limit ${limit})`.execute(
      db,
    ),
  ),
  successors: await inBatches((limit) =>
    sql`update refresh_tokens set successor_sealed = null where token_hash in (select token_hash from refresh_tokens
      where successor_sealed is not null and used_at < ${ends.tokens} limit ${limit})`.execute(db),
  ),
  sessions: await inBatches((limit) =>
    sql`delete from sessions where id in (select id from sessions
      where expires_at < ${ends.sessions} or revoked_at < ${ends.sessions} limit ${limit})`.execute(db),
  ),
  usedProofs: await inBatches((limit) =>
    sql`delete from used_proofs where jti_hash in
      (select jti_hash from used_proofs where expires_at < ${ends.now} limit ${limit})`.execute(db),
  ),
  authChallenges: await inBatches((limit) =>
    sql`delete from auth_challenges where id in
      (select id from auth_challenges where expires_at < ${ends.tokens} limit ${limit})`.execute(db),
  ),
  oneTimeLinks: await inBatches((limit) =>
    sql`delete from one_time_links where id in
      (select id from one_time_links where expires_at < ${ends.links} limit ${limit})`.execute(db),
  ),
})
