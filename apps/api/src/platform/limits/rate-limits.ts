import type { RateLimitName } from '@dhow/contracts/endpoint.ts'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import type { RateLimiterAbstract } from 'rate-limiter-flexible'
import type { Config } from '../../config.ts'
import type { ClientFacts } from '../auth/client.ts'
import type { Clock } from '../clock.ts'
import type { Sealer } from '../crypto/sealing.ts'
import type { Db } from '../db/database.ts'
import { Problem } from '../http/problem.ts'
import type { RedisClient } from '../redis/redis.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { callerOf } from './address.ts'
import { orAway } from './or-away.ts'
import { countPoint, readWindowEnd } from './rate-limits.sql.ts'
import { createRefusalReports } from './refusal-reports.ts'
import type { LimitRefusal } from './refusal-reports.ts'
import { createSharedWindows } from './shared-windows.ts'
import type { SharedWindows } from './shared-windows.ts'

/** How a caller stands with one limit, as the `RateLimit` header says it. */
export interface LimitState {
  name: RateLimitName
  limit: number
  windowSeconds: number
  remaining: number
  resetSeconds: number
}

export interface RateLimits {
  /**
   * Counts one request of an address against a named limit. Throws `request/rate-limited` with Retry-After, and
   * `service/unavailable` when a limit that must hold cannot be counted anywhere.
   */
  consume(name: RateLimitName, request: { ip: string; client: () => ClientFacts }): Promise<LimitState>
  /** Windows of other things than requests: messages, tries. */
  windows: SharedWindows
  /** Counts a refusal, and tells whoever listens of it, at most once a minute for the same limit and caller. */
  report(refusal: LimitRefusal): Promise<void>
  /** The audit log listens: it stands above this. */
  onRefusal(listener: (refusal: LimitRefusal) => Promise<void>): void
}

/**
 * Where a limit is counted. `process`: cheap and approximate. `shared`: Redis, so that all processes share the count, and the
 * process while Redis is away (a shopper is let in rather than not). `closed`: Redis, and PostgreSQL while it is away. `kept`:
 * Redis wards off, PostgreSQL decides, so that a Redis that lost its memory lets nobody guess anew.
 */
type Counting = 'process' | 'shared' | 'closed' | 'kept'

interface Limit {
  points: number
  seconds: number
  counting: Counting
}

function limitsFrom(config: Config): Record<RateLimitName, Limit> {
  return {
    browse: { points: config.RATE_LIMIT_BROWSE_PER_MINUTE, seconds: 60, counting: 'process' },
    cart: { points: config.RATE_LIMIT_CART_PER_MINUTE, seconds: 60, counting: 'shared' },
    checkout: { points: config.RATE_LIMIT_CHECKOUT_PER_MINUTE, seconds: 60, counting: 'closed' },
    'order-lookup': { points: config.RATE_LIMIT_ORDER_LOOKUP_PER_HOUR, seconds: 3600, counting: 'closed' },
    'sign-in': { points: config.RATE_LIMIT_SIGN_IN_PER_10_MINUTES, seconds: 600, counting: 'kept' },
    'one-time-code': { points: config.RATE_LIMIT_ONE_TIME_CODE_PER_10_MINUTES, seconds: 600, counting: 'kept' },
    'token-refresh': { points: config.RATE_LIMIT_TOKEN_REFRESH_PER_MINUTE, seconds: 60, counting: 'closed' },
    account: { points: config.RATE_LIMIT_ACCOUNT_PER_MINUTE, seconds: 60, counting: 'shared' },
    'staff-sign-in': { points: config.RATE_LIMIT_STAFF_SIGN_IN_PER_10_MINUTES, seconds: 600, counting: 'kept' },
    staff: { points: config.RATE_LIMIT_STAFF_PER_MINUTE, seconds: 60, counting: 'shared' },
  }
}

/** `points` left and milliseconds to the end of the window; undefined when there are none left, with the wait. */
type Counted = { isRefused: boolean; remaining: number; resetMs: number }

interface Parts {
  redis: RedisClient | undefined
  db: Db
  clock: Clock
  sealer: Sealer
  metrics: Metrics
}

type Counter = (caller: string) => Promise<Counted>

async function countBy(limiter: RateLimiterAbstract, caller: string): Promise<Counted> {
  try {
    const { remainingPoints, msBeforeNext } = await limiter.consume(caller)
    return { isRefused: false, remaining: remainingPoints, resetMs: msBeforeNext }
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    return { isRefused: true, remaining: 0, resetMs: refused.msBeforeNext }
  }
}

function inDatabase({ db, clock, sealer }: Parts, name: RateLimitName, { points, seconds }: Limit): Counter {
  return async (caller) => {
    const key = `${name}:${sealer.blindIndex('rate_limits', caller).toString('base64url')}`
    const now = clock.now()
    const count = await countPoint(db, { key, limit: points, seconds }, now)
    const end = count?.expiresAt ?? (await readWindowEnd(db, key)) ?? now
    return { isRefused: !count, remaining: points - (count?.points ?? points), resetMs: end.getTime() - now.getTime() }
  }
}

function counterFor(parts: Parts, name: RateLimitName, limit: Limit): Counter {
  const { points, seconds: duration, counting } = limit
  const options = { keyPrefix: `limit:${name}`, points, duration }
  const { redis } = parts
  if (counting === 'process' || (counting === 'shared' && !redis)) {
    const memory = new RateLimiterMemory(options)
    return (caller) => countBy(memory, caller)
  }
  const kept = inDatabase(parts, name, limit)
  if (!redis) return kept
  const shared = { ...options, storeClient: redis, useRedisPackage: true, rejectIfRedisNotReady: true }
  if (counting === 'shared') {
    const limiter = new RateLimiterRedis({ ...shared, insuranceLimiter: new RateLimiterMemory(options) })
    return (caller) => countBy(limiter, caller)
  }
  const limiter = new RateLimiterRedis(shared)
  return async (caller) => {
    const counted = await orAway(countBy(limiter, caller))
    const isEnough = counted && (counted.isRefused || counting === 'closed')
    return isEnough ? counted : kept(caller)
  }
}

const secondsOf = (ms: number): number => Math.max(1, Math.ceil(ms / 1000))

/** Limits by name, declared at each endpoint, counted by address. */
export function createRateLimits(config: Config, parts: Parts): RateLimits {
  const limits = limitsFrom(config)
  // oxlint-disable-next-line no-unsafe-type-assertion -- Object.entries forgets the names it was given
  const named = Object.entries(limits) as [RateLimitName, Limit][]
  const counters = new Map(named.map(([name, limit]) => [name, counterFor(parts, name, limit)]))
  const reports = createRefusalReports(parts)
  return {
    windows: createSharedWindows(parts.redis),
    report: reports.report,
    onRefusal: reports.onRefusal,
    async consume(name, { ip, client }) {
      const { points: limit, seconds: windowSeconds, counting } = limits[name]
      const counted = await counters.get(name)?.(callerOf(ip))
      const resetSeconds = secondsOf(counted?.resetMs ?? 0)
      const state = { name, limit, windowSeconds, remaining: counted?.remaining ?? 0, resetSeconds }
      if (counted && !counted.isRefused) return state
      const guardsAccounts = counting === 'kept' || counting === 'closed'
      if (guardsAccounts) await reports.report({ limit: name, who: callerOf(ip), client: client() })
      else reports.count(name)
      throw new Problem('request/rate-limited', {
        headers: { ...limitHeaders(state), 'Retry-After': String(resetSeconds) },
        retryAfterSeconds: resetSeconds,
      })
    },
  }
}

/** The fields of draft-ietf-httpapi-ratelimit-headers-10: the policy, and what is left of it for so many seconds. */
export const limitHeaders = ({ name, limit, windowSeconds, remaining, resetSeconds }: LimitState) => ({
  'RateLimit-Policy': `"${name}";q=${limit};w=${windowSeconds}`,
  RateLimit: `"${name}";r=${remaining};t=${resetSeconds}`,
})
