import type { AppContext } from '../../../context.ts'
import type { ClientFacts } from '../../../platform/auth/client.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { countPoint, readWindowEnd, takePointBack } from '../../../platform/limits/rate-limits.sql.ts'

/*
 * Counts beside the account's own. They are in PostgreSQL whether Redis is there or not: each precedes a password's hash, which
 * takes many times as long, and a Redis that was emptied lets nobody begin anew.
 */

const NETWORK_SECONDS = 600
const DEVICE_TRIES = 10
const DEVICE_SECONDS = 900
const MAILS_PER_HOUR = 4
const HOUR_SECONDS = 3600

const keyOf = ({ sealer }: AppContext, name: string, who: string): string =>
  `${name}:${sealer.blindIndex('rate_limits', who).toString('base64url')}`

const networkKey = (ctx: AppContext, client: ClientFacts): string => keyOf(ctx, 'password-failures', client.network)

/**
 * Counts one wrong password of a network before it is known to be wrong; {@link forgiveNetwork} takes a right one back. Throws
 * `request/rate-limited` when the network has had its failures: said before anything depends on whose password it is.
 */
export async function countNetwork(ctx: AppContext, client: ClientFacts): Promise<void> {
  const key = networkKey(ctx, client)
  const limit = ctx.config.RATE_LIMIT_SIGN_IN_FAILURES_PER_10_MINUTES
  const now = ctx.clock.now()
  if (await countPoint(ctx.db, { key, limit, seconds: NETWORK_SECONDS }, now)) return
  const end = (await readWindowEnd(ctx.db, key)) ?? now
  const seconds = Math.max(1, Math.ceil((end.getTime() - now.getTime()) / 1000))
  await ctx.limits.report({ limit: 'sign-in-failures', who: client.network, client })
  throw new Problem('request/rate-limited', {
    headers: { 'Retry-After': String(seconds) },
    retryAfterSeconds: seconds,
  })
}

export const forgiveNetwork = (ctx: AppContext, client: ClientFacts): Promise<void> =>
  takePointBack(ctx.db, networkKey(ctx, client))

/** Whether a known device may go on being treated as one: who holds it may be anybody, so it has ten tries in a quarter of an hour. */
export async function hasDeviceTry(ctx: AppContext, accountId: string, deviceId: string): Promise<boolean> {
  const key = keyOf(ctx, 'device-tries', `${accountId}:${deviceId}`)
  const counted = await countPoint(ctx.db, { key, limit: DEVICE_TRIES, seconds: DEVICE_SECONDS }, ctx.clock.now())
  return counted !== undefined
}

/** Whether an address may be sent another mail that anybody can ask for: four of a kind an hour, whoever asks. */
export async function hasMailLeft(ctx: AppContext, kind: string, emailIndex: Buffer): Promise<boolean> {
  const key = keyOf(ctx, `${kind}-mails`, emailIndex.toString('base64url'))
  const counted = await countPoint(ctx.db, { key, limit: MAILS_PER_HOUR, seconds: HOUR_SECONDS }, ctx.clock.now())
  return counted !== undefined
}
