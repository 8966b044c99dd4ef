import type { Tokens } from '@dhow/contracts/auth.ts'
import type { AppContext } from '../../../context.ts'
import type { ClientFacts } from '../../../platform/auth/client.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { emailIndexOf } from '../accounts.ts'
import { findAccount } from '../accounts.sql.ts'
import type { AccountRow } from '../accounts.sql.ts'
import { findFactors } from '../factors/factors.sql.ts'
import { identifyByPasskey } from '../factors/passkey-sign-in.ts'
import { askSecondFactor, secondMethods } from '../factors/second-step.ts'
import type { SecondStep } from '../factors/second-step.ts'
import { checkPassword } from '../passwords/check-password.ts'
import { openSession } from '../tokens/sessions.ts'

const audience = 'admin-api'

/** Either the question for the second step, or tokens that open nothing but its enrolment. */
export type AfterFirstStep = { kind: 'second-factor'; step: SecondStep } | { kind: 'enrol'; tokens: Tokens }

interface FirstStep {
  account: AccountRow
  client: ClientFacts
  amr: string
  /** The passkey that was the first step. */
  passkeyId?: string
}

async function afterFirstStep(ctx: AppContext, tx: Tx, first: FirstStep): Promise<AfterFirstStep> {
  const { account, client, amr, passkeyId } = first
  const factors = await findFactors(tx, account.id)
  if (!factors.hasTotp && factors.passkeyCount === 0) {
    const session = { accountId: account.id, audience, client, amr: [amr], secondFactorAt: null } as const
    return { kind: 'enrol', tokens: await openSession(ctx, tx, session) }
  }
  const methods = secondMethods(factors, passkeyId !== undefined)
  // A passkey and nothing else: it is the second step of somebody who begins with their password.
  if (methods.length === 0) throw new Problem('auth/passkey-invalid')
  const step = await askSecondFactor(ctx, tx, {
    account,
    audience,
    client,
    amr: [amr],
    methods,
    ...(passkeyId === undefined ? {} : { passkeyId }),
  })
  return { kind: 'second-factor', step }
}

/** Unknown, wrong, locked, disabled and not yet accepted answer `auth/invalid-credentials`, in the same time (AU-8, AU-9). */
export async function staffLogin(
  ctx: AppContext,
  { email, password, client }: { email: string; password: string; client: ClientFacts },
): Promise<AfterFirstStep> {
  const account = await findAccount(ctx.db, { kind: 'staff', emailIndex: emailIndexOf(ctx.sealer, email) })
  await checkPassword(ctx, { account, typed: password, client })
  if (!account) throw new Problem('auth/invalid-credentials')
  return inTransaction(ctx.db, (tx) => afterFirstStep(ctx, tx, { account, client, amr: 'pwd' }))
}

/** Throws `auth/challenge-invalid`, `auth/passkey-invalid`. */
export function staffPasskeyLogin(
  ctx: AppContext,
  given: { ceremonyId: string; response: unknown; client: ClientFacts },
): Promise<AfterFirstStep> {
  return identifyByPasskey(ctx, { ...given, audience }, (tx, { account, passkeyId, amr }) =>
    afterFirstStep(ctx, tx, { account, client: given.client, amr, passkeyId }),
  )
}
