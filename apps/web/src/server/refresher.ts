import { createHash } from 'node:crypto'
import type { ApiClient } from '@dhow/api-client/api-client.ts'
import { refreshTokens } from '@dhow/contracts/auth.ts'
import type { Tokens } from '@dhow/contracts/auth.ts'
import { LRUCache } from 'lru-cache'

/** How long the answer to one token is kept for requests that still come with it; the API's grace is as long. */
const graceMs = 10_000

export interface Refresher {
  /** New tokens for a refresh token. Throws `auth/refresh-invalid` when it is worth nothing any more. */
  refresh(api: ApiClient, refreshToken: string): Promise<Tokens>
}

/**
 * Each refresh token works once, but two tabs may come with the same one at the same time. In this process they share one call.
 * Between processes they make the identical request (the request id is derived from the token), which the API answers alike for
 * ten seconds; after that a used token is taken for stolen, whoever sends it.
 */
export function createRefresher(): Refresher {
  const answers = new LRUCache<string, Promise<Tokens>>({ max: 10_000, ttl: graceMs })
  return {
    refresh(api, refreshToken) {
      const key = createHash('sha256').update(`refresh ${refreshToken}`).digest('hex')
      const running = answers.get(key)
      if (running) return running
      const headers = { 'x-request-id': `refresh-${key.slice(0, 40)}` }
      const answer = api.call(refreshTokens, { body: { refreshToken }, headers })
      answers.set(key, answer)
      answer.catch(() => answers.delete(key))
      return answer
    },
  }
}
