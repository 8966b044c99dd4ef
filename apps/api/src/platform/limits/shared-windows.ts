import type { RedisClient } from '../redis/redis.ts'
import { orAway } from './or-away.ts'
import type { WindowRule } from './windows.ts'

/** What stands in the way: the rule, and when it has room again. */
export interface Exceeded {
  rule: WindowRule
  retryAfterSeconds: number
}

export type SharedCount =
  | { kind: 'counted' }
  | { kind: 'exceeded'; exceeded: Exceeded[] }
  /** Redis is away, or does not answer: nothing is known. */
  | { kind: 'away' }

export interface SharedWindows {
  /** Counts one event against all rules if each has room, else none: one step for everybody who asks at once. */
  count(rules: readonly WindowRule[], event: { id: string; now: Date }): Promise<SharedCount>
  /** Takes an event back that did not happen after all. */
  takeBack(rules: readonly WindowRule[], eventId: string): Promise<void>
}

/**
 * Each key is a set of events by their time. A rule has room while its limit-th youngest event is older than its window. All
 * rules are looked at first; only when none is exceeded is the event added to every key.
 */
const COUNT = `
local now, id, exceeded = tonumber(ARGV[1]), ARGV[2], {}
for rule = 0, (#ARGV - 2) / 3 - 1 do
  local key, window, limit = KEYS[tonumber(ARGV[3 + rule * 3])], tonumber(ARGV[4 + rule * 3]), tonumber(ARGV[5 + rule * 3])
  local at = redis.call('ZREVRANGE', key, limit - 1, limit - 1, 'WITHSCORES')[2]
  if at and tonumber(at) > now - window then
    table.insert(exceeded, rule)
    table.insert(exceeded, tonumber(at) + window - now)
  end
end
if #exceeded > 0 then return exceeded end
local longest = {}
for rule = 0, (#ARGV - 2) / 3 - 1 do
  local key, window = KEYS[tonumber(ARGV[3 + rule * 3])], tonumber(ARGV[4 + rule * 3])
  longest[key] = math.max(longest[key] or 0, window)
end
for key, window in pairs(longest) do
  redis.call('ZREMRANGEBYSCORE', key, '-inf', now - window)
  redis.call('ZADD', key, now, id)
  redis.call('PEXPIRE', key, window)
end
return exceeded`

function exceededFrom(rules: readonly WindowRule[], answer: unknown): Exceeded[] {
  const numbers = Array.isArray(answer) ? answer.map(Number) : []
  return rules.flatMap((rule, index) => {
    const at = numbers.findIndex((value, place) => place % 2 === 0 && value === index)
    return at === -1 ? [] : [{ rule, retryAfterSeconds: Math.max(1, Math.ceil((numbers[at + 1] ?? 0) / 1000)) }]
  })
}

/** Sliding windows in Redis, shared by all processes. Redis may lose them at any moment: they ward off, they do not decide. */
export function createSharedWindows(redis: RedisClient | undefined): SharedWindows {
  const keyOf = (rule: WindowRule): string => `window:${rule.key}`
  return {
    async count(rules, { id, now }) {
      if (!redis?.isReady) return { kind: 'away' }
      const keys = [...new Set(rules.map(keyOf))]
      const parts = rules.flatMap((rule) => [keys.indexOf(keyOf(rule)) + 1, rule.seconds * 1000, rule.limit])
      const answer = await orAway(
        redis.eval(COUNT, { keys, arguments: [String(now.getTime()), id, ...parts.map(String)] }),
      )
      if (answer === undefined) return { kind: 'away' }
      const exceeded = exceededFrom(rules, answer)
      return exceeded.length > 0 ? { kind: 'exceeded', exceeded } : { kind: 'counted' }
    },
    async takeBack(rules, eventId) {
      if (!redis?.isReady) return
      const keys = [...new Set(rules.map(keyOf))]
      await orAway(Promise.all(keys.map((key) => redis.zRem(key, eventId))))
    },
  }
}
