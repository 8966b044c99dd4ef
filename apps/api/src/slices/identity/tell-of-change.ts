import { z } from 'zod'
import type { AppContext } from '../../context.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { AccountRow } from './accounts.sql.ts'
import { openPerson } from './accounts.ts'
import { createLink } from './links.ts'
import { sendMessage } from './messages.ts'
import type { MessageKind } from './messages.ts'

/** What was before a change, kept in its undo link for 72 hours; `undo-change.ts` puts it back. */
export const BeforeChange = z.discriminatedUnion('change', [
  z.strictObject({ change: z.literal('phone'), phone: z.string().nullable() }),
  z.strictObject({ change: z.literal('email'), email: z.string().nullable() }),
  z.strictObject({ change: z.literal('password'), hash: z.string().nullable() }),
  /** A snapshot of all second factors, as `factors/` took it. */
  z.strictObject({ change: z.literal('second-factor'), before: z.unknown() }),
])
export type BeforeChange = z.infer<typeof BeforeChange>

const messageOf: Record<BeforeChange['change'], MessageKind> = {
  phone: 'phone-changed',
  email: 'email-changed',
  password: 'password-changed',
  'second-factor': 'second-factor-changed',
}

/**
 * Tells the owner what has changed, at the address they had before (SE-6). `account` is the row as it was. A customer's mail has a
 * link that takes the change back; a staff member's has none, since whoever reads their mail must not be able to undo what
 * guards the back office. An SMS, which carries no link, goes to a number that is being left, and to whoever has no address.
 */
export async function tellOfChange(
  ctx: AppContext,
  tx: Tx,
  change: { account: AccountRow; before: BeforeChange; details?: Record<string, string | number> },
): Promise<void> {
  const { account, before, details = {} } = change
  const { name, phone, email } = openPerson(ctx.sealer, account)
  const accountId = account.id
  const said = { accountId, kind: messageOf[before.change], locale: account.locale }
  const isCustomer = account.kind === 'customer'
  if (email !== null) {
    const linkId = isCustomer
      ? await createLink(ctx, tx, { purpose: 'undo-change', accountId, data: before })
      : undefined
    const content = { to: email, name, details }
    await sendMessage(ctx, tx, { ...said, channel: 'email', content, ...(linkId ? { linkId } : {}) })
  }
  if (phone !== null && isCustomer && (email === null || before.change === 'phone'))
    await sendMessage(ctx, tx, { ...said, channel: 'sms', content: { to: phone, name, details } })
}
