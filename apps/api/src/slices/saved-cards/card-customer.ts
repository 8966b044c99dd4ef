import type { AppContext } from '../../context.ts'
import { asCustomer } from '../../platform/db/as-customer.ts'
import { Problem } from '../../platform/http/problem.ts'
import type { VaultOutcome } from '../../providers/payments/card-vault.ts'
import { findCustomerRef } from '../payments/payments.ts'
import * as rows from './saved-cards.sql.ts'

/** The shopper as the provider of cards knows them; null while no card of theirs could have been kept. Asks nobody but the database. */
export function customerRefFor(ctx: AppContext, accountId: string): Promise<string | null> {
  const { provider } = ctx.providers.cards
  return asCustomer(ctx.db, accountId, (db) => findCustomerRef(db, accountId, provider))
}

/** Makes the shopper known there, by nothing but the account's id. `replaces` is a reference the provider no longer knows. */
async function makeCustomer(ctx: AppContext, accountId: string, replaces: string | null): Promise<string | undefined> {
  const { cards } = ctx.providers
  const made = await cards.ensureCustomer({ accountId, replaces })
  if (made.kind !== 'done') return undefined
  const customer = { accountId, provider: cards.provider }
  if (replaces === null)
    await rows.insertCustomerRef(ctx.db, { ...customer, providerRef: made.customerRef, now: ctx.clock.now() })
  else await rows.replaceCustomerRef(ctx.db, { ...customer, from: replaces, to: made.customerRef })
  return made.customerRef
}

/**
 * Asks the provider something about the shopper, who is made known there first. One the provider has forgotten (its test data
 * was cleared, the shop has moved to another account) is made anew, once: the cards went with them.
 */
export async function asKnownCustomer<Found extends object>(
  ctx: AppContext,
  accountId: string,
  ask: (customerRef: string) => Promise<VaultOutcome<Found>>,
): Promise<VaultOutcome<Found>> {
  const known = await customerRefFor(ctx, accountId)
  if (known !== null) {
    const outcome = await ask(known)
    if (outcome.kind !== 'missing') return outcome
  }
  const made = await makeCustomer(ctx, accountId, known)
  return made === undefined ? { kind: 'unknown', cause: new Error('the shopper could not be made known') } : ask(made)
}

/**
 * What lets the card fields show this customer's cards and offer to keep another. Null when the provider does not say: the
 * shopper then types a card, as guests do.
 */
export async function customerSessionFor(ctx: AppContext, accountId: string): Promise<string | null> {
  const session = await asKnownCustomer(ctx, accountId, (customerRef) =>
    ctx.providers.cards.customerSession(customerRef),
  )
  return session.kind === 'done' ? session.clientSecret : null
}

export const unavailable = (outcome: { kind: string; cause?: unknown }): Problem =>
  new Problem('payments/provider-unavailable', { cause: outcome.cause })
