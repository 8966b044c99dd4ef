import type { Audience } from './actor.ts'

/** How long an access token opens doors. Whoever is shut out is out sooner: each request looks its session up. */
export const ACCESS_SECONDS: Readonly<Record<Audience, number>> = { 'shop-api': 600, 'admin-api': 300 }

/** How far clocks of our machines may be apart. */
export const LEEWAY_SECONDS = 30
