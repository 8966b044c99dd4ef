import type { TotpEnrolment } from '@dhow/contracts/account-security.ts'
import type { AppContext } from '../../../context.ts'
import type { DbOrTx, Tx } from '../../../platform/db/database.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { openPerson } from '../accounts.ts'
import type { AccountRow } from '../accounts.sql.ts'
import { newTotpSecret, stepOfCode, totpUri } from './totp-codes.ts'
import { findTotp, insertPendingSeed, putTotp } from './totp.sql.ts'
import type { TotpRow } from './totp.sql.ts'

type Sealing = Pick<AppContext, 'sealer'>
type Owner = Pick<AccountRow, 'id' | 'dataKey'>

const purposeOf = (accountId: string): string => `totp_secrets.seed.${accountId}`

function keyOf(account: Owner): Buffer {
  if (!account.dataKey) throw new Error(`account ${account.id} has been erased`)
  return account.dataKey
}

const sealSeed = ({ sealer }: Sealing, account: Owner, secret: string): Buffer =>
  sealer.sealJson(keyOf(account), purposeOf(account.id), secret)

const openSeed = ({ sealer }: Sealing, account: Owner, sealed: Buffer): string =>
  String(sealer.openJson(keyOf(account), purposeOf(account.id), sealed))

/** Gives out a new secret. It counts once {@link confirmSeed} has seen a code of it; a secret that works goes on working. */
export async function beginSeed(ctx: AppContext, tx: DbOrTx, account: AccountRow): Promise<TotpEnrolment> {
  const secret = newTotpSecret()
  const { name, email, phone } = openPerson(ctx.sealer, account)
  const { MERCHANT_NAME_EN, MERCHANT_NAME_AR } = ctx.config
  const issuer = account.locale === 'ar' ? MERCHANT_NAME_AR : MERCHANT_NAME_EN
  await insertPendingSeed(tx, {
    accountId: account.id,
    seedSealed: sealSeed(ctx, account, secret),
    now: ctx.clock.now(),
  })
  return { secret, uri: totpUri(secret, { issuer, label: email ?? phone ?? name ?? issuer }) }
}

interface GivenCode {
  account: Owner
  code: string
}

interface FirstCode {
  row: TotpRow
  seedSealed: Buffer
  step: number
}

/** Reads a first code against the secret that waits for one. */
async function readFirstCode(
  ctx: AppContext,
  db: DbOrTx,
  { account, code }: GivenCode,
): Promise<FirstCode | 'wrong-code' | 'nothing-pending'> {
  const row = await findTotp(db, account.id)
  const seedSealed = row && (row.confirmedAt ? row.nextSeedSealed : row.seedSealed)
  if (!row || !seedSealed) return 'nothing-pending'
  const step = stepOfCode(openSeed(ctx, account, seedSealed), code, ctx.clock.now())
  return step === undefined ? 'wrong-code' : { row, seedSealed, step }
}

const refuse = (why: 'wrong-code' | 'nothing-pending'): never => {
  throw new Problem(why === 'wrong-code' ? 'auth/code-invalid' : 'auth/factor-not-found')
}

/** Throws as {@link confirmSeed} would, before ten recovery codes are hashed for a code that is wrong. */
export async function requireFirstCode(ctx: AppContext, given: GivenCode): Promise<void> {
  const read = await readFirstCode(ctx, ctx.db, given)
  if (typeof read === 'string') refuse(read)
}

/**
 * The first code of a secret given out: from here on it is the one. The code's step counts as taken. Lock the account first.
 * Throws `auth/code-invalid`, or `auth/factor-not-found` when no secret waits for one.
 */
export async function confirmSeed(ctx: AppContext, tx: Tx, given: GivenCode): Promise<void> {
  const read = await readFirstCode(ctx, tx, given)
  if (typeof read === 'string') return refuse(read)
  const { row, seedSealed, step } = read
  await putTotp(tx, { ...row, seedSealed, nextSeedSealed: null, confirmedAt: ctx.clock.now(), lastStep: step })
}

/** Which step a code of the account's app is of; it is right only if {@link takeTotpStep} then takes it. */
export async function stepOf(ctx: AppContext, account: Owner, code: string): Promise<number | undefined> {
  const row = await findTotp(ctx.db, account.id)
  return row?.confirmedAt ? stepOfCode(openSeed(ctx, account, row.seedSealed), code, ctx.clock.now()) : undefined
}

/** Gives an account a secret that works at once: for demo accounts and tests, whose secrets are known beforehand. */
export async function plantTotp(
  ctx: AppContext,
  tx: DbOrTx,
  { account, secret }: { account: Owner; secret: string },
): Promise<void> {
  const now = ctx.clock.now()
  await putTotp(tx, {
    accountId: account.id,
    seedSealed: sealSeed(ctx, account, secret),
    nextSeedSealed: null,
    confirmedAt: now,
    lastStep: 0,
    createdAt: now,
  })
}
