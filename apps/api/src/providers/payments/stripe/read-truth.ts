import { stripePaymentEvents } from '@dhow/contracts/webhook-events.ts'
import type Stripe from 'stripe'
import { z } from 'zod'
import type { FetchOutcome, PaymentTruth } from '../port.ts'
import { createdIn, eachOf, isMissing, READ } from './access.ts'
import type { StripeAccess } from './access.ts'
import { chargeOf, truthFrom } from './map.ts'

const parts = ['latest_charge.balance_transaction', 'latest_charge.refunds']
/** What a truth is read from, in one answer. */
export const truthExpand = { expand: [...parts] }
const listExpand = { expand: parts.map((part) => `data.${part}`) }

/** A charge brings its first ten refunds along; only one with more is asked about again. */
async function allRefunds(access: StripeAccess, intent: Stripe.PaymentIntent): Promise<Stripe.Refund[] | undefined> {
  if (!chargeOf(intent)?.refunds?.has_more) return undefined
  const refunds = eachOf((page) =>
    access.call('list-refunds', (sdk) => sdk.refunds.list({ payment_intent: intent.id, ...page }, READ)),
  )
  const all: Stripe.Refund[] = []
  for await (const refund of refunds) all.push(refund)
  return all
}

const truthOf = async (access: StripeAccess, intent: Stripe.PaymentIntent): Promise<PaymentTruth> =>
  truthFrom(intent, await allRefunds(access, intent))

export async function readTruth(access: StripeAccess, providerRef: string): Promise<FetchOutcome> {
  try {
    const intent = await access.call('fetch', (sdk) => sdk.paymentIntents.retrieve(providerRef, truthExpand, READ))
    return { kind: 'found', truth: await truthOf(access, intent) }
  } catch (error) {
    return isMissing(error) ? { kind: 'missing' } : { kind: 'unknown', cause: error }
  }
}

const Subject = z.object({ object: z.string(), id: z.string(), payment_intent: z.string().nullish() })

function paymentOf({ data }: Stripe.Event): string | null | undefined {
  const subject = Subject.safeParse(data.object).data
  return subject?.object === 'payment_intent' ? subject.id : subject?.payment_intent
}

/**
 * Payments created in a time, then older ones to which something happened in it: a capture, a refund, a lapsed hold. The latter
 * are found by Stripe's own log of events, which goes back thirty days. Throws when Stripe does not answer.
 */
export async function* listTruths(
  access: StripeAccess,
  window: { from: Date; to: Date },
): AsyncGenerator<PaymentTruth> {
  const created = createdIn(window)
  const seen = new Set<string>()
  const intents = eachOf((page) =>
    access.call('list', (sdk) => sdk.paymentIntents.list({ created, ...listExpand, ...page }, READ)),
  )
  for await (const intent of intents) {
    seen.add(intent.id)
    yield await truthOf(access, intent)
  }
  const events = eachOf((page) =>
    access.call('list-events', (sdk) => sdk.events.list({ created, types: [...stripePaymentEvents], ...page }, READ)),
  )
  for await (const event of events) {
    const paymentRef = paymentOf(event)
    if (!paymentRef || seen.has(paymentRef)) continue
    seen.add(paymentRef)
    const now = await readTruth(access, paymentRef)
    if (now.kind === 'found') yield now.truth
    if (now.kind === 'unknown') throw new Error('a payment Stripe spoke of cannot be read', { cause: now.cause })
  }
}
