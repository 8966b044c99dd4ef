import type { SandboxConfig, StripeConfig } from '../config.ts'
import type { Fault, Faults } from '../platform/faults.ts'
import type { Inbox, InboxMail } from '../sendgrid/inbox.ts'
import { authenticateIntent, type AuthenticationOutcome } from '../stripe/confirm-intent.ts'
import type { StripeContext } from '../stripe/context.ts'
import type { PaymentIntent } from '../stripe/objects.ts'
import { addEndpoint } from '../stripe/webhook-endpoints.ts'
import type { SandboxClock } from '../platform/clock.ts'
import type { WebhookSettings } from '../webhooks/webhook-settings.ts'
import type { DeliveryLine, WebhookProvider, Webhooks } from '../webhooks/webhooks.ts'
import type { CallbackLine, Callbacks, CallbackSettings } from '../twilio/callbacks.ts'
import { listTexts } from '../twilio/sms-inbox.ts'
import { authenticateSetup } from '../stripe/setup-intents.ts'
import { createStripeControl, type StripeControl } from '../stripe/control.ts'
import { createTabbyControl, type TabbyControl } from '../tabby/control.ts'
import type { TabbyContext } from '../tabby/state.ts'
import { createTamaraControl, type TamaraControl } from '../tamara/tamara-control.ts'
import type { TamaraContext } from '../tamara/state.ts'
import type { Dispute, Payout } from '../stripe/vault-objects.ts'
import type { Twin, TwinAction, TwinPayment } from './twin.ts'
import { clearTwilioState, type MessageStatus, type Sms, type TwilioState } from '../twilio/state.ts'

export type ListedPayment = TwinPayment & { provider: WebhookProvider }

export type SandboxState = {
  paymentIntents: PaymentIntent[]
  disputes: Dispute[]
  payouts: Payout[]
  /** Where webhooks go. */
  targets: string[]
  /** ISO 8601, by the sandbox's clock. */
  now: string
  calls: Record<string, number>
  events: { id: string; type: string; created: number; paymentIntent: string }[]
  deliveries: DeliveryLine[]
  held: number
  webhooks: WebhookSettings
  endpoints: { id: string; url: string; enabledEvents: string[] }[]
  faults: (Fault & { left: number })[]
  mails: number
  texts: { sent: number; settings: CallbackSettings; callbacks: CallbackLine[] }
}

/** What a test or the control page may do to the sandbox; the JSON routes under `/control` are these, by name. */
export type SandboxControl = {
  /** Back to the state of a fresh start: nothing stored, no faults, webhooks normal, the configured target kept. */
  reset: () => void
  state: () => SandboxState
  calls: () => Record<string, number>
  findIntent: (id: string) => PaymentIntent | undefined
  addFault: (fault: Fault) => void
  clearFaults: () => void
  setWebhooks: (change: Partial<WebhookSettings>) => WebhookSettings
  /** Replaces every webhook endpoint by this one, for receivers whose port is known late. */
  setWebhookTarget: (url: string, secret?: string) => void
  /** Sends every provider's webhooks to `<api>/webhooks/<provider>`, with the configured secrets. */
  setWebhookTargets: (api: string) => void
  releaseWebhooks: () => number
  /** Delivers a stored event again; false when the id is unknown. */
  resendEvent: (eventId: string, times?: number) => boolean
  /** The payments of one provider, or of all, the newest first. */
  payments: (provider?: WebhookProvider) => ListedPayment[]
  /** Pays, declines, expires, refunds … in the shopper's or the provider's place; false when that cannot happen now. */
  act: (provider: WebhookProvider, id: string, action: TwinAction) => boolean
  /** Moves the sandbox's clock forward, by milliseconds; webhooks that were late by it go out. */
  advanceClock: (ms: number) => void
  /** Resolves when no delivery is under way or waiting for a retry. */
  webhooksSettled: () => Promise<void>
  /** Answers a waiting 3-D Secure challenge in the shopper's place; false when none is waiting. */
  answerChallenge: (intentId: string, outcome: AuthenticationOutcome) => boolean
  inbox: (to?: string) => InboxMail[]
  clearInbox: () => void
  /** Texts to a number in any spelling, or to all, newest first. */
  texts: (to?: string) => Sms[]
  /** The code that was last sent to a number; undefined when none was. */
  lastCode: (to: string) => string | undefined
  /** How many texts were given to the carriers, codes included. */
  countTexts: (to?: string) => number
  setTexts: (change: Partial<CallbackSettings>) => CallbackSettings
  /** Delivers status callbacks here; they stay signed for the address the shop asked for, as behind a proxy. */
  setTextTarget: (url: string) => void
  /** Reports any status of any message; resolves with the shop's answer. */
  reportText: (report: { messageSid: string; status: MessageStatus; url: string }) => Promise<number | null>
  stripe: StripeControl
  tabby: TabbyControl
  tamara: TamaraControl
}

export type Calls = { count: (endpoint: string) => void; all: () => Record<string, number>; clear: () => void }

export function createCalls(): Calls {
  const counts = new Map<string, number>()
  return {
    count: (endpoint) => void counts.set(endpoint, (counts.get(endpoint) ?? 0) + 1),
    all: () => Object.fromEntries(counts),
    clear: () => counts.clear(),
  }
}

export type ControlDeps = {
  clock: SandboxClock
  ctx: StripeContext
  tabby: TabbyContext
  tamara: TamaraContext
  twins: readonly Twin[]
  config: SandboxConfig
  webhooks: Webhooks
  faults: Faults
  inbox: Inbox
  calls: Calls
  twilio: TwilioState
  callbacks: Callbacks
}

export function createControl(deps: ControlDeps): SandboxControl {
  const { ctx, twins, config, clock, webhooks, faults, inbox, calls, twilio, callbacks } = deps
  let target = ctx.config
  addTarget(ctx, target)
  clock.onAdvance(webhooks.tick)
  function setStripeTarget(url: string, secret = ctx.config.webhookSecret): void {
    target = { ...target, webhookUrl: url, webhookSecret: secret }
    ctx.state.endpoints.clear()
    addTarget(ctx, target)
  }
  return {
    reset() {
      clock.reset()
      webhooks.reset()
      for (const twin of twins) twin.clear()
      addTarget(ctx, target)
      faults.clear()
      inbox.clear()
      calls.clear()
      callbacks.reset()
      clearTwilioState(twilio)
    },
    state: () => stateOf(deps),
    calls: calls.all,
    findIntent: (id) => ctx.state.intents.get(id),
    addFault: faults.add,
    clearFaults: faults.clear,
    setWebhooks: webhooks.configure,
    setWebhookTarget: setStripeTarget,
    setWebhookTargets(api) {
      setStripeTarget(`${api}/webhooks/stripe`)
      config.tabby.webhookUrl = `${api}/webhooks/tabby`
      config.tamara.webhookUrl = `${api}/webhooks/tamara`
    },
    releaseWebhooks: webhooks.release,
    resendEvent: (eventId, times = 1) => webhooks.resend(eventId, times),
    payments: (provider) => paymentsOf(twins, provider),
    act: (provider, id, action) => twins.find((twin) => twin.provider === provider)?.act(id, action) ?? false,
    advanceClock: clock.advance,
    async webhooksSettled() {
      webhooks.tick() // the clock may be somebody else's
      await webhooks.settled()
      await callbacks.settled()
    },
    answerChallenge(intentId, outcome) {
      const intent = ctx.state.intents.get(intentId) ?? ctx.state.setupIntents.get(intentId)
      if (intent?.status !== 'requires_action') return false
      if (intent.object === 'payment_intent') authenticateIntent(ctx, intent, outcome)
      else authenticateSetup(ctx, intent, outcome)
      return true
    },
    inbox: inbox.list,
    clearInbox: inbox.clear,
    texts: (to) => listTexts(twilio, to),
    lastCode: (to) => listTexts(twilio, to).find((text) => text.code !== null)?.code ?? undefined,
    countTexts: (to) => countTexts(twilio, to),
    setTexts: callbacks.configure,
    setTextTarget: callbacks.setTarget,
    reportText: callbacks.report,
    stripe: createStripeControl(ctx),
    tabby: createTabbyControl(deps.tabby),
    tamara: createTamaraControl(deps.tamara),
  }
}

function countTexts({ sendCounts }: TwilioState, to?: string): number {
  if (to !== undefined) return sendCounts.get(to) ?? 0
  return [...sendCounts.values()].reduce((sum, count) => sum + count, 0)
}

function paymentsOf(twins: readonly Twin[], provider?: WebhookProvider): ListedPayment[] {
  const wanted = twins.filter((twin) => provider === undefined || twin.provider === provider)
  const listed = wanted.flatMap((twin) => twin.payments().map((payment) => ({ ...payment, provider: twin.provider })))
  return listed.toSorted((one, other) => other.createdMs - one.createdMs)
}

function addTarget(ctx: StripeContext, target: StripeConfig): void {
  if (target.webhookUrl === undefined) return
  addEndpoint(ctx, { url: target.webhookUrl, enabled_events: [...target.webhookEvents] }, target.webhookSecret)
}

/** Receivers by settings or by the providers' own registration calls. */
function targetsOf({ state }: StripeContext, { tabby, tamara }: SandboxConfig): string[] {
  const endpoints = state.endpoints.values().map(({ endpoint }) => endpoint.url)
  return [...endpoints, tabby.webhookUrl, tamara.webhookUrl].filter((url) => url !== undefined)
}

function stateOf({ ctx, config, clock, webhooks, faults, inbox, calls, twilio, callbacks }: ControlDeps): SandboxState {
  const { intents, events, endpoints } = ctx.state
  return {
    paymentIntents: intents.newestFirst(),
    disputes: ctx.state.disputes.newestFirst(),
    payouts: ctx.state.payouts.newestFirst(),
    targets: targetsOf(ctx, config),
    now: new Date(clock.nowMs()).toISOString(),
    calls: calls.all(),
    events: events
      .newestFirst()
      .map(({ id, type, created, subject }) => ({ id, type, created, paymentIntent: subject })),
    deliveries: webhooks.log(),
    held: webhooks.heldCount(),
    webhooks: webhooks.settings(),
    endpoints: endpoints
      .values()
      .map(({ endpoint }) => ({ id: endpoint.id, url: endpoint.url, enabledEvents: endpoint.enabled_events })),
    faults: faults.list(),
    mails: inbox.list().length,
    texts: { sent: countTexts(twilio), settings: callbacks.settings(), callbacks: callbacks.log() },
  }
}
