import { createWebhookClient } from './webhook-post.ts'
import type { DeliveryLine, OutgoingWebhook, WebhookOptions } from './webhooks.ts'

export type Delivery = { webhook: OutgoingWebhook; attempt: number }

export type DeliveryEngine = {
  /** First attempts about one subject go out one after another; different subjects, and copies of one event, don't wait for each other. */
  start: (delivery: Delivery, copy?: number) => void
  /** Does something later by the wall clock; it counts as under way until then. */
  later: (delayMs: number, work: () => void) => void
  write: (delivery: Delivery, line: Pick<DeliveryLine, 'outcome' | 'status' | 'forged'>) => void
  log: () => DeliveryLine[]
  wasDelivered: (eventId: string) => boolean
  /** Resolves when nothing is under way or waiting for a retry. */
  settled: () => Promise<void>
  stop: () => void
  clearLog: () => void
  close: () => void
}

const KEPT_LOG_LINES = 2_000

/** Sends webhooks and repeats those that were not taken. Whether an attempt is forged is asked before each. */
export function createDeliveryEngine(
  nowMs: () => number,
  options: WebhookOptions,
  isForged: (delivery: Delivery) => boolean,
): DeliveryEngine {
  const client = createWebhookClient()
  const timers = new Set<NodeJS.Timeout>()
  const chains = new Map<string, Promise<void>>()
  let log: DeliveryLine[] = []
  let waiters: (() => void)[] = []
  let underWay = 0
  let generation = 0

  function finish(startedIn: number): void {
    if (startedIn !== generation) return
    underWay -= 1
    if (underWay > 0) return
    const resolves = waiters
    waiters = []
    for (const resolve of resolves) resolve()
  }

  function wait(delayMs: number, work: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer)
      work()
    }, delayMs)
    timers.add(timer)
  }

  function later(delayMs: number, work: () => void): void {
    underWay += 1
    const startedIn = generation
    wait(delayMs, () => {
      work()
      finish(startedIn)
    })
  }

  function write(delivery: Delivery, line: Pick<DeliveryLine, 'outcome' | 'status' | 'forged'>): void {
    const { webhook, attempt } = delivery
    const { provider, id: eventId, type, url } = webhook
    log.push({ provider, eventId, type, url, attempt, atMs: nowMs(), ...line })
    if (log.length > KEPT_LOG_LINES * 2) log = log.slice(-KEPT_LOG_LINES)
  }

  async function attemptOnce(delivery: Delivery): Promise<boolean> {
    const { webhook } = delivery
    const forged = isForged(delivery)
    const startedIn = generation
    const request = { url: webhook.url, ...webhook.build(forged), timeoutMs: options.timeoutMs }
    const status = await client.post(request).catch(() => null)
    if (startedIn !== generation) return true
    const accepted = status !== null && (webhook.onlyBy200 ? status === 200 : status >= 200 && status < 300)
    const outcome = accepted ? 'delivered' : status === null ? 'unreachable' : 'refused'
    write(delivery, { outcome, status, forged })
    return accepted
  }

  async function attempt(delivery: Delivery): Promise<void> {
    const startedIn = generation
    const accepted = await attemptOnce(delivery)
    const gap = options.retryDelaysMs[delivery.attempt - 1]
    if (accepted || gap === undefined || startedIn !== generation) return finish(startedIn)
    wait(gap, () => void attempt({ ...delivery, attempt: delivery.attempt + 1 }))
  }

  return {
    start(delivery, copy = 0) {
      underWay += 1
      const { provider, url, subject } = delivery.webhook
      const key = `${provider} ${url} ${subject} ${copy}`
      const before = chains.get(key) ?? nextTurn()
      const now = before.then(() => attempt(delivery))
      chains.set(key, now)
      void now.then(() => {
        if (chains.get(key) === now) chains.delete(key)
      })
    },
    later,
    write,
    log: () => log.slice(-KEPT_LOG_LINES),
    wasDelivered: (eventId) => log.some((line) => line.eventId === eventId && line.outcome === 'delivered'),
    settled: () => (underWay === 0 ? Promise.resolve() : new Promise((resolve) => waiters.push(resolve))),
    stop() {
      generation += 1
      underWay = 0
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
      chains.clear()
      for (const resolve of waiters) resolve()
      waiters = []
    },
    clearLog() {
      log = []
    },
    close: client.close,
  }
}

/** The answer that caused the event is written in this turn of the loop; the webhook belongs to the next. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
