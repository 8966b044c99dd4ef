import type { StripeState } from './context.ts'

/** What a provider would still know tomorrow. Events, endpoints and stored answers are for the life of a process. */
const kept = [
  'intents',
  'methods',
  'charges',
  'balanceTransactions',
  'refunds',
  'customers',
  'setupIntents',
  'disputes',
  'fraudWarnings',
  'payouts',
  'payoutByTransaction',
  'domains',
] as const

type Saved = Partial<Record<(typeof kept)[number], { id: string }[]>>

export const keptPayments = (state: StripeState): Saved =>
  Object.fromEntries(kept.map((name) => [name, state[name].values()]))

/** Brings back the payments of an earlier run. Methods are kept with their card, so their id is inside. */
export function restorePayments(state: StripeState, saved: Saved): void {
  for (const name of kept) for (const item of saved[name] ?? []) state[name].set(idOf(item), item as never) // as keptPayments gave it
}

const idOf = (item: { id: string } | { method: { id: string } }): string =>
  'method' in item ? item.method.id : item.id
