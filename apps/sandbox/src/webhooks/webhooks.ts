import { BoundedMap } from '../platform/bounded-map.ts'
import { createChaos, type Copy } from './chaos.ts'
import { createDeliveryEngine, type Delivery } from './delivery.ts'
import { createLate } from './late.ts'
import { CALM, type WebhookSettings } from './webhook-settings.ts'

export const WEBHOOK_PROVIDERS = ['stripe', 'tabby', 'tamara'] as const
export type WebhookProvider = (typeof WEBHOOK_PROVIDERS)[number]

/** One webhook to one receiver. */
export type OutgoingWebhook = {
  provider: WebhookProvider
  /** The event's id, where the provider gives one; else one of our own making, for the log and `resend`. */
  id: string
  type: string
  /** What it is about: first attempts about one subject go out one after another. */
  subject: string
  url: string
  /** Made anew for each attempt; a forged one carries proof made with a wrong secret. `url` where the proof is in the address. */
  build: (forged: boolean) => { body: string; headers: Record<string, string>; url?: string }
  /** Whether nothing but 200 is a receipt; else any success is. */
  onlyBy200?: boolean
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
  /** Changes switches. The dice of `chaos` begin anew from the seed with every change. */
  configure: (change: Partial<WebhookSettings>) => WebhookSettings
  settings: () => WebhookSettings
  /** Delivers what `hold` kept back and what `chaos` made late, oldest first; returns how many. */
  release: () => number
  /** Delivers an event of this life of the process again as often, past every switch; false when it is unknown. */
  resend: (eventId: string, times: number) => boolean
  /** The clock has moved: what was late by it is due. */
  tick: () => void
  /** Resolves when nothing is under way or waiting for a retry (what is held, or late by the sandbox's clock, doesn't count). */
  settled: () => Promise<void>
  wasDelivered: (eventId: string) => boolean
  log: () => DeliveryLine[]
  /** How many are held or late. */
  heldCount: () => number
  reset: () => void
  close: () => void
}

const KEPT_EVENTS = 20_000
const KEPT_HELD = 1_000

/** Signed, retried delivery with switches for what goes wrong in real life: late, lost, doubled, reordered, forged. */
export function createWebhooks({ nowMs }: { nowMs: () => number }, options: WebhookOptions): Webhooks {
  const engine = createDeliveryEngine(nowMs, options, isForged)
  const late = createLate<Delivery>(nowMs, (delivery) => engine.start(delivery))
  const events = new BoundedMap<OutgoingWebhook[]>(KEPT_EVENTS)
  let settings = { ...CALM }
  let chaos = createChaos(settings)
  let held: Delivery[] = []
  let collected: Delivery[] = []
  let overtaken: { delivery: Delivery; left: number }[] = []

  function isForged({ attempt }: Delivery): boolean {
    if (settings.forgeNext > 0) {
      settings.forgeNext -= 1
      return true
    }
    return settings.mode === 'chaos' && attempt === 1 && chaos.isForged()
  }

  function collect(delivery: Delivery): void {
    collected.push(delivery)
    if (collected.length > 1) return
    engine.later(settings.delayMs, () => {
      const batch = collected.toReversed()
      collected = []
      for (const entry of batch) engine.start(entry)
    })
  }

  /** Waits until enough others have gone first, or for a while when none come. */
  function fallBehind(delivery: Delivery, left: number): void {
    const entry = { delivery, left }
    overtaken.push(entry)
    engine.later(settings.delayMs, () => {
      if (!overtaken.includes(entry)) return
      overtaken = overtaken.filter((other) => other !== entry)
      engine.start(delivery)
    })
  }

  function letOvertakenGo(): void {
    for (const entry of overtaken) entry.left -= 1
    const ready = overtaken.filter(({ left }) => left < 0)
    overtaken = overtaken.filter(({ left }) => left >= 0)
    for (const { delivery } of ready) engine.start(delivery)
  }

  function scatter(delivery: Delivery, copy: Copy, index: number): void {
    if (copy.delayMs > 0) late.add(delivery, nowMs() + copy.delayMs)
    else if (copy.overtakenBy > 0) fallBehind(delivery, copy.overtakenBy)
    else engine.start(delivery, index)
  }

  function drop(delivery: Delivery): void {
    engine.write(delivery, { outcome: 'dropped', status: null, forged: false })
  }

  function suffer(delivery: Delivery): void {
    const fate = chaos.next()
    if (fate.length === 0) drop(delivery)
    for (const [index, copy] of fate.entries()) scatter(delivery, copy, index)
    letOvertakenGo()
  }

  function route(delivery: Delivery): void {
    const { mode, delayMs, times } = settings
    if (mode === 'normal') engine.start(delivery)
    else if (mode === 'hold') held = [...held.slice(1 - KEPT_HELD), delivery]
    else if (mode === 'drop') drop(delivery)
    else if (mode === 'delay') engine.later(delayMs, () => engine.start(delivery))
    else if (mode === 'reorder') collect(delivery)
    else if (mode === 'chaos') suffer(delivery)
    else for (let copy = 0; copy < times; copy += 1) engine.start(delivery, copy)
  }

  function stopEverything(): void {
    engine.stop()
    late.clear()
    held = []
    collected = []
    overtaken = []
  }

  return {
    dispatch(webhook) {
      const others = events.get(webhook.id)?.filter(({ url }) => url !== webhook.url) ?? []
      events.set(webhook.id, [...others, webhook])
      route({ webhook, attempt: 1 })
    },
    configure(change) {
      settings = { ...settings, ...change }
      chaos = createChaos(settings)
      return { ...settings }
    },
    settings: () => ({ ...settings }),
    release() {
      const released = [...held, ...late.drain()]
      held = []
      for (const delivery of released) engine.start(delivery)
      return released.length
    },
    resend(eventId, times) {
      const webhooks = events.get(eventId) ?? []
      for (const webhook of webhooks)
        for (let copy = 0; copy < times; copy += 1) engine.start({ webhook, attempt: 1 }, copy)
      return webhooks.length > 0
    },
    tick: late.tick,
    settled: engine.settled,
    wasDelivered: engine.wasDelivered,
    log: engine.log,
    heldCount: () => held.length + late.count(),
    reset() {
      stopEverything()
      settings = { ...CALM }
      chaos = createChaos(settings)
      events.clear()
      engine.clearLog()
    },
    close() {
      stopEverything()
      engine.close()
    },
  }
}
