import type { StoredPayment, StoredSession } from './objects.ts'
import { announce } from './outgoing.ts'
import { findSession, statusOf } from './sessions.ts'
import type { TabbyContext } from './state.ts'

/** Of Tabby's documentation: this shopper is taken at first, and refused once the code was typed. */
export const REFUSED_AFTER_CODE = /^otp\.rejected@/i

/** What the shopper did on the hosted page, and where that page sends the browser; null where the shop named no address. */
export type Returned = { to: string | null }

/** The shopper agrees to the four payments. Undefined when there is nothing to agree to any more. */
export function approve(ctx: TabbyContext, sessionId: string): Returned | undefined {
  const found = open(ctx, sessionId)
  if (!found) return undefined
  if (REFUSED_AFTER_CODE.test(found.stored.payment.buyer.email)) return reject(ctx, sessionId)
  found.stored.payment.status = 'AUTHORIZED'
  announce(ctx, 'authorized', found.stored)
  return returned(found.session, found.stored, 'success')
}

/** Tabby says no, or the shopper does so for good. */
export function reject(ctx: TabbyContext, sessionId: string): Returned | undefined {
  const found = open(ctx, sessionId)
  if (!found) return undefined
  found.stored.payment.status = 'REJECTED'
  announce(ctx, 'rejected', found.stored)
  return returned(found.session, found.stored, 'failure')
}

/** The shopper goes back to the shop. The payment stays as it is and lapses by the clock. */
export function abandon(ctx: TabbyContext, sessionId: string): Returned | undefined {
  const found = findSession(ctx, sessionId)
  return found && returned(found.session, found.stored, 'cancel')
}

function open(ctx: TabbyContext, sessionId: string): ReturnType<typeof findSession> {
  const found = findSession(ctx, sessionId)
  return found && statusOf(ctx, found.session, found.stored) === 'created' ? found : undefined
}

export function returned(
  { merchantUrls }: StoredSession,
  { id }: StoredPayment,
  where: 'success' | 'cancel' | 'failure',
): Returned {
  const address = merchantUrls[where]
  if (address === null) return { to: null }
  const url = new URL(address)
  url.search += `${url.search === '' ? '' : '&'}payment_id=${id}` // by hand: searchParams would rewrite what the shop put there
  return { to: url.href }
}
