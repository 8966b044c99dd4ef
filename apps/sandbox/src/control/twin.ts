import type { WebhookProvider } from '../webhooks/webhooks.ts'

/** A payment as the control page lists it, whichever provider stands behind it. */
export type TwinPayment = {
  id: string
  /** Minor units. */
  amount: number
  currency: string
  /** The provider's own word. */
  state: string
  /** What the shop said it is for. */
  orderId: string | null
  createdMs: number
  /** What somebody may do about it now, in the shopper's or the provider's place. */
  actions: readonly TwinAction[]
}

/** `lose`: the provider forgets it, for what must be noticed. */
export const TWIN_ACTIONS = ['approve', 'decline', 'expire', 'dispute', 'refund', 'lose'] as const
export type TwinAction = (typeof TWIN_ACTIONS)[number]

/** What the control page, `reset` and the state file need of a provider's stand-in. */
export type Twin = {
  provider: WebhookProvider
  /** The newest first. */
  payments: () => TwinPayment[]
  /** False when there is no such payment, or nothing of the kind can happen to it now. */
  act: (id: string, action: TwinAction) => boolean
  /** What it would still know tomorrow, as JSON. */
  save: () => unknown
  /** Brings back what {@link save} gave. */
  load: (saved: unknown) => void
  clear: () => void
}
