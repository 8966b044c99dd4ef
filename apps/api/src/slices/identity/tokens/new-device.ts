import type { AppContext } from '../../../context.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { findAccount } from '../accounts.sql.ts'
import type { AccountRow } from '../accounts.sql.ts'
import { openPerson } from '../accounts.ts'
import { sendMessage } from '../messages.ts'
import type { MessageKind } from '../messages.ts'
import { findSessionTraces } from './sessions.sql.ts'
import type { SessionRow } from './sessions.sql.ts'

/** Tells the account's owner something about a session: by mail, or by SMS where there is no verified address. */
export async function tellOwner(
  ctx: AppContext,
  tx: Tx,
  notice: { kind: MessageKind; account: AccountRow; session: SessionRow },
): Promise<void> {
  const { kind, account, session } = notice
  const { name, phone, email } = openPerson(ctx.sealer, account)
  const isByMail = email !== null && account.emailVerifiedAt !== null
  const to = isByMail ? email : phone
  if (to === null) return // whoever can be reached by nothing has no way to sign in either
  await sendMessage(ctx, tx, {
    accountId: account.id,
    kind,
    channel: isByMail ? 'email' : 'sms',
    locale: account.locale,
    content: {
      to,
      name,
      details: {
        client: session.client,
        city: session.city ?? '',
        country: session.country ?? '',
        at: ctx.clock.now().toISOString(),
      },
    },
  })
}

/** Tells the owner when somebody signs in from where the account has never been. The very first time is nothing new. */
export async function tellOfNewDevice(
  ctx: AppContext,
  tx: Tx,
  session: SessionRow,
): Promise<{ isNewDevice: boolean; isNewCountry: boolean }> {
  const traces = await findSessionTraces(tx, session)
  const isNewDevice = !traces.isFirst && !traces.isKnownDevice
  const isNewCountry = !traces.isFirst && !traces.isKnownCountry
  const account = isNewDevice || isNewCountry ? await findAccount(tx, { id: session.accountId }) : undefined
  if (account) await tellOwner(ctx, tx, { kind: 'new-device', account, session })
  return { isNewDevice, isNewCountry }
}
