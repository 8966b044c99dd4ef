import { LRUCache } from 'lru-cache'
import type { Clock } from '../clock.ts'
import type { Audience } from './actor.ts'

/** A session as a request needs it: whose it is, whether it still lives, what it may do. */
export interface SessionRecord {
  sessionId: string
  accountId: string
  audience: Audience
  amr: readonly string[]
  authenticatedAt: Date
  secondFactorAt: Date | null
  idleExpiresAt: Date
  expiresAt: Date
  isEnded: boolean
  permissions: ReadonlySet<string>
  limits: { refundUpTo?: number | null }
}

/** How we hear of changes: PostgreSQL's NOTIFY comes with the commit, Redis a moment after it, if nobody died in between. */
export type Hearing = 'postgresql' | 'redis'

/** For how many seconds a session is believed unasked. While we hear nothing, everybody is looked up each second. */
const FRESH_SECONDS = { postgresql: 60, redis: 5, nothing: 1 } as const
const MAX_SESSIONS = 20_000

/** Tags a change is announced by. */
export const authTags = {
  session: (id: string): string => `auth:session:${id}`,
  account: (id: string): string => `auth:account:${id}`,
  signingKeys: 'auth:signing-keys',
} as const

export const isAuthTag = (tag: string): boolean => tag.startsWith('auth:')

export interface SessionCache {
  /** Asks `read` unless it is known. One question for all who ask at the same time. */
  find(sessionId: string, read: () => Promise<SessionRecord | undefined>): Promise<SessionRecord | undefined>
  /** Asks anew next time about what the tags name. */
  forget(tags: readonly string[]): void
  clear(): void
  setHearing(by: Hearing, isHearing: boolean): void
  /** The better of the ways we hear of changes just now. */
  hears(): Hearing | 'nothing'
}

interface Entry {
  record: SessionRecord
  readAtMs: number
}

/** Keeps sessions in the process, so that an authenticated request costs no query. The truth is the database's. */
export function createSessionCache(clock: Clock): SessionCache {
  const entries = new LRUCache<string, Entry>({ max: MAX_SESSIONS })
  const running = new Map<string, Promise<SessionRecord | undefined>>()
  const hearing = new Set<Hearing>()
  let generation = 0

  const hears = (): Hearing | 'nothing' =>
    hearing.has('postgresql') ? 'postgresql' : hearing.has('redis') ? 'redis' : 'nothing'
  const isFresh = (entry: Entry): boolean => clock.now().getTime() - entry.readAtMs < FRESH_SECONDS[hears()] * 1000

  /** Whoever asks from now on gets what is read from now on. */
  function startAnew(): void {
    generation += 1
    running.clear()
  }

  async function readAndKeep(
    sessionId: string,
    read: () => Promise<SessionRecord | undefined>,
  ): Promise<SessionRecord | undefined> {
    const startedAt = generation
    const readAtMs = clock.now().getTime()
    const record = await read()
    // A change announced while we were reading may have been about what we read: use it, but do not keep it.
    if (record && generation === startedAt) entries.set(sessionId, { record, readAtMs })
    return record
  }

  function forgetAccount(accountId: string): void {
    for (const [id, { record }] of entries.entries()) if (record.accountId === accountId) entries.delete(id)
  }

  return {
    hears,
    find(sessionId, read) {
      const entry = entries.get(sessionId)
      if (entry && isFresh(entry)) return Promise.resolve(entry.record)
      const already = running.get(sessionId)
      if (already) return already
      const work = readAndKeep(sessionId, read).finally(() => {
        if (running.get(sessionId) === work) running.delete(sessionId)
      })
      running.set(sessionId, work)
      return work
    },
    forget(tags) {
      startAnew()
      for (const tag of tags) {
        const [, kind, id = ''] = tag.split(':')
        if (kind === 'session') entries.delete(id)
        if (kind === 'account') forgetAccount(id)
      }
    },
    clear() {
      startAnew()
      entries.clear()
    },
    setHearing(by, isHearing) {
      if (isHearing) hearing.add(by)
      else hearing.delete(by)
    },
  }
}
