import { normaliseMobile } from '@dhow/contracts/phone.ts'
import type { AnySession } from '@dhow/contracts/staff.ts'
import type { AppContext } from '../../context.ts'
import { inTransaction } from '../../platform/db/database.ts'
import { Problem } from '../../platform/http/problem.ts'
import { recordAudit } from '../audit/audit.ts'
import { emailIndexOf, openPerson, phoneIndexOf, revokeSessions } from '../identity/identity.ts'
import type { Acting } from './acting.ts'
import { findSession, listSessions } from './sessions.sql.ts'
import type { SessionFilter, SessionRow } from './sessions.sql.ts'

export interface SessionQuery {
  kind: 'staff' | 'customer'
  phoneOrEmail?: string | undefined
  staffId?: string | undefined
}

function filterOf({ sealer }: AppContext, { kind, phoneOrEmail = '', staffId }: SessionQuery): SessionFilter {
  if (kind === 'staff') return { kind, staffId }
  const isEmail = phoneOrEmail.includes('@')
  const phone = isEmail ? undefined : normaliseMobile(phoneOrEmail)
  return {
    kind,
    phoneIndex: phone === undefined ? undefined : phoneIndexOf(sealer, phone),
    emailIndex: isEmail ? emailIndexOf(sealer, phoneOrEmail) : undefined,
  }
}

/** Enough for somebody who knows the address to know it again: `m••••@example.com`. */
export const maskEmail = (email: string): string => email.replace(/^(.).*@/u, '$1••••@')

/** `•••• 4567`: the last four digits of a number. */
export const maskPhone = (phone: string): string => `•••• ${phone.slice(-4)}`

/** Staff by name, customers by as much of their number or address as tells two apart. */
function labelOf(ctx: AppContext, session: SessionRow): string {
  const { name, phone, email } = openPerson(ctx.sealer, { ...session, id: session.accountId })
  if (session.kind === 'staff') return name ?? email ?? ''
  return phone ? maskPhone(phone) : maskEmail(email ?? '')
}

const toView = (ctx: AppContext, session: SessionRow): AnySession => ({
  id: session.id,
  client: session.client,
  country: session.country,
  city: session.city,
  amr: session.amr,
  createdAt: session.createdAt.toISOString(),
  lastSeenAt: session.lastSeenAt.toISOString(),
  expiresAt: session.expiresAt.toISOString(),
  account: { id: session.accountId, kind: session.kind, label: labelOf(ctx, session) },
})

/**
 * Live sessions of staff, or of the customer with exactly this phone or e-mail; without one, of no customer. Looking for a
 * customer is logged: by whom and how, never for what.
 */
export async function viewSessions(
  ctx: AppContext,
  { query, by }: { query: SessionQuery; by: Acting },
): Promise<AnySession[]> {
  const filter = filterOf(ctx, query)
  const rows = await listSessions(ctx.db, filter, ctx.clock.now())
  if (filter.kind === 'customer' && (filter.phoneIndex ?? filter.emailIndex))
    await recordAudit(ctx, ctx.db, {
      action: 'customer.looked-up',
      result: 'ok',
      ...by,
      object: { type: 'account', id: rows[0]?.accountId ?? null },
      details: { by: filter.phoneIndex ? 'phone' : 'email', sessions: rows.length },
    })
  return rows.map((row) => toView(ctx, row))
}

/** Ends somebody's session, whoever they are: the one whose account is in other hands may be anybody. Throws `auth/session-not-found`. */
export function endSession(ctx: AppContext, { sessionId, by }: { sessionId: string; by: Acting }): Promise<void> {
  return inTransaction(ctx.db, async (tx) => {
    const session = await findSession(tx, sessionId, ctx.clock.now())
    if (!session) throw new Problem('auth/session-not-found')
    const { accountId } = session
    await revokeSessions(ctx, tx, { accountId, sessionId, reason: 'by-staff', by: by.actor, client: by.client })
  })
}
