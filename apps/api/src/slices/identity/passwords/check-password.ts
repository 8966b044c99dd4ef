import type { AppContext } from '../../../context.ts'
import type { ClientFacts } from '../../../platform/auth/client.ts'
import { Problem } from '../../../platform/http/problem.ts'
import type { AccountRow } from '../accounts.sql.ts'
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

/** What could not be checked (`auth/busy`) was not wrong. */
async function verifyCounted(
  ctx: AppContext,
  attempt: Attempt | undefined,
  { password, hash }: { password: string; hash: string },
): Promise<boolean> {
  try {
    return await verifySecret(ctx, password, hash)
  } catch (error) {
    if (attempt) await forgiveAttempt(ctx, attempt)
    throw error
  }
}

/**
 * Returns when the password is right and the account may use it. Otherwise throws `auth/invalid-credentials`, the same after the
 * same work whether it is wrong, unknown, locked or disabled (AU-8, AU-9): the same queries, and always one hash. Throws
 * `auth/busy` when too many are being checked. Call `recordSuccess` once all factors were given.
 */
export async function checkPassword(ctx: AppContext, { account, typed, client }: TypedPassword): Promise<void> {
  const accountId = account?.id
  const stored = await findPasswordHash(ctx.db, accountId ?? NOBODY)
  const dummy = await dummyHash(ctx)
  const attempt = await takeAttempt(ctx, { accountId, client })
  const password = typed.normalize('NFC')
  const isRight = (await verifyCounted(ctx, attempt, { password, hash: stored ?? dummy })) && stored !== undefined
  if (!isRight || !attempt || account?.status !== 'active') {
    await reportRefusal(ctx, {
      accountId,
      client,
      factor: 'password',
      reason: reasonOf(account, attempt !== undefined),
    })
    throw new Problem('auth/invalid-credentials')
  }
  await forgiveAttempt(ctx, attempt)
  if (isOutdated(ctx, stored))
    await renewHash(ctx.db, { accountId: account.id, from: stored, to: await hashSecret(ctx, password) })
}
