import { z } from 'zod'
import type { AppContext } from '../../context.ts'
import { inTransaction } from '../../platform/db/database.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import type { Job } from '../../platform/jobs/enqueue.ts'
import type { LinkPurpose } from './links.sql.ts'
import { linkToken } from './links.ts'
import { accountMessageTask, messageKinds, messagePurpose } from './messages.ts'
import type { MessageContent, MessageKind } from './messages.ts'
import { claimMessageRow, findMessageRow, moveMessageRow } from './messages.sql.ts'
import type { MessageRow } from './messages.sql.ts'

const Kind = z.enum(messageKinds)
const Content = z.strictObject({
  to: z.string(),
  name: z.string().nullable(),
  details: z.record(z.string(), z.union([z.string(), z.number()])),
})

/** A message as whoever writes and sends it needs it. */
export interface AccountMessage extends Pick<
  MessageRow,
  'id' | 'channel' | 'locale' | 'state' | 'createdAt' | 'sendingSince'
> {
  kind: MessageKind
  content: MessageContent
  link: { purpose: LinkPurpose; token: string } | null
  /** Its link has been used, replaced or has run out: it says nothing any more. */
  isStale: boolean
}

export async function readMessage(ctx: AppContext, id: string): Promise<AccountMessage | undefined> {
  const row = await findMessageRow(ctx.db, id)
  if (!row) return undefined
  const { linkId, linkPurpose, linkUsedAt, linkExpiresAt } = row
  const link = linkId && linkPurpose ? { purpose: linkPurpose, token: linkToken(ctx, linkId) } : null
  return {
    ...row,
    kind: Kind.parse(row.kind),
    content: Content.parse(JSON.parse(ctx.sealer.openBytes(messagePurpose(id), row.contentSealed).toString())),
    link,
    isStale: link !== null && (linkUsedAt !== null || linkExpiresAt === null || linkExpiresAt <= ctx.clock.now()),
  }
}

/** Takes a waiting message for sending; gives which try this is. Of many who ask one has it, the others get undefined. */
export const claimMessage = (ctx: AppContext, id: string): Promise<number | undefined> =>
  claimMessageRow(ctx.db, id, ctx.clock.now())

/** How the sending of a claimed message ended. */
export const settleMessage = (
  ctx: AppContext,
  id: string,
  to: { state: 'sent'; providerRef: string } | { state: 'refused' },
): Promise<void> => moveMessageRow(ctx.db, id, to.state === 'sent' ? { ...to, sentAt: ctx.clock.now() } : to)

/** The job that sends a message, and sends it again. */
export const messageJob = (id: string, runAt: Date): Job & { key: string } => ({
  task: accountMessageTask,
  payload: { messageId: id },
  key: `${accountMessageTask}:${id}`,
  runAt,
  priority: -10,
})

/** Gives a claimed message back, to be tried again later. */
export async function giveMessageBack(ctx: AppContext, id: string, runAt: Date): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    await moveMessageRow(tx, id, { state: 'queued' })
    await enqueue(tx, messageJob(id, runAt))
  })
}
