import type { AppContext } from '../../context.ts'
import { sha256 } from '../../platform/crypto/sealing.ts'
import type { DbOrTx } from '../../platform/db/database.ts'
import { newId } from '../../platform/ids.ts'
import { findLinkById, findOpenLink, insertLink, takeLink } from './links.sql.ts'
import type { LinkPurpose } from './links.sql.ts'

/** How long a link works. */
export const LINK_SECONDS: Record<LinkPurpose, number> = {
  register: 24 * 3600,
  'reset-password': 30 * 60,
  'change-email': 24 * 3600,
  'undo-change': 72 * 3600,
  'staff-invite': 24 * 3600,
}

const purposeOf = (id: string): string => `one_time_links.data.${id}`

/**
 * Makes a link that works once. Its token is derived from the id when the message is written; only its hash is stored. `data`
 * is what using it will need, sealed.
 */
export async function createLink(
  ctx: Pick<AppContext, 'sealer' | 'clock'>,
  tx: DbOrTx,
  link: { purpose: LinkPurpose; accountId: string | null; data?: unknown },
): Promise<string> {
  const id = newId()
  const now = ctx.clock.now()
  const { purpose, accountId, data } = link
  await insertLink(tx, {
    id,
    purpose,
    accountId,
    tokenHash: sha256(linkToken(ctx, id)),
    dataSealed: data === undefined ? null : ctx.sealer.sealBytes(purposeOf(id), Buffer.from(JSON.stringify(data))),
    createdAt: now,
    expiresAt: new Date(now.getTime() + LINK_SECONDS[purpose] * 1000),
  })
  return id
}

/** What stands in the link: 43 characters of base64url. */
export const linkToken = (ctx: Pick<AppContext, 'sealer'>, linkId: string): string =>
  ctx.sealer.deriveToken('one-time-link', linkId)

export interface TakenLink {
  id: string
  accountId: string | null
  /** As it was given to {@link createLink}; parse it. */
  data: unknown
}

const open = (ctx: Pick<AppContext, 'sealer'>, id: string, dataSealed: Buffer | null): unknown =>
  dataSealed && JSON.parse(ctx.sealer.openBytes(purposeOf(id), dataSealed).toString())

/** What a link is for, without using it up: for what must be checked, or takes long, before it is used. */
export async function peekLink(
  ctx: Pick<AppContext, 'sealer' | 'clock' | 'db'>,
  link: { purpose: LinkPurpose; token: string },
): Promise<(TakenLink & { expiresAt: Date }) | undefined> {
  const row = await findOpenLink(ctx.db, {
    purpose: link.purpose,
    tokenHash: sha256(link.token),
    now: ctx.clock.now(),
  })
  return row && { ...row, data: open(ctx, row.id, row.dataSealed) }
}

/** A link as the job that mails it needs it. */
export async function readLink(
  ctx: Pick<AppContext, 'sealer' | 'clock'>,
  db: DbOrTx,
  id: string,
): Promise<(TakenLink & { purpose: LinkPurpose; createdAt: Date }) | undefined> {
  const row = await findLinkById(db, { id, now: ctx.clock.now() })
  return row && { ...row, data: open(ctx, row.id, row.dataSealed) }
}

/** Uses a link up. Undefined when it is unknown, of another purpose, used or too old: all look the same. */
export async function useLink(
  ctx: Pick<AppContext, 'sealer' | 'clock'>,
  tx: DbOrTx,
  link: { purpose: LinkPurpose; token: string },
): Promise<TakenLink | undefined> {
  const row = await takeLink(tx, { purpose: link.purpose, tokenHash: sha256(link.token), now: ctx.clock.now() })
  if (!row) return undefined
  return { id: row.id, accountId: row.accountId, data: open(ctx, row.id, row.dataSealed) }
}
