import type { OrderView } from '@dhow/contracts/orders.ts'
import { createTranslator } from '@dhow/i18n/translate.ts'
import type { AppContext } from '../../context.ts'
import { assertNever } from '../../platform/assert.ts'
import { inTransaction } from '../../platform/db/database.ts'
import { newId } from '../../platform/ids.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import type { Job } from '../../platform/jobs/enqueue.ts'
import type { TextMessage, TextOutcome } from '../../providers/sms/port.ts'
import { findOrderForNotification } from '../orders/orders.ts'
import { merchantOf } from './mail-merchant.ts'
import { claimNotification, findNotification, moveNotification } from './notifications.sql.ts'
import type { NotificationRow } from './notifications.sql.ts'
import { lookAgain, retrySeconds } from './send-order-mail.ts'

export const deliveryCodeTask = 'notifications.delivery-code'

const LOCKED_OUT_SECONDS = 900
/** Longer than any call to the provider lasts: whoever claimed it that long ago is dead. */
const DEAD_CLAIM_MS = 60_000
/** The order's page and mail show the code too. */
const GIVE_UP_MS = 24 * 3_600_000

interface Sending {
  orderId: string
  notification: NotificationRow
}

/** One part in both languages, without links: UAE carriers filter those. Undefined when no courier is to be given a code. */
function textOf(ctx: AppContext, view: OrderView): TextMessage | undefined {
  const code = view.cash?.state === 'pending' ? view.cash.deliveryCode : null
  if (code === null) return undefined
  const merchant = merchantOf(ctx.config, view.locale).name
  const text = createTranslator(view.locale)('sms.delivery-code', { merchant, number: view.number, code })
  return { to: view.contact.phone, text }
}

const jobOf = (orderId: string, runAt: Date): Job & { key: string } => ({
  task: deliveryCodeTask,
  payload: { orderId },
  key: `${deliveryCodeTask}:${orderId}`,
  runAt,
  priority: -10,
})

async function giveBack(ctx: AppContext, { orderId, notification }: Sending, atLeastSeconds: number): Promise<void> {
  const { id, attempts, createdAt } = notification
  const now = ctx.clock.now().getTime()
  if (now - createdAt.getTime() > GIVE_UP_MS) {
    ctx.log.error({ messageId: id, channel: 'sms', alert: 'message-given-up' }, 'delivery code not sent for a day')
    return moveNotification(ctx.db, id, { state: 'refused' })
  }
  const runAt = new Date(now + retrySeconds(attempts, atLeastSeconds) * 1000)
  await inTransaction(ctx.db, async (tx) => {
    await moveNotification(tx, id, { state: 'queued' })
    await enqueue(tx, jobOf(orderId, runAt))
  })
}

async function settle(ctx: AppContext, sending: Sending, outcome: TextOutcome): Promise<void> {
  const messageId = sending.notification.id
  const about = { messageId, channel: 'sms' }
  switch (outcome.kind) {
    case 'accepted':
      return moveNotification(ctx.db, messageId, {
        state: 'sent',
        providerRef: outcome.providerRef,
        sentAt: ctx.clock.now(),
      })
    case 'refused':
      ctx.log.warn({ ...about, reason: outcome.reason }, 'delivery code refused')
      return moveNotification(ctx.db, messageId, { state: 'refused' })
    case 'retry':
      ctx.log.warn({ ...about, err: outcome.cause }, 'delivery code not sent, will be tried again')
      return giveBack(ctx, sending, outcome.afterSeconds)
    case 'locked-out':
      ctx.log.error({ ...about, reason: outcome.reason, alert: 'message-locked-out' }, 'nothing is sent at all')
      return giveBack(ctx, sending, LOCKED_OUT_SECONDS)
    case 'unknown':
      ctx.log.error({ ...about, err: outcome.cause, alert: 'message-unknown' }, 'delivery code may be sent')
      return
    default:
      return assertNever(outcome)
  }
}

/** As for order mails: a claim is looked at again until it must be dead, and then said to be. */
async function reportDeadClaim(ctx: AppContext, orderId: string): Promise<void> {
  const row = await findNotification(ctx.db, { orderId, kind: 'delivery-code', channel: 'sms' })
  if (row?.state !== 'sending' || !row.sendingSince) return
  const deadAt = new Date(row.sendingSince.getTime() + DEAD_CLAIM_MS)
  if (ctx.clock.now() < deadAt) return enqueue(ctx.db, lookAgain(jobOf(orderId, deadAt), deadAt))
  ctx.log.error({ messageId: row.id, channel: 'sms', alert: 'message-unknown' }, 'delivery code may be sent')
}

/**
 * Texts the shopper the code the courier will ask for, at most once however often it is called, by the rules of order
 * confirmations. An order that was collected or called off meanwhile has none.
 */
export async function sendDeliveryCode(ctx: AppContext, orderId: string): Promise<void> {
  const found = await findOrderForNotification(ctx, orderId)
  const message = found && textOf(ctx, found.view)
  if (!message) return
  const wish = { id: newId(), orderId, kind: 'delivery-code', channel: 'sms' } as const
  const notification = await claimNotification(ctx.db, wish, ctx.clock.now())
  if (!notification) return reportDeadClaim(ctx, orderId)
  await settle(ctx, { orderId, notification }, await ctx.providers.sms.sendMessage(message))
}
