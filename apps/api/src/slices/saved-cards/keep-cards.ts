import type { ResponseOf } from '@dhow/contracts/endpoint.ts'
import type { listSavedCards, SavedCard, SavedCardSetup } from '@dhow/contracts/saved-cards.ts'
import { maxSavedCards } from '@dhow/contracts/saved-cards.ts'
import type { AppContext } from '../../context.ts'
import { Problem } from '../../platform/http/problem.ts'
import { newId } from '../../platform/ids.ts'
import type { SavedCard as KeptCard } from '../../providers/payments/card-vault.ts'
import { asKnownCustomer, customerRefFor, unavailable } from './card-customer.ts'

/** A card is good until the end of its month (in the shop's own time zone, to be kind by a few hours). */
function toView(card: KeptCard, now: Date): SavedCard {
  const [year = 0, month = 0] = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Dubai' })
    .format(now)
    .split('-')
    .map(Number)
  const { cardRef: id, ...shown } = card
  return { id, ...shown, hasExpired: card.expiryYear * 12 + card.expiryMonth < year * 12 + month }
}

async function readCards(ctx: AppContext, accountId: string): Promise<readonly KeptCard[]> {
  const customerRef = await customerRefFor(ctx, accountId)
  if (customerRef === null) return []
  const kept = await ctx.providers.cards.listCards(customerRef)
  if (kept.kind === 'unknown') throw unavailable(kept)
  return kept.kind === 'done' ? kept.cards : []
}

/** What the provider's card fields are drawn with. */
const fieldsOf = ({ config }: AppContext) => ({
  publishableKey: config.STRIPE_PUBLISHABLE_KEY,
  scriptUrl: config.STRIPE_JS_URL,
})

export async function listCards(ctx: AppContext, accountId: string): Promise<ResponseOf<typeof listSavedCards>> {
  const now = ctx.clock.now()
  const items = (await readCards(ctx, accountId)).map((card) => toView(card, now))
  return { items, fields: items.length < maxSavedCards ? fieldsOf(ctx) : null }
}

/** Throws `payments/card-not-found`, also for a card of somebody else. */
export async function removeCard(ctx: AppContext, accountId: string, cardId: string): Promise<void> {
  const customerRef = await customerRefFor(ctx, accountId)
  if (customerRef === null) throw new Problem('payments/card-not-found')
  const removed = await ctx.providers.cards.removeCard(customerRef, cardId)
  if (removed.kind === 'unknown') throw unavailable(removed)
  if (removed.kind === 'missing') throw new Problem('payments/card-not-found')
}

const HOUR_SECONDS = 3600
const TRIES_PER_HOUR = 5
const TRIES_PER_DAY = 10

/** Whoever tries out stolen cards needs an endpoint that asks a bank and sells nothing: an account gets few tries at it. */
async function countTry(ctx: AppContext, accountId: string): Promise<void> {
  const rule = { name: 'card-setup', key: `card-setup:${accountId}` }
  const rules = [
    { ...rule, limit: TRIES_PER_HOUR, seconds: HOUR_SECONDS },
    { ...rule, limit: TRIES_PER_DAY, seconds: 24 * HOUR_SECONDS },
  ]
  const counted = await ctx.limits.windows.count(rules, { id: newId(), now: ctx.clock.now() })
  if (counted.kind !== 'exceeded') return
  const retryAfterSeconds = Math.max(...counted.exceeded.map((exceeded) => exceeded.retryAfterSeconds))
  throw new Problem('request/rate-limited', {
    headers: { 'Retry-After': String(retryAfterSeconds) },
    retryAfterSeconds,
  })
}

/** Throws `payments/card-limit`, and `request/rate-limited` for whoever begins too often. */
export async function setUpCard(ctx: AppContext, accountId: string): Promise<SavedCardSetup> {
  await countTry(ctx, accountId)
  if ((await readCards(ctx, accountId)).length >= maxSavedCards) throw new Problem('payments/card-limit')
  const begun = await asKnownCustomer(ctx, accountId, (customerRef) => ctx.providers.cards.setupIntent(customerRef))
  if (begun.kind !== 'done') throw unavailable(begun)
  return { clientSecret: begun.clientSecret, ...fieldsOf(ctx) }
}
