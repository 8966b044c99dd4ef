import type Stripe from 'stripe'
import type { BegunPayment, CaptureRequest, MoneyOutcome, PaymentTruth, RefundRequest } from '../port.ts'
import { eachOf, isFinalNo, isKeptFailure, READ } from './access.ts'
import type { StripeAccess } from './access.ts'
import { readTruth, truthExpand } from './read-truth.ts'
import { truthFrom } from './map.ts'

/** How often a failure that Stripe keeps under a key is answered with another key. */
const KEYS_PER_OPERATION = 3

const outcomeOfError = (error: unknown): MoneyOutcome =>
  isFinalNo(error) ? { kind: 'refused', reason: error.code ?? error.message } : { kind: 'unknown', cause: error }

export const keyed = (key: string, attempt: number): { idempotencyKey: string } => ({
  idempotencyKey: attempt === 1 ? key : `${key}:${attempt}`,
})

const isCapturedBy = (truth: PaymentTruth, captureId: string): boolean =>
  truth.captures.some((capture) => capture.ourId === captureId)

/**
 * A card payment is captured once, and what is not taken then is let go: a part that is not to be the last is refused rather
 * than losing the rest. Whether a lost answer was a yes is read from the capture's id in the intent's metadata.
 */
export async function capture(
  access: StripeAccess,
  payment: BegunPayment,
  { captureId, amount, isFinal }: CaptureRequest,
): Promise<MoneyOutcome> {
  if (!isFinal && amount.amount < payment.amount.amount) return { kind: 'refused', reason: 'only-one-capture' }
  const params = { amount_to_capture: amount.amount, metadata: { capture_id: captureId }, ...truthExpand }
  for (let attempt = 1; ; attempt += 1) {
    try {
      const intent = await access.call('capture', (sdk) =>
        sdk.paymentIntents.capture(payment.providerRef, params, keyed(`capture:${captureId}`, attempt)),
      )
      return { kind: 'done', providerRef: payment.providerRef, truth: truthFrom(intent) }
    } catch (error) {
      const isKept = isKeptFailure(error)
      if (!isKept && !isFinalNo(error)) return { kind: 'unknown', cause: error }
      const now = await readTruth(access, payment.providerRef)
      if (now.kind === 'found' && isCapturedBy(now.truth, captureId))
        return { kind: 'done', providerRef: payment.providerRef, truth: now.truth }
      if (isKept && now.kind === 'found' && attempt < KEYS_PER_OPERATION) continue
      return outcomeOfError(error)
    }
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
  const params = {
    payment_intent: payment.providerRef,
    amount: request.amount.amount,
    metadata: { refund_id: request.refundId, order_id: payment.orderId },
  }
  for (let attempt = 1; ; attempt += 1) {
    const made = await findRefund(access, payment.providerRef, request.refundId)
    if (made) return made
    try {
      const key = keyed(`refund:${request.refundId}`, attempt)
      return await access.call('refund', (sdk) => sdk.refunds.create(params, key))
    } catch (error) {
      if (!isKeptFailure(error) || attempt >= KEYS_PER_OPERATION) throw error
    }
  }
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
