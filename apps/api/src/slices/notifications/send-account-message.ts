import type { AppContext } from '../../context.ts'
import { assertNever } from '../../platform/assert.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import type { SendOutcome } from '../../providers/email/port.ts'
import type { TextOutcome } from '../../providers/sms/port.ts'
import { claimMessage, giveMessageBack, messageJob, readMessage, settleMessage } from '../identity/identity.ts'
import type { AccountMessage } from '../identity/identity.ts'
import { accountMailHtml } from './account-mail-html.ts'
import { accountMailText } from './account-mail-text.ts'
import { accountMail, accountText } from './account-message.ts'
import { lookAgain, retrySeconds } from './send-order-mail.ts'
import { merchantOf } from './mail-merchant.ts'
import { oneLine } from './mail-text.ts'

const LOCKED_OUT_SECONDS = 900
/** Longer than any call to a provider lasts: whoever claimed it that long ago is dead. */
const DEAD_CLAIM_MS = 60_000
const GIVE_UP_MS = 24 * 3_600_000

/** Writes a message; what is given back sends it. Writing may fail, and must before anybody thinks it is on its way. */
function writeMessage(ctx: AppContext, message: AccountMessage): () => Promise<SendOutcome | TextOutcome> {
  const { config, providers } = ctx
  const merchant = merchantOf(config, message.locale)
  const { to } = message.content
  if (message.channel === 'sms') {
    const text = accountText(message, merchant)
    return () => providers.sms.sendMessage({ to, text })
  }
  const mail = accountMail(config, message, merchant)
  const parts = { subject: mail.subject, text: accountMailText(mail), html: accountMailHtml(mail) }
  return () =>
    providers.sendEmail({
      ...parts,
      to,
      from: { email: config.MAIL_FROM, name: oneLine(merchant.name) },
      replyTo: config.MERCHANT_EMAIL,
      notificationId: message.id,
      category: `account-${message.kind}`,
    })
}

interface Sending {
  message: AccountMessage
  attempt: number
}

async function giveBack(ctx: AppContext, { message, attempt }: Sending, atLeastSeconds: number): Promise<void> {
  const { id: messageId, createdAt, channel } = message
  const now = ctx.clock.now().getTime()
  if (now - createdAt.getTime() > GIVE_UP_MS) {
    ctx.log.error({ messageId, channel, alert: 'message-given-up' }, 'account message not sent for a day')
    return settleMessage(ctx, messageId, { state: 'refused' })
  }
  await giveMessageBack(ctx, messageId, new Date(now + retrySeconds(attempt, atLeastSeconds) * 1000))
}

async function settle(ctx: AppContext, sending: Sending, outcome: SendOutcome | TextOutcome): Promise<void> {
  const { id: messageId, channel } = sending.message
  switch (outcome.kind) {
    case 'accepted':
      return settleMessage(ctx, messageId, { state: 'sent', providerRef: outcome.providerRef })
    case 'refused':
      // No alert: anybody may type an address that does not exist.
      ctx.log.warn({ messageId, channel, reason: outcome.reason }, 'account message refused')
      return settleMessage(ctx, messageId, { state: 'refused' })
    case 'retry':
      ctx.log.warn({ messageId, channel, err: outcome.cause }, 'account message not sent, will be tried again')
      return giveBack(ctx, sending, outcome.afterSeconds)
    case 'locked-out':
      ctx.log.error(
        { messageId, channel, reason: outcome.reason, alert: 'message-locked-out' },
        'nothing is sent at all',
      )
      return giveBack(ctx, sending, LOCKED_OUT_SECONDS)
    case 'unknown':
      ctx.log.error({ messageId, channel, err: outcome.cause, alert: 'message-unknown' }, 'account message may be sent')
      return
    default:
      return assertNever(outcome)
  }
}

/** As for order mails: a claim is looked at again until it must be dead, and then said to be. */
async function reportDeadClaim(ctx: AppContext, messageId: string): Promise<void> {
  const message = await readMessage(ctx, messageId)
  if (message?.state !== 'sending' || !message.sendingSince) return
  const deadAt = new Date(message.sendingSince.getTime() + DEAD_CLAIM_MS)
  if (ctx.clock.now() < deadAt) return enqueue(ctx.db, lookAgain(messageJob(messageId, deadAt), deadAt))
  const { channel } = message
  ctx.log.error({ messageId, channel, alert: 'message-unknown' }, 'account message may be sent')
}

/**
 * Says what an account's owner is to be told, at most once however often it is called, by the rules of order confirmations: the
 * row is claimed before the provider is called and says `sent` after, and what nobody can know stays `sending`, with an alert.
 */
export async function sendAccountMessage(ctx: AppContext, messageId: string): Promise<void> {
  const message = await readMessage(ctx, messageId)
  if (!message) return
  const send = message.isStale ? undefined : writeMessage(ctx, message)
  const attempt = await claimMessage(ctx, messageId)
  if (attempt === undefined) return reportDeadClaim(ctx, messageId)
  if (!send) return settleMessage(ctx, messageId, { state: 'refused' })
  await settle(ctx, { message, attempt }, await send())
}
