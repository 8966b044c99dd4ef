import { consentChannels } from '@dhow/contracts/account.ts'
import type { ConsentChannel, ConsentView } from '@dhow/contracts/account.ts'
import type { Locale } from '@dhow/contracts/primitives.ts'
import type { AppContext } from '../../context.ts'
import type { CustomerActor } from '../../platform/auth/actor.ts'
import type { ClientFacts } from '../../platform/auth/client.ts'
import { asCustomerFirst, databaseOf } from '../../platform/db/as-customer.ts'
import type { DbOrTx } from '../../platform/db/database.ts'
import { recordAudit } from '../audit/audit.ts'
import { lockCustomer } from '../identity/identity.ts'
import { appendConsents, listNewestConsents } from './consents.sql.ts'
import type { ConsentRow, NewConsent } from './consents.sql.ts'

/** Every channel, also those nothing was ever said about: silence is no. */
const toConsentViews = (rows: readonly ConsentRow[]): ConsentView[] =>
  consentChannels.map((channel) => {
    const row = rows.find((one) => one.channel === channel)
    return {
      channel,
      purpose: 'marketing',
      isGranted: row?.isGranted ?? false,
      decidedAt: row?.at.toISOString() ?? null,
    }
  })

export const listConsents = async (ctx: AppContext, accountId: string): Promise<ConsentView[]> =>
  toConsentViews(await listNewestConsents(databaseOf(ctx.db, accountId), accountId))

export interface ConsentDecision {
  actor: CustomerActor
  client: ClientFacts
  locale: Locale
  wordingVersion: string
  items: readonly { channel: ConsentChannel; isGranted: boolean }[]
}

/** What of the decision is news: another answer, or a yes to words that are not those agreed to before. */
function changesOf(present: readonly ConsentRow[], decision: ConsentDecision): Map<ConsentChannel, boolean> {
  const wanted = new Map(decision.items.map((item) => [item.channel, item.isGranted]))
  for (const [channel, isGranted] of wanted) {
    const row = present.find((one) => one.channel === channel)
    const isSameAnswer = isGranted === (row?.isGranted ?? false)
    if (isSameAnswer && (!isGranted || row?.wordingVersion === decision.wordingVersion)) wanted.delete(channel)
  }
  return wanted
}

interface Decided {
  views: ConsentView[]
  /** Such as `email:yes`. */
  changes: string[]
}

async function decide(ctx: AppContext, db: DbOrTx, decision: ConsentDecision): Promise<Decided> {
  const { actor, client, locale, wordingVersion } = decision
  const { accountId } = actor
  await lockCustomer(db, accountId) // two tabs: the second compares with what the first has said
  const present = await listNewestConsents(db, accountId)
  const changes = changesOf(present, decision)
  if (changes.size === 0) return { views: toConsentViews(present), changes: [] }
  const common = { accountId, locale, wordingVersion, source: 'account', network: client.network, at: ctx.clock.now() }
  const added = [...changes].map(([channel, isGranted]): NewConsent => ({ ...common, channel, isGranted }))
  await appendConsents(db, added)
  return {
    views: toConsentViews([...added, ...present]),
    changes: added.map(({ channel, isGranted }) => `${channel}:${isGranted ? 'yes' : 'no'}`),
  }
}

/** Adds what changes to the ledger, with the words, the language, the place and the time; what is as before leaves no row. */
export async function decideConsents(ctx: AppContext, decision: ConsentDecision): Promise<ConsentView[]> {
  const { actor, client } = decision
  const { views } = await asCustomerFirst(ctx.db, actor.accountId, {
    asCustomer: (tx) => decide(ctx, tx, decision),
    after: async (tx, { changes }) => {
      if (changes.length === 0) return
      const object = { type: 'account', id: actor.accountId }
      await recordAudit(ctx, tx, {
        action: 'consent.changed',
        result: 'ok',
        actor,
        client,
        object,
        details: { changes, wordingVersion: decision.wordingVersion },
      })
    },
  })
  return views
}
