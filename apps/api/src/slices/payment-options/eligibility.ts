import { subtract } from '@dhow/money/money.ts'
import type { Money } from '@dhow/money/money.ts'
import type { AppContext } from '../../context.ts'
import { sha256 } from '../../platform/crypto/sealing.ts'
import type { EligibilityOutcome, PaymentProvider } from '../../providers/payments/port.ts'
import type { OptionSubject } from './option-subject.ts'

/** A page does not wait longer for a provider's advice. */
export const PATIENCE_MS = 2_500
/** How long an answer is as good as new: the shopper goes back and forth between the steps of the checkout. */
const FRESH_MS = 60_000
const MOST_KEPT = 2_000

interface Kept {
  outcome: Promise<EligibilityOutcome>
  askedAt: number
}
/** A copy in the process: losing it costs one question. Keyed by hashes, since it is about people. */
const kept = new WeakMap<AppContext, Map<string, Kept>>()

function cacheOf(ctx: AppContext): Map<string, Kept> {
  const known = kept.get(ctx)
  if (known) return known
  const made = new Map<string, Kept>()
  kept.set(ctx, made)
  return made
}

async function ask(provider: PaymentProvider, due: Money, subject: OptionSubject): Promise<EligibilityOutcome> {
  const { contact, address } = subject.who()
  const { locale } = subject
  // What credit pays is a discount to a lender, so that goods and amount add up.
  const details = async () => {
    const known = await subject.details()
    return known && { ...known, discount: subtract(subject.total, due) }
  }
  try {
    return await provider.checkEligibility({ amount: due, locale, buyer: contact, address, details })
  } catch (cause) {
    return { kind: 'unknown', cause }
  }
}

function askOnce(ctx: AppContext, provider: PaymentProvider, asked: { due: Money; subject: OptionSubject }): Kept {
  const { due, subject } = asked
  const { contact } = subject.who()
  const cache = cacheOf(ctx)
  const key = sha256(JSON.stringify([provider.name, due.amount, contact?.phone, contact?.email])).toString('base64')
  const now = ctx.clock.now().getTime()
  const known = cache.get(key)
  if (known && Math.abs(now - known.askedAt) < FRESH_MS) return known
  const asking = { outcome: ask(provider, due, subject), askedAt: now }
  for (const oldest of cache.keys()) {
    if (cache.size < MOST_KEPT) break
    cache.delete(oldest)
  }
  cache.set(key, asking)
  // No answer is not worth keeping: the next look asks again.
  void asking.outcome.then(({ kind }) => kind === 'unknown' && cache.get(key) === asking && cache.delete(key))
  return asking
}

/** Waits for something as long as a page may; `instead` when it takes longer. What comes later is not lost on a cache. */
export async function patiently<T>(work: Promise<T>, instead: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(instead), PATIENCE_MS)
  })
  try {
    return await Promise.race([work, timeout])
  } finally {
    clearTimeout(timer)
  }
}

/** What a provider says of this shopper and amount, from memory where it was asked within a minute. Never throws, never waits long. */
export function eligibilityOf(
  ctx: AppContext,
  provider: PaymentProvider,
  asked: { due: Money; subject: OptionSubject },
): Promise<EligibilityOutcome> {
  const tooLate: EligibilityOutcome = { kind: 'unknown', cause: new Error('no answer in time') }
  return patiently(askOnce(ctx, provider, asked).outcome, tooLate)
}
