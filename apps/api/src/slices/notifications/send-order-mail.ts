import type { TimelineKind } from '@dhow/contracts/orders.ts'
import type { AppContext } from '../../context.ts'
import { assertNever } from '../../platform/assert.ts'
import { inTransaction } from '../../platform/db/database.ts'
import { newId } from '../../platform/ids.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import type { Job } from '../../platform/jobs/enqueue.ts'
import type { EmailMessage, SendOutcome } from '../../providers/email/port.ts'
import { claimNotification, findNotification, moveNotification, recordSent } from './notifications.sql.ts'
import type { Notification, NotificationRow } from './notifications.sql.ts'

const FIRST_RETRY_SECONDS = 15
const MAX_RETRY_SECONDS = 900
/** Longer than any call to the provider lasts: whoever claimed it that long ago is dead. */
const DEAD_CLAIM_MS = 60_000
/** After a day the shopper has asked us, or given up. */
const GIVE_UP_MS = 24 * 3_600_000

/** A mail about an order. */
export interface OrderMailToSend {
  orderId: string
  kind: Notification['kind']
  /** Written before it is claimed: what fails there fails before anybody thinks a mail may be on its way. */
  message: Omit<EmailMessage, 'notificationId'>
  /** The job that sends it, and sends it again. */
  job: Job & { key: string }
  /** In the log: `order confirmation`. */
  what: string
  /** What the order's timeline says once it is sent. */
  told?: TimelineKind
}

interface Sending extends OrderMailToSend {
  notification: NotificationRow
}

/** Doubling waits, a quarter of an hour at most, never sooner than the provider asked for. */
export const retrySeconds = (attempts: number, atLeast: number): number =>
  Math.max(atLeast, Math.min(MAX_RETRY_SECONDS, FIRST_RETRY_SECONDS * 2 ** (attempts - 1)))

/** The same job once more, under a key of its own: under the one it has, it would take the place of the one that runs. */
export const lookAgain = (job: Job & { key: string }, runAt: Date): Job => ({ ...job, key: `${job.key}:look`, runAt })

async function giveBack(ctx: AppContext, sending: Sending, afterSeconds: number): Promise<void> {
  const { notification, job, what } = sending
  const now = ctx.clock.now().getTime()
  if (now - notification.createdAt.getTime() > GIVE_UP_MS) {
    ctx.log.error({ notificationId: notification.id, alert: 'email-given-up' }, `${what} not sent for a day`)
    return moveNotification(ctx.db, notification.id, { state: 'refused' })
  }
  const runAt = new Date(now + retrySeconds(notification.attempts, afterSeconds) * 1000)
  await inTransaction(ctx.db, async (tx) => {
    await moveNotification(tx, notification.id, { state: 'queued' })
    await enqueue(tx, { ...job, runAt })
  })
}

async function settle(ctx: AppContext, sending: Sending, outcome: SendOutcome): Promise<void> {
  const { what } = sending
  const notificationId = sending.notification.id
  switch (outcome.kind) {
    case 'accepted':
      return recordSent(ctx.db, notificationId, {
        providerRef: outcome.providerRef,
        at: ctx.clock.now(),
        told: sending.told,
      })
    case 'refused':
      ctx.log.error({ notificationId, reason: outcome.reason, alert: 'email-refused' }, `${what} refused`)
      return moveNotification(ctx.db, notificationId, { state: 'refused' })
    case 'retry':
      ctx.log.warn({ notificationId, err: outcome.cause }, `${what} not sent, will be tried again`)
      return giveBack(ctx, sending, outcome.afterSeconds)
    case 'locked-out':
      ctx.log.error({ notificationId, reason: outcome.reason, alert: 'email-locked-out' }, 'no mail is sent at all')
      return giveBack(ctx, sending, MAX_RETRY_SECONDS)
    case 'unknown':
      ctx.log.error({ notificationId, err: outcome.cause, alert: 'email-unknown' }, `${what} may be sent`)
      return
    default:
      return assertNever(outcome)
  }
}

/**
 * Somebody has claimed it. Says so once that has lasted too long: its worker died between the provider's answer and our note of it,
 * or before both. Until then it is looked at again, for the claim may be our own, whose answer was lost with the connection.
 */
async function reportDeadClaim(ctx: AppContext, { orderId, kind, what, job }: OrderMailToSend): Promise<void> {
  const row = await findNotification(ctx.db, { orderId, kind, channel: 'email' })
  if (row?.state !== 'sending' || !row.sendingSince) return
  const deadAt = new Date(row.sendingSince.getTime() + DEAD_CLAIM_MS)
  if (ctx.clock.now() < deadAt) return enqueue(ctx.db, lookAgain(job, deadAt))
  ctx.log.error({ notificationId: row.id, alert: 'email-unknown' }, `${what} may be sent`)
}

/**
 * Sends a mail about an order, at most once however often it is called. The row is claimed before the provider is called and says
 * `sent` after; SendGrid knows no idempotency key, so a claim whose outcome nobody knows (a cut connection, `kill -9`) stays
 * `sending` and raises an alert instead of sending what may be a second mail. A person decides; the order itself is safe and its
 * page says all the mail would have said.
 */
export async function sendOrderMail(ctx: AppContext, mail: OrderMailToSend): Promise<void> {
  const { orderId, kind, message } = mail
  const wish = { id: newId(), orderId, kind, channel: 'email' } as const
  const notification = await claimNotification(ctx.db, wish, ctx.clock.now())
  if (!notification) return reportDeadClaim(ctx, mail)
  const outcome = await ctx.providers.sendEmail({ ...message, notificationId: notification.id })
  await settle(ctx, { ...mail, notification }, outcome)
}
