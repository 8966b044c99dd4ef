import type { TimelineKind } from '@dhow/contracts/orders.ts'
import { money } from '@dhow/money/money.ts'
import type { AppContext } from '../../context.ts'
import { assertNever } from '../../platform/assert.ts'
import type { BegunPayment, PaymentTruth, ProviderName } from '../../providers/payments/port.ts'
import { applyTruth, hasNews } from './apply-truth.ts'
import type { FollowUp } from './apply-truth.ts'
import { providerUnavailable } from './begin-payment.ts'
import { findPayment, findPaymentByRef, listAttempts } from './payments.sql.ts'
import type { Payer, PaymentRow } from './payments.sql.ts'
import { begunOf, hasNobodyToAsk, providerOf } from './provider-of.ts'
import { releasePayment } from './release-payment.ts'
import { claimAuthorise, dropAuthoriseClaim } from './truth.sql.ts'

/** Fetches the truth about a payment from its provider; undefined when it knows none. `provider-unavailable` when no answer came. */
export async function fetchTruth(
  ctx: AppContext,
  provider: ProviderName,
  begun: BegunPayment,
): Promise<PaymentTruth | undefined> {
  const outcome = await providerOf(ctx, provider).fetch(begun)
  switch (outcome.kind) {
    case 'found':
      return outcome.truth
    case 'missing':
      return undefined
    case 'unknown':
      throw providerUnavailable(outcome.cause)
    default:
      return assertNever(outcome)
  }
}

/**
 * Says yes to what the shopper has agreed at the provider, once for all who notice it together. Without an answer the poll asks
 * again, and finds it still to be said.
 */
async function authorise(ctx: AppContext, provider: Payer, begun: BegunPayment): Promise<void> {
  const { paymentId: id } = begun
  if (!(await claimAuthorise(ctx.db, { id, now: ctx.clock.now() }))) return
  const outcome = await providerOf(ctx, provider).authorise(begun)
  if (outcome.kind === 'found') await applyTruth(ctx, id, outcome.truth)
  if (outcome.kind !== 'found' || outcome.truth.needsAuthorise) await dropAuthoriseClaim(ctx.db, id)
  if (outcome.kind === 'unknown') throw providerUnavailable(outcome.cause)
}

async function followUpAt(ctx: AppContext, followUp: FollowUp, provider: Payer, begun: BegunPayment): Promise<void> {
  if (followUp === 'authorise') await authorise(ctx, provider, begun)
  if (followUp === 'release') await releasePayment(ctx, begun.paymentId)
}

/** Writes a truth down and does what it asks for at the provider. */
export async function takeTruth(
  ctx: AppContext,
  payment: PaymentRow,
  truth: PaymentTruth,
  cancelKind?: TimelineKind,
): Promise<void> {
  // Most news has been heard before, by return, webhook or poll: no need to lock anything to find that out.
  if (cancelKind === undefined && !hasNews(payment, truth)) return
  const followUp = await applyTruth(ctx, payment.id, truth, cancelKind)
  await followUpAt(ctx, followUp, payment.provider, begunOf(payment, truth.providerRef))
}

/** Asks the provider how a payment stands and writes it down. One that was never begun has nothing to ask. */
export async function settlePayment(ctx: AppContext, paymentId: string): Promise<void> {
  const payment = await findPayment(ctx.db, paymentId)
  if (payment) await settleFound(ctx, payment)
}

/** What an order shows of its payment is enough to ask about it. Always writes down what it hears: whoever pays waits for it. */
export async function settleBegun(ctx: AppContext, provider: Payer, begun: BegunPayment): Promise<void> {
  if (hasNobodyToAsk(provider)) return
  const truth = await fetchTruth(ctx, provider, begun)
  if (!truth) return
  const followUp = await applyTruth(ctx, begun.paymentId, truth)
  await followUpAt(ctx, followUp, provider, begun)
}

/** {@link settlePayment} for whoever has just read the attempt. */
export async function settleFound(ctx: AppContext, payment: PaymentRow): Promise<void> {
  const { provider, providerRef } = payment
  if (providerRef === null || hasNobodyToAsk(provider)) return
  const truth = await fetchTruth(ctx, provider, begunOf(payment, providerRef))
  if (truth) await takeTruth(ctx, payment, truth)
}

export interface RefToSettle {
  provider: ProviderName
  providerRef: string
  /** Our order, where the provider repeats it. */
  orderId: string | null
}

/** The attempt a payment we do not know by name may be: one of this provider that has no name yet, else the one that counts. */
async function attemptFor(ctx: AppContext, provider: ProviderName, orderId: string): Promise<PaymentRow | undefined> {
  const attempts = await listAttempts(ctx.db, orderId)
  const own = attempts.filter((attempt) => attempt.provider === provider)
  return (
    own.findLast((attempt) => attempt.providerRef === null) ??
    own.at(-1) ??
    attempts.find((attempt) => attempt.supersededAt === null)
  )
}

/**
 * A webhook or a list spoke of a payment: asks the provider about it. One that came before our own record of its name is found
 * by its order; what claims to be an order of ours and is no payment of ours is held if it brings money.
 */
export async function settleRef(ctx: AppContext, ref: RefToSettle): Promise<'settled' | 'not-ours'> {
  const { provider, providerRef } = ref
  const known = await findPaymentByRef(ctx.db, { provider, providerRef })
  if (known) {
    await settleFound(ctx, known)
    return 'settled'
  }
  const unknown = { paymentId: '', orderId: ref.orderId ?? '', providerRef, sessionRef: null, redirectUrl: null }
  const truth = await fetchTruth(ctx, provider, { ...unknown, amount: money(1) })
  const orderId = truth?.orderId ?? ref.orderId
  const payment = truth && orderId !== null && (await attemptFor(ctx, provider, orderId))
  if (!payment) {
    ctx.log.info({ provider, providerRef }, 'a payment that is not ours')
    return 'not-ours'
  }
  await takeTruth(ctx, payment, truth)
  return 'settled'
}
