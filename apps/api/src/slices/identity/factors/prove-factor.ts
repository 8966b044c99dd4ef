import type { FactorProof } from '@dhow/contracts/auth.ts'
import type { ProblemCode } from '@dhow/contracts/problems.ts'
import type { AppContext } from '../../../context.ts'
import { assertNever } from '../../../platform/assert.ts'
import { anonymous } from '../../../platform/auth/actor.ts'
import type { Audience } from '../../../platform/auth/actor.ts'
import type { ClientFacts } from '../../../platform/auth/client.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { recordAudit } from '../../audit/audit.ts'
import type { AccountRow } from '../accounts.sql.ts'
import { openPerson } from '../accounts.ts'
import { sendMessage } from '../messages.ts'
import { forgiveAttempt, recordSuccess, reportRefusal, takeAttempt } from '../passwords/lockout.ts'
import { takeCeremony } from './ceremonies.ts'
import type { TakenCeremony } from './ceremonies.ts'
import { checkPasskey } from './check-passkey.ts'
import type { Proven } from './proven.ts'
import { takeRecoveryCode } from './recovery-codes.sql.ts'
import { findRecoveryCode } from './recovery-codes.ts'
import { tellSecurity } from './tell-security.ts'
import { takeTotpStep } from './totp.sql.ts'
import { stepOf } from './totp.ts'

export interface FactorTry {
  account: AccountRow
  audience: Audience
  client: ClientFacts
  proof: FactorProof
  /** What a passkey dialog was begun for, and in which session. */
  ceremony: { purpose: 'passkey-second-factor' | 'passkey-confirm'; sessionId?: string }
  /** The passkey that was the first step. */
  exceptPasskeyId?: string | null
}

/** Whoever used a code of paper, or found it, is told of; of staff the security list hears too (ST-2). */
async function tellOfRecoveryCode(ctx: AppContext, tx: Tx, { account, client }: FactorTry): Promise<void> {
  const { name, email, phone } = openPerson(ctx.sealer, account)
  const to = email ?? phone
  const { id: accountId, kind, locale } = account
  if (to !== null)
    await sendMessage(ctx, tx, {
      accountId,
      kind: 'recovery-code-used',
      channel: email === null ? 'sms' : 'email',
      locale,
      content: { to, name, details: {} },
    })
  if (kind === 'staff') await tellSecurity(ctx, tx, { rule: 'recovery-code-used', evidence: { account: accountId } })
  await recordAudit(ctx, tx, {
    action: 'auth.recovery-code-used',
    result: 'ok',
    actor: anonymous,
    client,
    object: { type: 'account', id: accountId },
  })
}

async function proveTotp(ctx: AppContext, account: AccountRow, code: string): Promise<Proven | undefined> {
  const step = await stepOf(ctx, account, code)
  return step === undefined ? undefined : { amr: 'otp', use: (tx) => takeTotpStep(tx, { accountId: account.id, step }) }
}

async function proveRecoveryCode(ctx: AppContext, given: FactorTry, code: string): Promise<Proven | undefined> {
  const accountId = given.account.id
  const id = await findRecoveryCode(ctx, accountId, code)
  if (id === undefined) return undefined
  const use = async (tx: Tx): Promise<boolean> => {
    if (!(await takeRecoveryCode(tx, { id, accountId, now: ctx.clock.now() }))) return false
    await tellOfRecoveryCode(ctx, tx, given)
    return true
  }
  return { amr: 'recovery', use }
}

function prove(ctx: AppContext, given: FactorTry, ceremony: TakenCeremony | undefined): Promise<Proven | undefined> {
  const { proof, account } = given
  switch (proof.method) {
    case 'totp':
      return proveTotp(ctx, account, proof.code)
    case 'recovery-code':
      return proveRecoveryCode(ctx, given, proof.code)
    case 'passkey':
      return ceremony ? checkPasskey(ctx, ceremony, { ...given, response: proof.response }) : Promise.resolve(undefined)
    default:
      return assertNever(proof)
  }
}

async function ceremonyOf(ctx: AppContext, { proof, ...given }: FactorTry): Promise<TakenCeremony | undefined> {
  if (proof.method !== 'passkey') return undefined
  const { audience, account, ceremony } = given
  return takeCeremony(ctx, ctx.db, { ceremonyId: proof.ceremonyId, audience, accountId: account.id, ...ceremony })
}

const wrongAs = (proof: FactorProof): ProblemCode =>
  proof.method === 'passkey' ? 'auth/passkey-invalid' : 'auth/code-invalid'

/**
 * Checks a factor, and does `work` in the transaction that uses it up: of two who give the same code at once, one is served.
 * It counts as wrong before it is checked, so that parallel guesses share the account's count; while the account waits out its
 * failures a right one is refused like a wrong one. Throws `auth/code-invalid`, `auth/passkey-invalid`,
 * `auth/challenge-invalid`, `auth/busy`.
 */
export async function withFactor<T>(
  ctx: AppContext,
  given: FactorTry,
  work: (tx: Tx, amr: string) => Promise<T>,
): Promise<T> {
  const { account, client, proof } = given
  const accountId = account.id
  const ceremony = await ceremonyOf(ctx, given)
  const attempt = await takeAttempt(ctx, { accountId, client, factor: proof.method })
  const proven = await prove(ctx, given, ceremony).catch(async (error: unknown) => {
    if (attempt) await forgiveAttempt(ctx, attempt) // what could not be checked was not wrong
    throw error
  })
  const done =
    attempt && proven
      ? await inTransaction(ctx.db, async (tx) => {
          if (!(await proven.use(tx))) return undefined
          await recordSuccess(ctx, tx, accountId)
          return { result: await work(tx, proven.amr) }
        })
      : undefined
  if (done) return done.result
  await reportRefusal(ctx, { accountId, client, factor: proof.method, reason: attempt ? 'wrong' : 'locked' })
  throw new Problem(wrongAs(proof))
}
