import Stripe from 'stripe'
import type { Config } from '../../../config.ts'
import type { Clock } from '../../../platform/clock.ts'
import { BreakerOpenError, createBreaker } from '../../../platform/outbound/breaker.ts'
import type { Metrics } from '../../../platform/telemetry/metrics.ts'

/** The version the SDK's types are of; webhook endpoints are created with the same one. */
export const STRIPE_API_VERSION = '2026-10-28.endive'
/** Reading is done again by whoever asked; one retry is for the connection that was closed while idle. */
export const READ = { maxNetworkRetries: 1 }
const PAGE = 100

/** One account at Stripe: its SDK, counted and guarded by one breaker for payments and saved cards alike. */
export interface StripeAccess {
  sdk: Stripe
  config: Config
  /** It has been failing, and is not asked for some seconds. */
  readonly isAway: boolean
  call: <Answer>(operation: string, request: (sdk: Stripe) => Promise<Answer>) => Promise<Answer>
}

type StripeConfig = Pick<Config, 'STRIPE_API_BASE' | 'STRIPE_SECRET_KEY' | 'STRIPE_TIMEOUT_MS'>

export function openSdk(config: StripeConfig): Stripe {
  const base = new URL(config.STRIPE_API_BASE)
  const isHttp = base.protocol === 'http:'
  return new Stripe(config.STRIPE_SECRET_KEY, {
    apiVersion: STRIPE_API_VERSION,
    host: base.hostname,
    port: base.port || (isHttp ? 80 : 443),
    protocol: isHttp ? 'http' : 'https',
    timeout: config.STRIPE_TIMEOUT_MS,
    maxNetworkRetries: 2, // the same key each time
    telemetry: false,
  })
}

/** Stripe understood and said no: asking again changes nothing. Everything else leaves the outcome unknown. */
export const isRefusal = (error: unknown): error is Stripe.errors.StripeInvalidRequestError =>
  error instanceof Stripe.errors.StripeInvalidRequestError && error.code !== 'lock_timeout'

export const isMissing = (error: unknown): boolean => isRefusal(error) && error.code === 'resource_missing'

/**
 * Stripe keeps a 5xx under the key it happened to and repeats it for a day (docs.stripe.com/api/idempotent_requests), so that
 * nothing could be done under that key until then.
 */
export const isKeptFailure = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeError &&
  (error.statusCode ?? 0) >= 500 &&
  error.headers?.['idempotent-replayed'] === 'true'

/** The key was used with other words: by the shop before a setting changed, or by another release of it. */
export const isUsedKey = (error: unknown): boolean => error instanceof Stripe.errors.StripeIdempotencyError

const KEYS_PER_OPERATION = 3

/**
 * Makes something under a key, and under another where the first is used up. What may stand under that one must be harmless, or
 * be found by `make` before it makes another.
 */
export async function underKey<Made>(
  key: string,
  make: (options: { idempotencyKey: string }) => Promise<Made>,
): Promise<Made> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await make({ idempotencyKey: attempt === 1 ? key : `${key}:${attempt}` })
    } catch (error) {
      const isUsedUp = isKeptFailure(error) || isUsedKey(error)
      if (!isUsedUp || attempt >= KEYS_PER_OPERATION) throw error
    }
  }
}

/** Stripe or the card's bank said no. A decline is kept under its key, so that asking again would only repeat it. */
export const isFinalNo = (
  error: unknown,
): error is Stripe.errors.StripeInvalidRequestError | Stripe.errors.StripeCardError =>
  isRefusal(error) || error instanceof Stripe.errors.StripeCardError

/** A sign of illness: no answer, or one that blames Stripe itself. Wrong keys and kept answers say nothing of its health. */
const isOutage = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeConnectionError ||
  error instanceof Stripe.errors.StripeRateLimitError ||
  (error instanceof Stripe.errors.StripeAPIError && !isKeptFailure(error))

function resultOf(error: unknown): string {
  if (error instanceof BreakerOpenError) return 'not-asked'
  return isRefusal(error) ? 'refused' : 'unknown'
}

export function openStripe(config: Config, metrics: Metrics, clock: Clock): StripeAccess {
  const sdk = openSdk(config)
  const breaker = createBreaker({ clock, isFailure: isOutage })
  return {
    sdk,
    config,
    get isAway() {
      return breaker.isOpen
    },
    async call(operation, request) {
      try {
        const answer = await breaker.run(() => request(sdk))
        metrics.providerCalls.inc({ provider: 'stripe', operation, result: 'ok' })
        return answer
      } catch (error) {
        metrics.providerCalls.inc({ provider: 'stripe', operation, result: resultOf(error) })
        throw error
      }
    },
  }
}

/** Unix seconds of a window, its end excluded. */
export const createdIn = ({ from, to }: { from: Date; to: Date }): { gte: number; lt: number } => ({
  gte: Math.floor(from.getTime() / 1000),
  lt: Math.ceil(to.getTime() / 1000),
})

/** All of a list, a hundred at a time, newest first as Stripe gives them. */
export async function* eachOf<Item extends { id: string }>(
  readPage: (page: { limit: number; starting_after?: string }) => Promise<Stripe.ApiList<Item>>,
): AsyncGenerator<Item> {
  let after: string | undefined
  do {
    const { data, has_more: hasMore } = await readPage({ limit: PAGE, ...(after && { starting_after: after }) })
    yield* data
    after = hasMore ? data.at(-1)?.id : undefined
  } while (after !== undefined)
}
