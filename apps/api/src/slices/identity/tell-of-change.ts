import { z } from 'zod'
import type { AppContext } from '../../context.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { AccountRow } from './accounts.sql.ts'
import { openPerson } from './accounts.ts'
import { createLink } from './links.ts'
import { sendMessage } from './messages.ts'
import type { MessageKind } from './messages.ts'

/** What was before a change, kept in its undo link for 72 hours; `undo-change.ts` puts it back. */
export const BeforeChange = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('phone'), phone: z.string().nullable() }),
  z.strictObject({ kind: z.literal('email'), email: z.string().nullable() }),
  z.strictObject({ kind: z.literal('password'), hash: z.string().nullable() }),
  /** A snapshot of all second factors, as `factors/` took it. */
  z.strictObject({ kind: z.literal('second-factor'), factors: z.unknown() }),
])
export type BeforeChange = z.infer<typeof BeforeChange>

const messageOf: Record<BeforeChange['kind'], MessageKind> = {
  phone: 'phone-changed',
  email: 'email-changed',
  password: 'password-changed',
  'second-factor': 'second-factor-changed',
}

/**
 * Tells the owner what has changed, at the address they had before, with a link that takes it back (SE-6). `account` is the row
 * as it was. The link goes by mail; an SMS, which carries none, is sent to a number that is being left, and to whoever has no
 * address.
 */
export async function tellOfChange(
  ctx: AppContext,
  tx: Tx,
  change: { account: AccountRow; before: BeforeChange; details?: Record<string, string | number> },
): Promise<void> {
  const { account, before, details = {} } = change
  const { name, phone, email } = openPerson(ctx.sealer, account)
  const said = { accountId: account.id, kind: messageOf[before.kind], locale: account.locale }
  if (email !== null) {
    const linkId = await createLink(ctx, tx, { purpose: 'undo-change', accountId: account.id, data: before })
    await sendMessage(ctx, tx, { ...said, channel: 'email', content: { to: email, name, details }, linkId })
  }
  // A staff member's phone, if any, is none we have verified: staff are told by mail alone.
  if (phone !== null && account.kind === 'customer' && (email === null || before.kind === 'phone'))
    await sendMessage(ctx, tx, { ...said, channel: 'sms', content: { to: phone, name, details } })
}
