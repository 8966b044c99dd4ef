import { createWebhookClient } from './webhook-post.ts'

export const WEBHOOK_MODES = ['normal', 'hold', 'drop', 'double', 'reorder', 'delay'] as const
export type WebhookMode = (typeof WEBHOOK_MODES)[number]

export type WebhookSettings = {
  mode: WebhookMode
  /** `delay`: how long each delivery waits. `reorder`: how long events are collected before they go out newest first. */
  delayMs: number
  /** `double`: how often each event is delivered. */
  times: number
  /** This many of the next attempts carry a signature made with a wrong secret; the retry is signed rightly. */
  forgeNext: number
}

export type WebhookProvider = 'stripe' | 'tabby' | 'tamara'

/** One webhook to one receiver. */
export type OutgoingWebhook = {
  provider: WebhookProvider
  /** The event's id, where the provider gives one; else one of our own making, for the log and `resend`. */
  id: string
  type: string
  /** What it is about: first attempts about one subject go out one after another. */
  subject: string
  url: string
  /** Made anew for each attempt; a forged one carries proof made with a wrong secret. */
  build: (forged: boolean) => { body: string; headers: Record<string, string> }
}

export type DeliveryLine = {
  provider: WebhookProvider
  eventId: string
  type: string
  url: string
  attempt: number
  atMs: number
  outcome: 'delivered' | 'refused' | 'unreachable' | 'dropped'
  status: number | null
  forged: boolean
}

export type WebhookOptions = {
  /** Gaps between attempts; their number plus one is the number of attempts. */
  retryDelaysMs: readonly number[]
  timeoutMs: number
}

export type Webhooks = {
  dispatch: (webhook: OutgoingWebhook) => void
  configure: (change: Partial<WebhookSettings>) => WebhookSettings
  settings: () => WebhookSettings
  /** Delivers what `hold` kept back, oldest first; returns how many. */
  release: () => number
  /** Delivers it again as often, past every switch. */
  resend: (webhook: OutgoingWebhook, times: number) => void
  /** Resolves when nothing is under way or waiting for a retry (held events don't count). */
  settled: () => Promise<void>
  wasDelivered: (eventId: string) => boolean
  log: () => DeliveryLine[]
  heldCount: () => number
  reset: () => void
  close: () => void
}

type Delivery = { webhook: OutgoingWebhook; attempt: number }

const CALM: WebhookSettings = { mode: 'normal', delayMs: 100, times: 2, forgeNext: 0 }
const KEPT_LOG_LINES = 2_000
const KEPT_HELD = 1_000

/** Signed, retried delivery with switches for what goes wrong in real life: late, lost, doubled, reordered, forged. */
export function createWebhooks({ nowMs }: { nowMs: () => number }, options: WebhookOptions): Webhooks {
  const client = createWebhookClient()
  const timers = new Set<NodeJS.Timeout>()
  const chains = new Map<string, Promise<void>>()
  let settings = { ...CALM }
  let held: Delivery[] = []
  let collected: Delivery[] = []
  let log: DeliveryLine[] = []
  let waiters: (() => void)[] = []
  let underWay = 0
  let generation = 0

  function later(delayMs: number, work: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer)
      work()
    }, delayMs)
    timers.add(timer)
  }

  function finish(startedIn: number): void {
    if (startedIn !== generation) return
    underWay -= 1
    if (underWay > 0) return
    const resolves = waiters
    waiters = []
    for (const resolve of resolves) resolve()
  }

  function write(delivery: Delivery, line: Pick<DeliveryLine, 'outcome' | 'status' | 'forged'>): void {
    const { webhook, attempt } = delivery
    const { provider, id: eventId, type, url } = webhook
    log.push({ provider, eventId, type, url, attempt, atMs: nowMs(), ...line })
    if (log.length > KEPT_LOG_LINES * 2) log = log.slice(-KEPT_LOG_LINES)
  }

  async function attemptOnce(delivery: Delivery): Promise<boolean> {
    const { webhook } = delivery
    const forged = settings.forgeNext > 0
    if (forged) settings.forgeNext -= 1
    const startedIn = generation
    const request = { url: webhook.url, ...webhook.build(forged), timeoutMs: options.timeoutMs }
    const status = await client.post(request).catch(() => null)
    if (startedIn !== generation) return true
    const accepted = status !== null && status >= 200 && status < 300
    const outcome = accepted ? 'delivered' : status === null ? 'unreachable' : 'refused'
    write(delivery, { outcome, status, forged })
    return accepted
  }

  async function attempt(delivery: Delivery): Promise<void> {
    const startedIn = generation
    const accepted = await attemptOnce(delivery)
    const gap = options.retryDelaysMs[delivery.attempt - 1]
    if (accepted || gap === undefined || startedIn !== generation) return finish(startedIn)
    later(gap, () => void attempt({ ...delivery, attempt: delivery.attempt + 1 }))
  }

  /** The first attempts of one intent's events go out one after another; different intents, and copies of one event, don't wait for each other. */
  function start(delivery: Delivery, copy = 0): void {
    underWay += 1
    const { provider, url, subject } = delivery.webhook
    const key = `${provider} ${url} ${subject} ${copy}`
    const before = chains.get(key) ?? nextTurn()
    const now = before.then(() => attempt(delivery))
    chains.set(key, now)
    void now.then(() => {
      if (chains.get(key) === now) chains.delete(key)
    })
  }

  function startLater(delivery: Delivery, delayMs: number): void {
    underWay += 1
    const startedIn = generation
    later(delayMs, () => {
      start(delivery)
      finish(startedIn)
    })
  }

  function collect(delivery: Delivery): void {
    collected.push(delivery)
    if (collected.length > 1) return
    underWay += 1
    const startedIn = generation
    later(settings.delayMs, () => {
      const batch = collected.toReversed()
      collected = []
      for (const entry of batch) start(entry)
      finish(startedIn)
    })
  }

  function route(delivery: Delivery): void {
    if (settings.mode === 'normal') start(delivery)
    else if (settings.mode === 'hold') held = [...held.slice(1 - KEPT_HELD), delivery]
    else if (settings.mode === 'drop') write(delivery, { outcome: 'dropped', status: null, forged: false })
    else if (settings.mode === 'delay') startLater(delivery, settings.delayMs)
    else if (settings.mode === 'reorder') collect(delivery)
    else for (let copy = 0; copy < settings.times; copy += 1) start(delivery, copy)
  }

  function stopEverything(): void {
    generation += 1
    underWay = 0
    for (const timer of timers) clearTimeout(timer)
    timers.clear()
    chains.clear()
    held = []
    collected = []
    for (const resolve of waiters) resolve()
    waiters = []
  }

  return {
    dispatch: (webhook) => route({ webhook, attempt: 1 }),
    configure(change) {
      settings = { ...settings, ...change }
      return { ...settings }
    },
    settings: () => ({ ...settings }),
    release() {
      const released = held
      held = []
      for (const delivery of released) start(delivery)
      return released.length
    },
    resend(webhook, times) {
      for (let copy = 0; copy < times; copy += 1) start({ webhook, attempt: 1 }, copy)
    },
    settled: () => (underWay === 0 ? Promise.resolve() : new Promise((resolve) => waiters.push(resolve))),
    wasDelivered: (eventId) => log.some((line) => line.eventId === eventId && line.outcome === 'delivered'),
    log: () => log.slice(-KEPT_LOG_LINES),
    heldCount: () => held.length,
    reset() {
      stopEverything()
      settings = { ...CALM }
      log = []
    },
    close() {
      stopEverything()
      client.close()
    },
  }
}

/** The answer that caused the event is written in this turn of the loop; the webhook belongs to the next. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
