import { money } from '@dhow/money/money.ts'
import type { Config } from '../../../config.ts'
import { createAddressList } from '../../../platform/auth/address-list.ts'
import type { Clock } from '../../../platform/clock.ts'
import type { Metrics } from '../../../platform/telemetry/metrics.ts'
import type {
  BeginOutcome,
  BeginPayment,
  BegunPayment,
  EligibilityOutcome,
  EligibilityRequest,
  FetchOutcome,
  PaymentProvider,
  PaymentTruth,
} from '../port.ts'
import { checkoutBody, eligibilityBody } from './checkout-body.ts'
import { createTabbyClient, isMissing, isRefusal } from './client.ts'
import type { CallTabby } from './client.ts'
import { begunFrom, sessionOutcome, truthFrom } from './map.ts'
import { createTabbyMoney } from './money.ts'
import { readTabbyWebhook } from './webhook.ts'
import { TabbyPage, TabbyPayment, TabbySession } from './wire.ts'

/** A session can be opened for twenty minutes, and its payment turns EXPIRED about ten minutes after that. */
const PAYMENT_LIFE_MS = 30 * 60_000
/** Tabby gives no more at once. */
const PAGE = 20

/** The question whether a shopper would be taken opens a payment too; it names no order, and nobody can pay it. */
const isQuestion = ({ orderId, authorisedAmount }: PaymentTruth): boolean => orderId === null && authorisedAmount === 0

async function* listPayments(call: CallTabby, { from, to }: { from: Date; to: Date }): AsyncGenerator<PaymentTruth> {
  const seen = new Set<string>() // what is made meanwhile pushes the rest onto the next page
  for (let offset = 0; ; offset += PAGE) {
    const query = new URLSearchParams({
      created_at__gte: from.toISOString().slice(0, 10), // a date: the rest of the day is looked at below
      created_at__lte: to.toISOString(),
      limit: String(PAGE),
      offset: String(offset),
    })
    const path = `/api/v2/payments?${query.toString()}`
    const page = await call({ operation: 'list', method: 'GET', path, schema: TabbyPage })
    for (const payment of page.payments) {
      if (seen.has(payment.id) || Date.parse(payment.created_at) < from.getTime()) continue
      seen.add(payment.id)
      const truth = truthFrom(payment)
      if (!isQuestion(truth)) yield truth
    }
    if (page.payments.length === 0 || offset + PAGE >= page.pagination.total_count) return
  }
}

/** Tabby's instalments: a session on its hosted page, then a payment that is captured, closed and refunded (provider facts §2, §3). */
export function createTabbyProvider(config: Config, metrics: Metrics, clock: Clock): PaymentProvider {
  const call = createTabbyClient(config, metrics, clock)
  const proof = {
    header: config.TABBY_WEBHOOK_HEADER,
    secrets: config.TABBY_WEBHOOK_SECRETS,
    addresses: createAddressList(config.TABBY_WEBHOOK_ADDRESSES),
  }
  const openSession = (operation: string, body: object): Promise<TabbySession> =>
    call({ operation, method: 'POST', path: '/api/v2/checkout', schema: TabbySession, body })

  async function checkEligibility(request: EligibilityRequest): Promise<EligibilityOutcome> {
    const { buyer } = request
    const eligible = { kind: 'eligible', instalments: { count: config.TABBY_INSTALMENTS }, labels: null } as const
    if (buyer === null) return eligible
    const details = await request.details()
    try {
      const body = eligibilityBody(config, { request, buyer, details }, clock.now())
      const outcome = sessionOutcome(await openSession('eligibility', body))
      if (outcome === undefined) return { kind: 'unknown', cause: new Error('neither taken nor refused') }
      return 'reason' in outcome ? { kind: 'refused', reason: outcome.reason } : eligible
    } catch (cause) {
      return { kind: 'unknown', cause }
    }
  }

  /** There is no idempotency: a session whose answer was lost stays behind, seen by nobody, and expires. */
  async function begin(request: BeginPayment): Promise<BeginOutcome> {
    const details = await request.details()
    const now = clock.now()
    try {
      const session = await openSession('begin', checkoutBody(config, { request, details }, now))
      const outcome = sessionOutcome(session)
      if (outcome === undefined) return { kind: 'unknown', cause: new Error(`the session is ${session.status}`) }
      if ('reason' in outcome) return { kind: 'refused', reason: 'not-approved', eligibility: outcome.reason }
      const refs = { providerRef: session.payment.id, sessionRef: session.id }
      return { ...begunFrom(refs, outcome.webUrl), expiresAt: new Date(now.getTime() + PAYMENT_LIFE_MS).toISOString() }
    } catch (error) {
      return isRefusal(error)
        ? { kind: 'refused', reason: error.message, eligibility: null }
        : { kind: 'unknown', cause: error }
    }
  }

  /** The same page while it can be opened; what is over, or was never told to us, is `refused`, and only a new payment helps. */
  async function reopen({ providerRef, sessionRef }: BegunPayment): Promise<BeginOutcome> {
    if (sessionRef === null) return { kind: 'refused', reason: 'session-missing', eligibility: null }
    try {
      const path = `/api/v2/checkout/${encodeURIComponent(sessionRef)}`
      const session = await call({ operation: 'reopen', method: 'GET', path, schema: TabbySession })
      const outcome = sessionOutcome(session)
      if (outcome === undefined || 'reason' in outcome)
        return { kind: 'refused', reason: `session-${session.status}`, eligibility: outcome?.reason ?? null }
      return { ...begunFrom({ providerRef, sessionRef }, outcome.webUrl), expiresAt: null }
    } catch (error) {
      return isMissing(error)
        ? { kind: 'refused', reason: 'session-missing', eligibility: null }
        : { kind: 'unknown', cause: error }
    }
  }

  async function read({ providerRef }: Pick<BegunPayment, 'providerRef'>): Promise<TabbyPayment> {
    const path = `/api/v2/payments/${encodeURIComponent(providerRef)}`
    return call({ operation: 'fetch', method: 'GET', path, schema: TabbyPayment })
  }

  async function fetch(payment: BegunPayment): Promise<FetchOutcome> {
    try {
      return { kind: 'found', truth: truthFrom(await read(payment)) }
    } catch (error) {
      return isMissing(error) ? { kind: 'missing' } : { kind: 'unknown', cause: error }
    }
  }

  return {
    name: 'tabby',
    method: 'tabby',
    minimum: money(config.TABBY_MINIMUM_FILS),
    maximum: money(config.TABBY_MAXIMUM_FILS),
    captureTime: config.TABBY_CAPTURE,
    beginsOnce: false,
    repeatsSafely: true,
    takesByItself: false,
    checkEligibility,
    begin,
    reopen,
    fetch,
    authorise: fetch,
    ...createTabbyMoney(call, read),
    readWebhook: (webhook) => readTabbyWebhook(proof, webhook),
    list: (window) => listPayments(call, window),
  }
}
