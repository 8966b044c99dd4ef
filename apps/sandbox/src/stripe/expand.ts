import type { StripeContext } from './context.ts'
import { invalidRequest } from './errors.ts'
import { listOf } from './lists.ts'

type Wire = { [field: string]: unknown }

const MAX_DEPTH = 4

/** Replaces ids by their objects along Stripe's `expand` paths (`latest_charge.balance_transaction`), on copies. */
export function expand(ctx: StripeContext, object: object, paths: readonly string[]): object {
  return paths.reduce<Wire>((copy, path) => expandPath(ctx, copy, path.split('.'), path), { ...object })
}

function expandPath(ctx: StripeContext, object: Wire, keys: readonly string[], path: string): Wire {
  const [key, ...rest] = keys
  if (key === undefined) return object
  if (keys.length > MAX_DEPTH)
    throw invalidRequest(`You cannot expand more than 4 levels of a property: ${path}`, undefined, 'expand')
  const value = key === 'refunds' && object['object'] === 'charge' ? refundsOf(ctx, object['id']) : object[key]
  if (key === 'data' && object['object'] === 'list' && Array.isArray(value))
    return { ...object, data: value.map((entry: Wire) => expandPath(ctx, entry, rest, path)) }
  if (isWire(value)) return { ...object, [key]: expandPath(ctx, value, rest, path) }
  const find = FINDERS[key]
  if (!find || value === undefined)
    throw invalidRequest(`This property cannot be expanded (${path}).`, undefined, 'expand')
  if (typeof value !== 'string') return object
  const found = find(ctx, value)
  return { ...object, [key]: found === undefined ? value : expandPath(ctx, { ...found }, rest, path) }
}

const FINDERS: Readonly<Record<string, (ctx: StripeContext, id: string) => object | undefined>> = {
  latest_charge: (ctx, id) => ctx.state.charges.get(id),
  charge: (ctx, id) => ctx.state.charges.get(id),
  balance_transaction: (ctx, id) => ctx.state.balanceTransactions.get(id),
  failure_balance_transaction: (ctx, id) => ctx.state.balanceTransactions.get(id),
  payment_intent: (ctx, id) => ctx.state.intents.get(id),
  payment_method: (ctx, id) => ctx.state.methods.get(id)?.method,
  customer: (ctx, id) => ctx.state.customers.get(id),
  dispute: (ctx, id) => ctx.state.disputes.get(id),
  // of a line of the balance
  source: ({ state }, id) =>
    state.charges.get(id) ?? state.refunds.get(id) ?? state.disputes.get(id) ?? state.payouts.get(id),
}

/** A charge names its newest ten refunds only when asked to. */
function refundsOf({ state }: StripeContext, charge: unknown): object {
  const refunds = state.refunds.newestFirst().filter((refund) => refund.charge === charge)
  return listOf(refunds, {}, `/v1/charges/${String(charge)}/refunds`)
}

function isWire(value: unknown): value is Wire {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
