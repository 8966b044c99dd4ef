import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { StripeState } from './context.ts'

/** What a provider would still know tomorrow. Events, endpoints and stored answers are for the life of a process. */
const kept = ['intents', 'methods', 'charges', 'balanceTransactions', 'refunds'] as const

type Saved = Partial<Record<(typeof kept)[number], { id: string }[]>>

/** Writes the payments beside the old file and swaps them, so that a crash leaves the one or the other. */
export function savePayments(state: StripeState, file: string): void {
  const saved: Saved = Object.fromEntries(kept.map((name) => [name, state[name].values()]))
  writeFileSync(`${file}.new`, JSON.stringify(saved), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

/** Brings back the payments of an earlier run, so that a shop restarted beside its sandbox finds them. */
export function loadPayments(state: StripeState, file: string): void {
  if (!existsSync(file)) return
  const saved: Saved = JSON.parse(readFileSync(file, 'utf8'))
  for (const name of kept) for (const item of saved[name] ?? []) state[name].set(item.id, item as never) // as it was written by savePayments
}
