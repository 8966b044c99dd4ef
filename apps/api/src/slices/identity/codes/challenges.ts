import type { AppContext } from '../../../context.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { newId } from '../../../platform/ids.ts'
import type { StartedCode } from '../../../providers/sms/port.ts'
import type { SendRequest } from './admit-send.ts'
import { insertChallenge, lockOpenChallenges, updateChallenge } from './challenges.sql.ts'
import type { ChallengeRow } from './challenges.sql.ts'

/** How long a code may be given back (OT-1). */
export const CODE_SECONDS = 300
/** The provider's own end of a code, which sending it again does not move. */
const VERIFICATION_SECONDS = 600

const purposeOf = (id: string): string => `otp_challenges.phone.${id}`

export const openPhone = (
  { sealer }: Pick<AppContext, 'sealer'>,
  row: Pick<ChallengeRow, 'id' | 'phoneSealed'>,
): string => sealer.openBytes(purposeOf(row.id), row.phoneSealed).toString()

export interface TakenChallenge {
  id: string
  expiresAt: Date
  /** Challenges of the same number whose code must be called off first: the provider would send it again. */
  superseded: { id: string; started: StartedCode }[]
}

function isSame(row: ChallengeRow, request: SendRequest, now: Date): boolean {
  return (
    row.state === 'pending' &&
    row.expiresAt > now &&
    row.purpose === request.purpose &&
    row.deviceId === request.deviceId &&
    row.accountId === request.subject.accountId
  )
}

/** The challenge this message belongs to: the open one of the same purpose, device and account, or a new one. Others of the number die. */
export async function takeChallenge(ctx: AppContext, tx: Tx, request: SendRequest): Promise<TakenChallenge> {
  const now = ctx.clock.now()
  const open = await lockOpenChallenges(tx, request.subject.phoneIndex)
  const same = open.find((row) => isSame(row, request, now))
  const others = open.filter((row) => row !== same)
  for (const row of others) if (row.state === 'pending') await updateChallenge(tx, row.id, { state: 'dead' })
  const superseded = others.map(({ id, providerRef }) => ({ id, started: { providerRef, phone: request.phone } }))
  const later = new Date(now.getTime() + CODE_SECONDS * 1000)
  if (same) {
    const end = new Date(same.createdAt.getTime() + VERIFICATION_SECONDS * 1000)
    const expiresAt = later < end ? later : end
    await updateChallenge(tx, same.id, { expiresAt })
    return { id: same.id, expiresAt, superseded }
  }
  const id = newId()
  const { phone, purpose, deviceId, subject } = request
  await insertChallenge(tx, {
    id,
    purpose,
    accountId: subject.accountId,
    phoneIndex: subject.phoneIndex,
    phoneSealed: ctx.sealer.sealBytes(purposeOf(id), Buffer.from(phone)),
    deviceId,
    providerRef: null,
    isOpenAtProvider: true,
    state: 'pending',
    tryCount: 0,
    createdAt: now,
    expiresAt: later,
  })
  return { id, expiresAt: later, superseded }
}

/** Calls a code off at the provider, so that the number's next one is another. False when nobody knows whether it worked. */
export async function callOff(ctx: AppContext, id: string, started: StartedCode): Promise<boolean> {
  const isOver = await ctx.providers.sms.cancelVerification(started)
  if (isOver) await updateChallenge(ctx.db, id, { isOpenAtProvider: false })
  return isOver
}
