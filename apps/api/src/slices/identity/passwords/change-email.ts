import { z } from 'zod'
import type { AppContext } from '../../../context.ts'
import type { CustomerActor } from '../../../platform/auth/actor.ts'
import type { ClientFacts } from '../../../platform/auth/client.ts'
import { inTransaction, sqlStateOf } from '../../../platform/db/database.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { enqueue } from '../../../platform/jobs/enqueue.ts'
import { recordAudit } from '../../audit/audit.ts'
import { lockAccount, updateAccount } from '../accounts.sql.ts'
import type { AccountRow } from '../accounts.sql.ts'
import { openPerson, sealPerson } from '../accounts.ts'
import { countLinks, endLinks } from '../links.sql.ts'
import { createLink, useLink } from '../links.ts'
import { sendMessage } from '../messages.ts'
import { claimOrdersTask } from '../profile.ts'
import { tellOfChange } from '../tell-of-change.ts'
import { revokeSessions } from '../tokens/sessions.ts'

/** The new address, and the session that asked: it goes on when the others end. */
const EmailChange = z.strictObject({ email: z.string(), sessionId: z.uuid() })

const MAILS_PER_HOUR = 5
const HOUR_SECONDS = 3600
const UNIQUE_VIOLATION = '23505'

/**
 * Mails a link to a new address, whoever else may have it: only who reads it learns more. Throws `request/rate-limited` after five
 * in an hour, as each is a mail to somebody who may not have asked for it.
 */
export function changeEmail(ctx: AppContext, { email, actor }: { email: string; actor: CustomerActor }): Promise<void> {
  const { accountId, sessionId } = actor
  const now = ctx.clock.now()
  const purpose = 'change-email'
  return inTransaction(ctx.db, async (tx) => {
    const account = await lockAccount(tx, accountId)
    if (!account) throw new Problem('auth/required')
    const since = new Date(now.getTime() - HOUR_SECONDS * 1000)
    if ((await countLinks(tx, { accountId, purpose, since })) >= MAILS_PER_HOUR)
      throw new Problem('request/rate-limited', { headers: { 'Retry-After': String(HOUR_SECONDS) } })
    await endLinks(tx, { accountId, purpose }, now)
    const linkId = await createLink(ctx, tx, { purpose, accountId, data: { email, sessionId } })
    await sendMessage(ctx, tx, {
      accountId,
      kind: 'change-email',
      channel: 'email',
      locale: account.locale,
      content: { to: email, name: openPerson(ctx.sealer, account).name, details: {} },
      linkId,
    })
  })
}

/** Throws `account/contact-taken` when the address is another's. */
async function putEmail(ctx: AppContext, tx: Tx, account: AccountRow, email: string): Promise<void> {
  const { id, dataKey } = account
  if (!dataKey) throw new Problem('auth/link-invalid')
  const now = ctx.clock.now()
  const sealed = sealPerson(ctx.sealer, { id, dataKey }, { email })
  try {
    await updateAccount(tx, id, { ...sealed, emailVerifiedAt: now }, now)
  } catch (error) {
    if (sqlStateOf(error) === UNIQUE_VIOLATION) throw new Problem('account/contact-taken')
    throw error
  }
}

/**
 * The link in the mail to the new address was used. The old address is told and may take it back, other sessions end, guest orders
 * placed with the new one become the customer's. Throws `auth/link-invalid`, `account/contact-taken` (the link stays good).
 */
export function confirmEmail(
  ctx: AppContext,
  { token, client }: { token: string; client: ClientFacts },
): Promise<void> {
  return inTransaction(ctx.db, async (tx) => {
    const link = await useLink(ctx, tx, { purpose: 'change-email', token })
    const account = link?.accountId ? await lockAccount(tx, link.accountId) : undefined
    if (!link || account?.status !== 'active') throw new Problem('auth/link-invalid')
    const { email, sessionId } = EmailChange.parse(link.data)
    const accountId = account.id
    await putEmail(ctx, tx, account, email)
    // A reset that was mailed to the old address is none of the new one's.
    await endLinks(tx, { accountId, purpose: 'reset-password' }, ctx.clock.now())
    await tellOfChange(ctx, tx, {
      account,
      before: { change: 'email', email: openPerson(ctx.sealer, account).email },
    })
    await enqueue(tx, { task: claimOrdersTask, payload: { accountId } })
    const by = { kind: 'anonymous' } as const
    await revokeSessions(ctx, tx, { accountId, reason: 'email-changed', exceptSessionId: sessionId, by, client })
    await recordAudit(ctx, tx, {
      action: 'auth.email-changed',
      result: 'ok',
      actor: by,
      client,
      object: { type: 'account', id: accountId },
    })
  })
}
