import type { FetchOutcome } from '../src/providers/payments/port.ts'
import { begunOf, providerOf } from '../src/slices/payments/provider-of.ts'
import type { TestApp } from './app.ts'

/** Words of the three providers for money that is held or taken. */
const moneyStates = new Set([
  'succeeded',
  'requires_capture',
  'AUTHORIZED',
  'CLOSED',
  'approved',
  'authorised',
  'fully_captured',
])

/** A busy machine may be slower than the shop's patience with a provider. */
async function fetchPatiently(fetch: () => Promise<FetchOutcome> | undefined): Promise<FetchOutcome | undefined> {
  for (let tries = 1; tries < 5; tries += 1) {
    const outcome = await fetch()
    if (outcome?.kind !== 'unknown') return outcome
  }
  return fetch()
}

/**
 * Where our attempts and the providers' own answers differ, for every attempt there ever was, and which money of theirs we do not
 * know. Empty when all agree: ask it when webhooks and jobs are done. `since` leaves out attempts begun before.
 */
export async function differencesFromProviders(
  app: Pick<TestApp, 'ctx' | 'db' | 'sandbox'>,
  since: Date = new Date(0),
): Promise<string[]> {
  const { ctx, db, sandbox } = app
  const rows = await db.selectFrom('payments').selectAll().where('createdAt', '>=', since).execute()
  const asked = rows.map(async (row): Promise<string | undefined> => {
    if (row.provider === 'cod' || row.provider === 'store-credit') return undefined
    const name = `${row.provider} ${row.providerRef ?? row.id}`
    const provider = ctx.providers.payments[row.provider as 'stripe' | 'tabby' | 'tamara']
    if (row.providerRef === null) return row.state === 'cancelled' ? undefined : `${name}: never begun`
    const begun = begunOf(row, row.providerRef)
    const outcome = await fetchPatiently(() => provider?.fetch(begun))
    if (outcome?.kind !== 'found') return `${name}: ${outcome?.kind ?? 'no provider'}`
    const { state, capturedAmount, refundedAmount } = outcome.truth
    // Of money that was let go, whole or in part, some providers forget that it was held.
    const authorisedAmount = state === 'authorised' ? outcome.truth.authorisedAmount : row.authorisedAmount
    const theirs = JSON.stringify({ state, authorisedAmount, capturedAmount, refundedAmount })
    // A lender's refusal is final there; here the attempt was given up for another, which is as final.
    const isOver = row.provider !== 'stripe' && row.state === 'cancelled' && state === 'failed'
    const ours = JSON.stringify({
      state: isOver ? state : row.state,
      authorisedAmount: row.authorisedAmount,
      capturedAmount: row.capturedAmount,
      refundedAmount: row.refundedAmount,
    })
    return ours === theirs ? undefined : `${name}: ${ours} here, ${theirs} there`
  })
  const known = new Set(rows.map((row) => row.providerRef))
  const strangers = sandbox.control
    .payments()
    .filter(
      (payment) => payment.createdMs >= since.getTime() && !known.has(payment.id) && moneyStates.has(payment.state),
    )
    .map((payment) => `${payment.provider} ${payment.id}: ${payment.state} there, unknown here`)
  return [...(await Promise.all(asked)).filter((text) => text !== undefined), ...strangers]
}

/** Thirty questions at once about one payment: more than a breaker needs to see that nobody answers. */
export function askProviderOften(
  { ctx }: Pick<TestApp, 'ctx'>,
  name: 'stripe' | 'tabby' | 'tamara',
  payment: Parameters<typeof begunOf>[0] & { providerRef: string | null },
): Promise<FetchOutcome[]> {
  const begun = begunOf(payment, payment.providerRef ?? '')
  return Promise.all(Array.from({ length: 30 }, () => providerOf(ctx, name).fetch(begun)))
}
