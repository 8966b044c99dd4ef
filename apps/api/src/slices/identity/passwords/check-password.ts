import type { AppContext } from '../../../context.ts'
import type { ClientFacts } from '../../../platform/auth/client.ts'
import { Problem } from '../../../platform/http/problem.ts'
import type { AccountRow } from '../accounts.sql.ts'
import { countNetwork, forgiveNetwork } from './attempt-windows.ts'
import { dummyHash, hashSecret, isOutdated, verifySecret } from './hashing.ts'
import { forgiveAttempt, NOBODY, reportRefusal, takeAttempt } from './lockout.ts'
import type { Attempt, Refusal } from './lockout.ts'
import { findPasswordHash, renewHash } from './passwords.sql.ts'

export interface TypedPassword {
  /** Undefined when nobody has the name that was typed. */
  account: Pick<AccountRow, 'id' | 'status'> | undefined
  typed: string
  client: ClientFacts
}

function reasonOf(account: TypedPassword['account'], isLetTry: boolean): Refusal['reason'] {
  if (!account) return 'unknown'
  if (account.status !== 'active') return 'disabled'
  return isLetTry ? 'wrong' : 'locked'
}

interface Counted {
  attempt: Attempt | undefined
  isKnownDevice: boolean
}

async function takeBack(ctx: AppContext, { attempt, isKnownDevice }: Counted, client: ClientFacts): Promise<void> {
  if (attempt) await forgiveAttempt(ctx, attempt)
  if (!isKnownDevice) await forgiveNetwork(ctx, client)
}

/** Counts an attempt against its account and its network before it is made. Throws `request/rate-limited` for the network. */
async function countAttempt(ctx: AppContext, accountId: string | undefined, client: ClientFacts): Promise<Counted> {
  const attempt = await takeAttempt(ctx, { accountId, client, factor: 'password' })
  if (attempt?.before === null) return { attempt, isKnownDevice: true }
  try {
    await countNetwork(ctx, client)
  } catch (error) {
    if (attempt) await forgiveAttempt(ctx, attempt)
    throw error
  }
  return { attempt, isKnownDevice: false }
}

/**
 * Returns when the password is right and the account may use it. Otherwise throws `auth/invalid-credentials`, the same after the
 * same work whether it is wrong, unknown, locked or disabled (AU-8, AU-9): the same queries, and always one hash. Throws
 * `request/rate-limited` when its network has had too many wrong ones, `auth/busy` when too many are being checked. Call
 * `recordSuccess` once all factors were given.
 */
export async function checkPassword(ctx: AppContext, { account, typed, client }: TypedPassword): Promise<void> {
  const accountId = account?.id
  const stored = await findPasswordHash(ctx.db, accountId ?? NOBODY)
  const dummy = await dummyHash(ctx)
  const counted = await countAttempt(ctx, accountId, client)
  const password = typed.normalize('NFC')
  const isMatch = await verifySecret(ctx, password, stored ?? dummy).catch(async (error: unknown) => {
    await takeBack(ctx, counted, client) // what could not be checked was not wrong
    throw error
  })
  if (!isMatch || stored === undefined || !counted.attempt || account?.status !== 'active') {
    const reason = reasonOf(account, counted.attempt !== undefined)
    await reportRefusal(ctx, { accountId, client, factor: 'password', reason })
    throw new Problem('auth/invalid-credentials')
  }
  await takeBack(ctx, counted, client)
  if (isOutdated(ctx, stored))
    await renewHash(ctx.db, { accountId: account.id, from: stored, to: await hashSecret(ctx, password) })
}
