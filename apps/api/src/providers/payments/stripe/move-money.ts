import type Stripe from 'stripe'
import type { BegunPayment, CaptureRequest, MoneyOutcome, PaymentTruth, RefundRequest } from '../port.ts'
import { eachOf, isFinalNo, isKeptFailure, READ, underKey } from './access.ts'
import type { StripeAccess } from './access.ts'
import { readTruth, truthExpand } from './read-truth.ts'
import { truthFrom } from './map.ts'

const outcomeOfError = (error: unknown): MoneyOutcome =>
  isFinalNo(error) ? { kind: 'refused', reason: error.code ?? error.message } : { kind: 'unknown', cause: error }

/** The truth of a payment of which this very capture was taken. */
async function takenBy(access: StripeAccess, { providerRef }: BegunPayment, captureId: string) {
  const now = await readTruth(access, providerRef)
  const isTaken = now.kind === 'found' && now.truth.captures.some((taken) => taken.ourId === captureId)
  return isTaken ? now.truth : undefined
}

/**
 * A card payment is captured once, and what is not taken then is let go: a part that is not to be the last is refused rather
 * than losing the rest. Whether a refusal only means that it was taken before is read from the capture's id in the metadata.
 */
export async function capture(
  access: StripeAccess,
  payment: BegunPayment,
  { captureId, amount, isFinal }: CaptureRequest,
): Promise<MoneyOutcome> {
  const { providerRef } = payment
  if (!isFinal && amount.amount < payment.amount.amount) return { kind: 'refused', reason: 'only-one-capture' }
  const params = { amount_to_capture: amount.amount, metadata: { capture_id: captureId }, ...truthExpand }
  const take = async (options: Stripe.RequestOptions): Promise<PaymentTruth> => {
    try {
      return truthFrom(await access.call('capture', (sdk) => sdk.paymentIntents.capture(providerRef, params, options)))
    } catch (error) {
      const taken = isKeptFailure(error) || isFinalNo(error) ? await takenBy(access, payment, captureId) : undefined
      if (taken) return taken
      throw error
    }
  }
  try {
    return { kind: 'done', providerRef, truth: await underKey(`capture:${captureId}`, take) }
  } catch (error) {
    return outcomeOfError(error)
  }
}

/** The refund that carries our id, if Stripe made one. Keys are forgotten after a day, metadata never. */
async function findRefund(
  access: StripeAccess,
  paymentRef: string,
  refundId: string,
): Promise<Stripe.Refund | undefined> {
  const refunds = eachOf((page) =>
    access.call('list-refunds', (sdk) => sdk.refunds.list({ payment_intent: paymentRef, ...page }, READ)),
  )
  for await (const refund of refunds) if (refund.metadata?.['refund_id'] === refundId) return refund
  return undefined
}

async function makeRefund(access: StripeAccess, payment: BegunPayment, request: RefundRequest): Promise<Stripe.Refund> {
  const { refundId, amount } = request
  const metadata = { refund_id: refundId, order_id: payment.orderId }
  const params = { payment_intent: payment.providerRef, amount: amount.amount, metadata }
  return underKey(`refund:${refundId}`, async (options) => {
    const made = await findRefund(access, payment.providerRef, refundId)
    return made ?? access.call('refund', (sdk) => sdk.refunds.create(params, options))
  })
}

export async function refund(
  access: StripeAccess,
  payment: BegunPayment,
  request: RefundRequest,
): Promise<MoneyOutcome> {
  try {
    const made = await makeRefund(access, payment, request)
    if (made.status === 'failed' || made.status === 'canceled')
      return { kind: 'refused', reason: made.failure_reason ?? made.status }
    const now = await readTruth(access, payment.providerRef)
    if (now.kind !== 'found') return { kind: 'unknown', cause: new Error('refunded, but the payment cannot be read') }
    return { kind: made.status === 'succeeded' ? 'done' : 'pending', providerRef: made.id, truth: now.truth }
  } catch (error) {
    return outcomeOfError(error)
  }
}
