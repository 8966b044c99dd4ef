import { CALM_CHAOS, type ChaosSettings } from './chaos.ts'

export const WEBHOOK_MODES = ['normal', 'hold', 'drop', 'double', 'reorder', 'delay', 'chaos'] as const
export type WebhookMode = (typeof WEBHOOK_MODES)[number]

/** `chaos` goes by the percentages, the other modes by the rest. */
export type WebhookSettings = ChaosSettings & {
  mode: WebhookMode
  /** `delay`: how long each delivery waits. `reorder`: how long events are collected before they go out newest first. */
  delayMs: number
  /** `double`: how often each event is delivered. */
  times: number
  /** This many of the next attempts carry a signature made with a wrong secret; the retry is signed rightly. */
  forgeNext: number
}

export const CALM: WebhookSettings = { mode: 'normal', delayMs: 100, times: 2, forgeNext: 0, ...CALM_CHAOS }
