import type { Locale } from '@dhow/contracts/primitives.ts'
import type { AppContext } from '../../context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { newId } from '../../platform/ids.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import { insertMessage } from './messages.sql.ts'

/** Everything we ever tell a person about their account. Each kind has its words in `notifications`, in both languages. */
export const messageKinds = [
  'register', // link: begin the account
  'already-registered', // somebody signed up with an address that has an account
  'reset-password', // link
  'change-email', // link, to the new address
  'email-changed', // to the old address, with an undo link
  'phone-changed', // to the old number (sms, no link) and the e-mail address (undo link)
  'password-changed', // undo link
  'password-locked', // too many wrong ones in a row: it must be reset
  'second-factor-changed', // details: { change }, undo link
  'recovery-code-used',
  'new-device', // details: { client, city, country, at }
  'session-stolen', // a refresh token was used twice: the session has been ended
  'account-disabled',
  'staff-invite', // link
  'staff-roles-changed',
  'approval-requested', // details: { action, by }
  'factors-reset-agreed', // details: { at }: until then nothing is done
  'security-alert', // to the security list; details: { rule, evidence }
] as const
export type MessageKind = (typeof messageKinds)[number]

export interface MessageContent {
  /** E-mail address or E.164 number. */
  to: string
  name: string | null
  /** What the words need besides; strings and numbers only. */
  details: Record<string, string | number>
}

export interface NewMessage {
  accountId: string | null
  kind: MessageKind
  channel: 'email' | 'sms'
  locale: Locale
  content: MessageContent
  /** Of {@link createLink}; the token is put in when the message is written. */
  linkId?: string
  /** Says it once for this id, however often it is asked to; a new one unless given. */
  id?: string
}

export const messagePurpose = (id: string): string => `account_messages.content.${id}`
export const accountMessageTask = 'notifications.account-message'

/** Tells somebody something: a row and a job in the caller's transaction, so that it is said if and only if it happened. */
export async function sendMessage(
  ctx: Pick<AppContext, 'sealer' | 'clock'>,
  tx: Tx,
  message: NewMessage,
): Promise<void> {
  const { accountId, kind, channel, locale, content, linkId = null, id = newId() } = message
  const isNew = await insertMessage(tx, {
    id,
    accountId,
    kind,
    channel,
    locale,
    contentSealed: ctx.sealer.sealBytes(messagePurpose(id), Buffer.from(JSON.stringify(content))),
    linkId,
    createdAt: ctx.clock.now(),
  })
  if (isNew)
    await enqueue(tx, { task: accountMessageTask, payload: { messageId: id }, key: `${accountMessageTask}:${id}` })
}
