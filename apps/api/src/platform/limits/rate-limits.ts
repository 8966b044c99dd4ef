import type { RateLimitName } from '@dhow/contracts/endpoint.ts'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import type { RateLimiterAbstract } from 'rate-limiter-flexible'
import type { Config } from '../../config.ts'
import { Problem } from '../http/problem.ts'
import type { RedisClient } from '../redis/redis.ts'

export interface RateLimits {
  /** Counts one request of `who` (an address) against a named limit. Throws `request/rate-limited` with Retry-After. */
  consume(name: RateLimitName, who: string): Promise<void>
}

interface Limit {
  points: number
  seconds: number
}

function limitsFrom(config: Config): Record<RateLimitName, Limit> {
  return {
    browse: { points: config.RATE_LIMIT_BROWSE_PER_MINUTE, seconds: 60 },
    cart: { points: config.RATE_LIMIT_CART_PER_MINUTE, seconds: 60 },
    checkout: { points: config.RATE_LIMIT_CHECKOUT_PER_MINUTE, seconds: 60 },
    'order-lookup': { points: config.RATE_LIMIT_ORDER_LOOKUP_PER_HOUR, seconds: 3600 },
    'sign-in': { points: config.RATE_LIMIT_SIGN_IN_PER_10_MINUTES, seconds: 600 },
    'one-time-code': { points: config.RATE_LIMIT_ONE_TIME_CODE_PER_10_MINUTES, seconds: 600 },
    'token-refresh': { points: config.RATE_LIMIT_TOKEN_REFRESH_PER_MINUTE, seconds: 60 },
    account: { points: config.RATE_LIMIT_ACCOUNT_PER_MINUTE, seconds: 60 },
    'staff-sign-in': { points: config.RATE_LIMIT_STAFF_SIGN_IN_PER_10_MINUTES, seconds: 600 },
    staff: { points: config.RATE_LIMIT_STAFF_PER_MINUTE, seconds: 60 },
  }
}

/**
 * Limits per address. Browsing is counted in the process (cheap, approximate); the rest in Redis, so that all processes share
 * the count, and in the process while Redis is away.
 */
export function createRateLimits(config: Config, redis: RedisClient | undefined): RateLimits {
  const limiters = new Map<RateLimitName, RateLimiterAbstract>()
  for (const [name, limit] of Object.entries(limitsFrom(config)) as [RateLimitName, Limit][]) {
    const memory = new RateLimiterMemory({ keyPrefix: `limit:${name}`, points: limit.points, duration: limit.seconds })
    const shared = redis && name !== 'browse'
    limiters.set(
      name,
      shared
        ? new RateLimiterRedis({
            storeClient: redis,
            useRedisPackage: true,
            keyPrefix: `limit:${name}`,
            points: limit.points,
            duration: limit.seconds,
            insuranceLimiter: memory,
            rejectIfRedisNotReady: true,
          })
        : memory,
    )
  }
  return {
    async consume(name, who) {
      try {
        await limiters.get(name)?.consume(who)
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused
        const seconds = Math.max(1, Math.ceil(refused.msBeforeNext / 1000))
        throw new Problem('request/rate-limited', {
          headers: { 'Retry-After': String(seconds) },
          retryAfterSeconds: seconds,
        })
      }
    },
  }
}
