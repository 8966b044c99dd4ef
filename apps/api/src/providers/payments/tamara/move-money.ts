import { money } from '@dhow/money/money.ts'
import type { BegunPayment, CaptureRequest, MoneyOutcome, RefundRequest, Shipment } from '../port.ts'
import { isRefusal } from './client.ts'
import type { CallTamara } from './client.ts'
import { openAmount, truthFrom } from './map.ts'
import { readOrder } from './read-order.ts'
import type { OrderOutcome } from './read-order.ts'
import { Anything, Captured, Refunded, toWire } from './wire.ts'
import type { TamaraOrder } from './wire.ts'

/** Tamara has no idempotency keys, so each movement begins by looking whether it was made before. */

type Made = { order: TamaraOrder; ref: string }

/** The truth of an order in which a movement is known to be ours, also where Tamara does not repeat our name for it. */
function done({ order, ref }: Made, ourId: string): MoneyOutcome {
  const truth = truthFrom(order)
  const named = <Move extends { providerRef: string; ourId: string | null }>(move: Move): Move =>
    move.providerRef === ref ? { ...move, ourId } : move
  return {
    kind: 'done',
    providerRef: ref,
    truth: { ...truth, captures: truth.captures.map(named), refunds: truth.refunds.map(named) },
  }
}

const unread = (outcome: Exclude<OrderOutcome, { kind: 'found' }>): MoneyOutcome =>
  outcome.kind === 'missing' ? { kind: 'refused', reason: 'missing-at-provider' } : outcome

const outcomeOfError = (error: unknown): MoneyOutcome =>
  isRefusal(error) ? { kind: 'refused', reason: error.codes[0] ?? error.message } : { kind: 'unknown', cause: error }

/**
 * Whether an earlier try has made it, told by how much is taken: our own id stands there only where no parcel has a number, and
 * two parts of one parcel have the same.
 */
function findCapture(order: TamaraOrder, { amount, takenBefore }: CaptureRequest): string | undefined {
  if (order.captured_amount.amount < takenBefore + amount.amount) return undefined
  const { captures } = order.transactions
  const made = captures.findLast((capture) => capture.total_amount.amount === amount.amount) ?? captures.at(-1)
  return made?.capture_id
}

function captureBody(payment: BegunPayment, request: CaptureRequest, shipment: Shipment): object {
  return {
    order_id: payment.providerRef,
    total_amount: toWire(request.amount),
    shipping_info: {
      shipped_at: shipment.shippedAt,
      shipping_company: shipment.company,
      tracking_number: shipment.trackingNumber ?? request.captureId,
      ...(shipment.trackingUrl !== null && { tracking_url: shipment.trackingUrl }),
    },
  }
}

/** Lets go of what a final capture leaves. Throws when no answer came: the whole is asked again, and finds the capture made. */
async function releaseRest(call: CallTamara, { order, ref }: Made): Promise<OrderOutcome> {
  const rest = openAmount(order)
  if (rest <= 0) return { kind: 'found', order }
  const path = `/orders/${encodeURIComponent(order.order_id)}/cancel`
  const body = { total_amount: toWire(money(rest)) }
  try {
    await call({ operation: 'cancel', method: 'POST', path, body, answer: Anything })
  } catch (error) {
    if (!isRefusal(error)) throw new Error(`captured as ${ref}, but the rest is not let go`, { cause: error })
  }
  return readOrder(call, order.order_id)
}

async function makeCapture(
  call: CallTamara,
  payment: BegunPayment,
  { request, shipment }: { request: CaptureRequest; shipment: Shipment },
): Promise<Made | MoneyOutcome> {
  const before = await readOrder(call, payment.providerRef)
  if (before.kind !== 'found') return unread(before)
  const known = findCapture(before.order, request)
  if (known !== undefined) return { order: before.order, ref: known }
  const body = captureBody(payment, request, shipment)
  let ref: string | undefined
  try {
    const answer = await call({
      operation: 'capture',
      method: 'POST',
      path: '/payments/capture',
      body,
      answer: Captured,
    })
    ref = answer.capture_id
  } catch (error) {
    if (!isRefusal(error)) return { kind: 'unknown', cause: error }
    ref = undefined
    const now = await readOrder(call, payment.providerRef)
    const made = now.kind === 'found' ? findCapture(now.order, request) : undefined
    return now.kind === 'found' && made !== undefined ? { order: now.order, ref: made } : outcomeOfError(error)
  }
  const after = await readOrder(call, payment.providerRef)
  return after.kind === 'found' ? { order: after.order, ref } : { kind: 'unknown', cause: new Error('not readable') }
}

/** Takes held money. Refused before it leaves us when nobody says who carries the goods: Tamara would refuse it anyway. */
export async function capture(
  call: CallTamara,
  payment: BegunPayment,
  { request, shipment }: { request: CaptureRequest; shipment: Shipment },
): Promise<MoneyOutcome> {
  if (shipment.company.trim() === '') return { kind: 'refused', reason: 'shipment-missing' }
  const made = await makeCapture(call, payment, { request, shipment })
  if ('kind' in made) return made
  if (!request.isFinal) return done(made, request.captureId)
  try {
    const released = await releaseRest(call, made)
    return done({ ...made, order: released.kind === 'found' ? released.order : made.order }, request.captureId)
  } catch (error) {
    return { kind: 'unknown', cause: error }
  }
}

/**
 * Whether an earlier try has made it. Tamara takes our id, and its own client knows no field to read it back from
 * (`RefundItem` of its PHP SDK): without it, a refund of the amount that is no other of ours is this one.
 */
function findRefund(order: TamaraOrder, { refundId, amount, otherRefs }: RefundRequest): string | undefined {
  const { refunds } = order.transactions
  const isThis = ({ refund_id, merchant_refund_id, total_amount }: (typeof refunds)[number]): boolean =>
    !merchant_refund_id && !otherRefs.includes(refund_id) && total_amount.amount === amount.amount
  return (refunds.find((refund) => refund.merchant_refund_id === refundId) ?? refunds.find(isThis))?.refund_id
}

/** Gives captured money back. What is held and not taken is no refund: `cancel` lets go of it. */
export async function refund(call: CallTamara, payment: BegunPayment, request: RefundRequest): Promise<MoneyOutcome> {
  const before = await readOrder(call, payment.providerRef)
  if (before.kind !== 'found') return unread(before)
  const known = findRefund(before.order, request)
  if (known !== undefined) return done({ order: before.order, ref: known }, request.refundId)
  if (before.order.captured_amount.amount === 0) return { kind: 'refused', reason: 'not-captured' }
  const path = `/payments/simplified-refund/${encodeURIComponent(payment.providerRef)}`
  const body = {
    total_amount: toWire(request.amount),
    comment: request.reason.trim() || 'Refund',
    merchant_refund_id: request.refundId,
  }
  try {
    const { refund_id: ref } = await call({ operation: 'refund', method: 'POST', path, body, answer: Refunded })
    const after = await readOrder(call, payment.providerRef)
    if (after.kind !== 'found') return { kind: 'unknown', cause: new Error('refunded, but the order cannot be read') }
    return done({ order: after.order, ref }, request.refundId)
  } catch (error) {
    return outcomeOfError(error)
  }
}
