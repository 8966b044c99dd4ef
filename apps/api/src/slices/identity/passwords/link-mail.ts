import { Locale } from '@dhow/contracts/primitives.ts'
import { z } from 'zod'
import type { AppContext } from '../../../context.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { enqueue } from '../../../platform/jobs/enqueue.ts'
import { findAccount } from '../accounts.sql.ts'
import type { AccountRow } from '../accounts.sql.ts'
import { emailIndexOf, openPerson } from '../accounts.ts'
import { endLinks } from '../links.sql.ts'
import { createLink, readLink } from '../links.ts'
import { sendMessage } from '../messages.ts'
import { hasMailLeft } from './attempt-windows.ts'

/** What an open registration holds until its link is used. */
export const Registration = z.strictObject({ email: z.string(), name: z.string(), hash: z.string(), locale: Locale })
export type Registration = z.infer<typeof Registration>

const ResetRequest = z.strictObject({ email: z.string() })
const Payload = z.strictObject({ linkId: z.uuid() })

export const linkMailTask = 'identity.mail-link'

interface Wish {
  purpose: 'register' | 'reset-password'
  email: string
  data: Registration | z.infer<typeof ResetRequest>
}

/**
 * Asks for the mail of a link. Whether the address has an account is looked up by the job: here the same is written for all, so
 * that nobody can tell from how long it took (AU-9). An address that was mailed often of late gets no more, whoever asks.
 */
export async function requestLinkMail(ctx: AppContext, { purpose, email, data }: Wish): Promise<void> {
  const emailIndex = emailIndexOf(ctx.sealer, email)
  if (!(await hasMailLeft(ctx, purpose, emailIndex))) return
  await inTransaction(ctx.db, async (tx) => {
    const account = await findAccount(tx, { kind: 'customer', emailIndex })
    const linkId = await createLink(ctx, tx, { purpose, accountId: account?.id ?? null, data })
    await enqueue(tx, { task: linkMailTask, payload: { linkId }, priority: -10 })
  })
}

interface Mail {
  linkId: string
  account: AccountRow | undefined
  data: unknown
}

async function answerRegistration(ctx: AppContext, tx: Tx, { linkId, account, data }: Mail): Promise<void> {
  const { email, name, locale } = Registration.parse(data)
  const said = { channel: 'email', locale } as const
  if (!account)
    return sendMessage(ctx, tx, {
      ...said,
      id: linkId,
      accountId: null,
      kind: 'register',
      content: { to: email, name, details: {} },
      linkId,
    })
  // Its owner's own name and language: what was typed may be anybody's.
  const owner = openPerson(ctx.sealer, account)
  await endLinks(tx, { accountId: account.id, purpose: 'register' }, ctx.clock.now())
  await sendMessage(ctx, tx, {
    ...said,
    id: linkId,
    locale: account.locale,
    accountId: account.id,
    kind: 'already-registered',
    content: { to: email, name: owner.name, details: {} },
  })
}

async function answerReset(ctx: AppContext, tx: Tx, { linkId, account, data }: Mail): Promise<void> {
  const { email } = ResetRequest.parse(data)
  if (account?.status !== 'active') return
  await endLinks(tx, { accountId: account.id, purpose: 'reset-password', exceptId: linkId }, ctx.clock.now())
  await sendMessage(ctx, tx, {
    id: linkId,
    accountId: account.id,
    kind: 'reset-password',
    channel: 'email',
    locale: account.locale,
    content: { to: email, name: openPerson(ctx.sealer, account).name, details: {} },
    linkId,
  })
}

/**
 * Mails what was asked for, or tells an account's owner instead; or does nothing, where there is nobody to tell. The message has
 * the link's id, so that it is one however often this runs.
 */
export async function mailLink(ctx: AppContext, payload: unknown): Promise<void> {
  const { linkId } = Payload.parse(payload)
  await inTransaction(ctx.db, async (tx) => {
    const link = await readLink(ctx, tx, linkId)
    if (!link) return
    const { accountId, purpose, data } = link
    const account = accountId === null ? undefined : await findAccount(tx, { id: accountId })
    const mail = { linkId, account, data }
    if (purpose === 'register') await answerRegistration(ctx, tx, mail)
    if (purpose === 'reset-password') await answerReset(ctx, tx, mail)
  })
}
