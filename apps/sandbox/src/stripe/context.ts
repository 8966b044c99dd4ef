import type { StripeConfig } from '../config.ts'
import { BoundedMap } from '../platform/bounded-map.ts'
import { makeId } from '../platform/ids.ts'
import type { Late } from '../webhooks/late.ts'
import type {
  BalanceTransaction,
  Charge,
  PaymentIntent,
  PaymentMethod,
  Refund,
  StoredEvent,
  WebhookEndpoint,
} from './objects.ts'
import type { TestCard } from './cards.ts'
import type { LaterWork } from './later.ts'
import type {
  Customer,
  CustomerSession,
  Dispute,
  FraudWarning,
  PaymentMethodDomain,
  Payout,
  SetupIntent,
} from './vault-objects.ts'

export const API_VERSION = '2026-10-28.endive'

/** `isSetUp`: its bank has been asked already, so that it need not ask at a payment. `isDetached`: nobody's for good. */
export type StoredMethod = { method: PaymentMethod; card: TestCard; isSetUp?: boolean; isDetached?: boolean }
export type StoredEndpoint = { endpoint: WebhookEndpoint; secret: string }
export type StoredAnswer = { fingerprint: string; answer: { status: number; body: string } | undefined }

export type StripeState = {
  intents: BoundedMap<PaymentIntent>
  methods: BoundedMap<StoredMethod>
  charges: BoundedMap<Charge>
  balanceTransactions: BoundedMap<BalanceTransaction>
  refunds: BoundedMap<Refund>
  customers: BoundedMap<Customer>
  /** By their client secret. */
  customerSessions: BoundedMap<CustomerSession>
  setupIntents: BoundedMap<SetupIntent>
  disputes: BoundedMap<Dispute>
  fraudWarnings: BoundedMap<FraudWarning>
  payouts: BoundedMap<Payout>
  domains: BoundedMap<PaymentMethodDomain>
  /** Which payout a line of the balance went to the bank with. */
  payoutByTransaction: BoundedMap<{ id: string; payout: string }>
  events: BoundedMap<StoredEvent>
  endpoints: BoundedMap<StoredEndpoint>
  answersByIdempotencyKey: BoundedMap<StoredAnswer>
}

/** Which request caused an event: Stripe repeats it inside the event. */
export type RequestRef = { id: string | null; idempotency_key: string | null }

export type StripeContext = {
  config: StripeConfig
  state: StripeState
  /** Unix seconds. */
  now: () => number
  publicUrl: () => string
  /** Has something happen when the clock says so: a refund settles, a hold lapses. */
  later: Pick<Late<LaterWork>, 'add' | 'clear'>
  /** Hands a stored event to the webhooks, which deliver it after the current answer. */
  deliver: (event: StoredEvent) => void
}

/** The arguments of one call, parsed by the published schema. */
export type Call<Params> = {
  params: Params
  /** The `{id}` of the path; empty where there is none. */
  id: string
  /** The second id of the path, of what belongs to the first. */
  part: string
  publishable: boolean
  request: RequestRef
}

const KEPT_PAYMENTS = 10_000
const KEPT_EVENTS = 5_000

export function createStripeState(): StripeState {
  return {
    intents: new BoundedMap(KEPT_PAYMENTS),
    methods: new BoundedMap(KEPT_PAYMENTS),
    charges: new BoundedMap(KEPT_PAYMENTS),
    balanceTransactions: new BoundedMap(KEPT_PAYMENTS),
    refunds: new BoundedMap(KEPT_PAYMENTS),
    customers: new BoundedMap(KEPT_PAYMENTS),
    customerSessions: new BoundedMap(KEPT_EVENTS),
    setupIntents: new BoundedMap(KEPT_EVENTS),
    disputes: new BoundedMap(KEPT_PAYMENTS),
    fraudWarnings: new BoundedMap(KEPT_PAYMENTS),
    payouts: new BoundedMap(KEPT_EVENTS),
    domains: new BoundedMap(100),
    payoutByTransaction: new BoundedMap(KEPT_PAYMENTS),
    events: new BoundedMap(KEPT_EVENTS),
    endpoints: new BoundedMap(16),
    answersByIdempotencyKey: new BoundedMap(KEPT_EVENTS),
  }
}

export function clearStripeState(state: StripeState): void {
  for (const map of Object.values(state)) map.clear()
}

/** Stores an event with a copy of the object as it is now, and hands it to delivery. */
export function emit(
  ctx: StripeContext,
  type: string,
  object: { id: string },
  subject: string,
  request: RequestRef,
): void {
  const created = ctx.now()
  const id = makeId('evt_')
  const event = {
    id,
    object: 'event',
    api_version: API_VERSION,
    created,
    data: { object },
    livemode: false,
    pending_webhooks: ctx.state.endpoints.size,
    request,
    type,
  }
  // Indented as Stripe sends it, so that a receiver verifying re-serialised JSON fails here too.
  const stored = { id, type, created, subject, payload: JSON.stringify(event, null, 2) }
  ctx.state.events.set(id, stored)
  ctx.deliver(stored)
}
