import type { Audience } from '../../../platform/auth/actor.ts'
import type { DbOrTx, Tx } from '../../../platform/db/database.ts'

export interface SessionRow {
  id: string
  accountId: string
  audience: Audience
  deviceId: string | null
  deviceKeyThumbprint: string | null
  client: string
  network: string
  country: string | null
  city: string | null
  latitude: number | null
  longitude: number | null
  amr: string[]
  authenticatedAt: Date
  secondFactorAt: Date | null
  createdAt: Date
  lastSeenAt: Date
  idleExpiresAt: Date
  expiresAt: Date
}

const columns = [
  'id',
  'accountId',
  'audience',
  'deviceId',
  'deviceKeyThumbprint',
  'client',
  'network',
  'country',
  'city',
  'latitude',
  'longitude',
  'amr',
  'authenticatedAt',
  'secondFactorAt',
  'createdAt',
  'lastSeenAt',
  'idleExpiresAt',
  'expiresAt',
] as const

export async function insertSession(tx: Tx, session: SessionRow): Promise<void> {
  await tx
    .insertInto('sessions')
    .values({ ...session, revokedAt: null, revokedReason: null })
    .execute()
}

/** The session if it lives, locked until the transaction ends. */
export const lockSession = (tx: Tx, id: string, now: Date): Promise<SessionRow | undefined> =>
  tx
    .selectFrom('sessions')
    .select(columns)
    .where('id', '=', id)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', now)
    .where('idleExpiresAt', '>', now)
    .forUpdate()
    .executeTakeFirst()

/** Where an account is signed in, the latest seen first. */
export const listLiveSessions = (db: DbOrTx, accountId: string, now: Date): Promise<SessionRow[]> =>
  db
    .selectFrom('sessions')
    .select(columns)
    .where('accountId', '=', accountId)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', now)
    .where('idleExpiresAt', '>', now)
    .orderBy('lastSeenAt', 'desc')
    .orderBy('id', 'desc')
    .limit(200)
    .execute()

/** Says that a session is used, which puts its idle end off. Undefined when it has ended meanwhile. */
export const touchSession = (
  tx: Tx,
  session: { id: string; idleExpiresAt: Date; now: Date },
): Promise<SessionRow | undefined> =>
  tx
    .updateTable('sessions')
    .set((eb) => ({
      lastSeenAt: session.now,
      idleExpiresAt: eb.fn('least', [eb.val(session.idleExpiresAt), 'expiresAt']),
    }))
    .where('id', '=', session.id)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', session.now)
    .where('idleExpiresAt', '>', session.now)
    .returning(columns)
    .executeTakeFirst()

/** Ends one session or all of an account, but perhaps one; gives those that lived. */
export function endSessions(
  tx: Tx,
  which: { accountId: string; sessionId?: string; exceptSessionId?: string; reason: string; now: Date },
): Promise<{ id: string; audience: Audience }[]> {
  let query = tx
    .updateTable('sessions')
    .set({ revokedAt: which.now, revokedReason: which.reason })
    .where('accountId', '=', which.accountId)
    .where('revokedAt', 'is', null)
  if (which.sessionId !== undefined) query = query.where('id', '=', which.sessionId)
  if (which.exceptSessionId !== undefined) query = query.where('id', '<>', which.exceptSessionId)
  return query.returning(['id', 'audience']).execute()
}

/** What is known of where an account has been: to tell a new device or country from a known one. */
export async function findSessionTraces(
  db: DbOrTx,
  of: { accountId: string; deviceId: string | null; client: string; country: string | null },
): Promise<{ isFirst: boolean; isKnownDevice: boolean; isKnownCountry: boolean }> {
  const { deviceId, client, country } = of
  const row = await db
    .selectFrom('sessions')
    .select((eb) => [
      eb.fn.countAll<number>().as('all'),
      eb.fn
        .countAll<number>()
        .filterWhere(deviceId === null ? eb('client', '=', client) : eb('deviceId', '=', deviceId))
        .as('sameDevice'),
      eb.fn.countAll<number>().filterWhere('country', '=', country).as('sameCountry'),
    ])
    .where('accountId', '=', of.accountId)
    .executeTakeFirstOrThrow()
  return {
    isFirst: row.all === 0,
    isKnownDevice: row.sameDevice > 0,
    isKnownCountry: country === null || row.sameCountry > 0,
  }
}

/** What a request needs to know of its session, in one read. Never from a replica: it must not miss a revocation. */
export const findSessionActor = (db: DbOrTx, sessionId: string) =>
  db
    .selectFrom('sessionActors')
    .select([
      'sessionId',
      'accountId',
      'audience',
      'amr',
      'authenticatedAt',
      'secondFactorAt',
      'idleExpiresAt',
      'expiresAt',
      'isEnded',
      'permissions',
      'limits',
    ])
    .where('sessionId', '=', sessionId)
    .executeTakeFirst()

export async function forgetProof(tx: Tx, sessionId: string): Promise<void> {
  await tx
    .updateTable('sessions')
    .set({ authenticatedAt: new Date(0) })
    .where('id', '=', sessionId)
    .execute()
}
