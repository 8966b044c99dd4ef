import { money } from '@dhow/money/money.ts'
import type { BegunPayment, CancelledBy, CancelOutcome } from '../port.ts'
import { isRefusal } from './client.ts'
import type { CallTamara } from './client.ts'
import { openAmount, truthFrom } from './map.ts'
import { readOrder } from './read-order.ts'
import { Anything, toWire } from './wire.ts'
import type { TamaraOrder } from './wire.ts'

/** Dead at Tamara: no money can arrive any more. Its word for how it ended differs; ours is that we wanted it. */
function cancelled(order: TamaraOrder, by: CancelledBy): CancelOutcome {
  const truth = { ...truthFrom(order), state: 'cancelled', declineReason: null, cancelledBy: by } as const
  return { kind: 'cancelled', truth }
}

/** Makes a call whose refusal is answered by looking at the order again. Undefined when no answer came. */
async function tryTo(work: Promise<unknown>): Promise<'done' | 'refused' | { cause: unknown }> {
  try {
    await work
    return 'done'
  } catch (error) {
    return isRefusal(error) ? 'refused' : { cause: error }
  }
}

type Step = (call: CallTamara, payment: BegunPayment, order: TamaraOrder) => Promise<unknown>

const voidSession: Step = (call, { sessionRef, providerRef }) =>
  call({
    operation: 'void',
    method: 'POST',
    path: `/checkout/${encodeURIComponent(sessionRef ?? '')}/void`,
    body: { order_id: providerRef },
    answer: Anything,
  })

const releaseHeld: Step = (call, { providerRef }, order) =>
  call({
    operation: 'cancel',
    method: 'POST',
    path: `/orders/${encodeURIComponent(providerRef)}/cancel`,
    body: { total_amount: toWire(money(openAmount(order))) },
    answer: Anything,
  })

/** An approval can only be let go of once it is authorised; left alone it would hold the buyer's first part for three days. */
const authoriseFirst: Step = (call, { providerRef }) =>
  call({
    operation: 'authorise',
    method: 'POST',
    path: `/orders/${encodeURIComponent(providerRef)}/authorise`,
    answer: Anything,
  })

/** What brings an order nearer to being cancelled from where it is; undefined where nothing does. */
function stepFrom(order: TamaraOrder, payment: BegunPayment): Step | undefined {
  if (order.status === 'new') return payment.sessionRef === null ? undefined : voidSession
  if (order.status === 'approved') return authoriseFirst
  return truthFrom(order).state === 'authorised' ? releaseHeld : undefined
}

/** Approve and authorise may each come in between: void, authorise, cancel, and once more for the one that was overtaken. */
const MOST_STEPS = 4

/**
 * Stops an order wherever it is: an unpaid session is voided, held money let go of, also what a partial capture has left. What is
 * taken stays taken, and only a refund gives it back. The order is read before each step and after the last, so that asking again finds what was done.
 */
export async function stopOrder(call: CallTamara, payment: BegunPayment, by: CancelledBy): Promise<CancelOutcome> {
  for (let step = 0; ; step += 1) {
    const now = await readOrder(call, payment.providerRef)
    if (now.kind !== 'found') return now
    const { order } = now
    const { state } = truthFrom(order)
    if (state === 'failed' || state === 'cancelled') return cancelled(order, by)
    if (state === 'captured') return { kind: 'too-late', truth: truthFrom(order) }
    const work = step < MOST_STEPS ? stepFrom(order, payment) : undefined
    if (!work) return { kind: order.status === 'new' ? 'not-stoppable' : 'too-late', truth: truthFrom(order) }
    const outcome = await tryTo(work(call, payment, order))
    if (typeof outcome === 'object') return { kind: 'unknown', cause: outcome.cause }
    // Voided, whatever the order says: Tamara may leave its word at `new` until the session lapses.
    if (outcome === 'done' && order.status === 'new') return cancelled(order, by)
  }
}
