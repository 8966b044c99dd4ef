import { webhookProviders } from '@dhow/contracts/webhook-log.ts'
import { z } from 'zod'
import type { AppContext } from '../../../context.ts'
import { assertNever } from '../../../platform/assert.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { enqueue } from '../../../platform/jobs/enqueue.ts'
import { settleFraudWarning } from '../operations/apply-fraud-warning.ts'
import { settleRef } from '../settle-payment.ts'
import { endEvents, listWaitingEvents } from './webhooks.sql.ts'
import type { WebhookSubject } from './webhooks.sql.ts'

const Payload = z.strictObject({
  provider: z.enum(webhookProviders),
  topic: z.enum(['payment', 'dispute', 'fraud-warning', 'payout', 'other']),
  objectRef: z.string().min(1).max(255),
  orderId: z.uuid().nullable(),
})

type Handled = { state: 'handled'; reason: null } | { state: 'ignored'; reason: string }

const handled: Handled = { state: 'handled', reason: null }

async function handleTopic(ctx: AppContext, subject: WebhookSubject): Promise<Handled> {
  const { provider, topic, objectRef, orderId } = subject
  switch (topic) {
    case 'payment': {
      const end = await settleRef(ctx, { provider, providerRef: objectRef, orderId })
      return end === 'settled' ? handled : { state: 'ignored', reason: end }
    }
    case 'dispute':
      await enqueue(ctx.db, {
        task: 'payments.dispute',
        payload: { disputeRef: objectRef },
        key: `dispute:${objectRef}`,
      })
      return handled
    case 'fraud-warning':
      await settleFraudWarning(ctx, objectRef)
      return handled
    case 'payout':
      await enqueue(ctx.db, { task: 'reconciliation.books', payload: { provider }, key: `books:${provider}` })
      return handled
    case 'other':
      return { state: 'ignored', reason: 'not-asked-about' }
    default:
      return assertNever(topic)
  }
}

/** A code for the log staff read; the cause itself, which may quote what a provider answered, goes to the process's log only. */
const reasonOf = (error: unknown): string =>
  error instanceof Problem ? error.code : error instanceof Error ? `error:${error.name}` : 'error'

/**
 * Does what the waiting events about one thing ask for: fetches the truth and applies it, so that they may come twice, late and
 * out of order. An event that arrives meanwhile waits in a job of its own. What fails is written down and tried again by the
 * queue; a process that dies in between leaves the events as they were.
 */
export async function handleWebhook(ctx: AppContext, payload: unknown): Promise<void> {
  const subject = Payload.parse(payload)
  const { provider } = subject
  const eventIds = await listWaitingEvents(ctx.db, subject)
  try {
    const end = await handleTopic(ctx, subject)
    await endEvents(ctx.db, { provider, eventIds, ...end, at: ctx.clock.now() })
  } catch (error) {
    await endEvents(ctx.db, { provider, eventIds, state: 'failed', reason: reasonOf(error), at: ctx.clock.now() })
    throw error
  }
}

export const webhookJobs = { 'payments.webhook': handleWebhook }
