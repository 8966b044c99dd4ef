import { sql } from 'kysely'
import type { Db } from '../../platform/db/database.ts'

/** What the rules are told by: views of the audit log and of sessions over a short time. */

export interface RefusedFrom {
  network: string
  failures: number
  /** Accounts tried; every try of a name nobody has counts as another. */
  accounts: number
  successes: number
  lastSeq: number
}

/** Sign-ins by network since `from`; the time index bounds what is read. */
export async function listSignInsByNetwork(db: Db, from: Date): Promise<RefusedFrom[]> {
  const { rows } = await sql<RefusedFrom>`
    select network, count(*) filter (where action = 'auth.sign-in-refused')::int as failures,
      count(distinct coalesce(object_id, seq::text)) filter (where action = 'auth.sign-in-refused')::int as accounts,
      count(*) filter (where action = 'auth.sign-in')::int as successes,
      coalesce(max(seq) filter (where action = 'auth.sign-in-refused'), 0) as last_seq
    from audit_trail
    where at >= ${from} and action in ('auth.sign-in', 'auth.sign-in-refused') and network is not null
    group by network`.execute(db)
  return rows
}

export interface CountedEvents {
  actorKind: string
  subject: string
  count: number
  lastSeq: number
  actions: string[]
}

/** Events of these actions since `from`, done or refused, by who did them. */
export async function countEvents(db: Db, actions: readonly string[], from: Date): Promise<CountedEvents[]> {
  const { rows } = await sql<CountedEvents>`
    select actor_kind, coalesce(actor_id::text, 'console') as subject, count(*)::int as count, max(seq) as last_seq,
      array_agg(distinct action) as actions
    from audit_trail where at >= ${from} and action = any(${actions}::text[])
    group by 1, 2`.execute(db)
  return rows
}

export interface SignInFacts {
  sessionId: string
  accountId: string
  audience: 'shop-api' | 'admin-api'
  network: string
  country: string | null
  at: Date
  latitude: number | null
  longitude: number | null
  before: { at: string; latitude: number; longitude: number } | null
  isFirst: boolean
  knowsDevice: boolean
  knowsCountry: boolean
}

/** Sign-ins since `from`, each with what its account did before: one look-up by (account_id, created_at) a session. */
export async function listSignIns(db: Db, from: Date): Promise<SignInFacts[]> {
  const { rows } = await sql<SignInFacts>`select * from sign_ins where at >= ${from}`.execute(db)
  return rows
}
