import type { Emirate } from '@dhow/contracts/address.ts'
import type { DeliveryMethod, DeliveryOption } from '@dhow/contracts/cart.ts'
import { compare, money, subtract } from '@dhow/money/money.ts'
import type { Money } from '@dhow/money/money.ts'

/** One row of the rate table: what a method costs to an emirate and how long it takes. */
export interface DeliveryRate {
  method: DeliveryMethod
  emirate: Emirate
  price: Money
  freeOver: Money | null
  minDays: number
  maxDays: number
  /** Minutes after midnight in Asia/Dubai: a later order counts from the next day. */
  cutoffMinute: number
}

/** UTC+4 all year, no daylight saving. */
const DUBAI_OFFSET_MINUTES = 240
const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

/** Days since 1970 and minutes after midnight on the clocks of Asia/Dubai. */
function dubaiTime(instant: Date): { day: number; minute: number } {
  const shifted = instant.getTime() + DUBAI_OFFSET_MINUTES * MINUTE_MS
  return { day: Math.floor(shifted / DAY_MS), minute: Math.floor((shifted % DAY_MS) / MINUTE_MS) }
}

const isoDay = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10)
const instantOf = (day: number, minute: number): string =>
  new Date(day * DAY_MS + (minute - DUBAI_OFFSET_MINUTES) * MINUTE_MS).toISOString()

/**
 * What a rate offers an order placed now. Same-day is offered only before its cut-off; couriers work seven days here, so
 * no day is skipped (holidays come with the calendar of fulfilment).
 */
export function offerOf(rate: DeliveryRate, subtotal: Money, now: Date): DeliveryOption | undefined {
  const { day, minute } = dubaiTime(now)
  const isLate = minute >= rate.cutoffMinute
  if (isLate && rate.method === 'same-day') return undefined
  const start = isLate ? day + 1 : day
  const isFree = rate.freeOver !== null && compare(subtotal, rate.freeOver) >= 0 && rate.price.amount > 0
  return {
    method: rate.method,
    price: isFree ? money(0) : rate.price,
    wasPrice: isFree ? rate.price : null,
    earliest: isoDay(start + rate.minDays),
    latest: isoDay(start + rate.maxDays),
    orderBefore: instantOf(start, rate.cutoffMinute),
  }
}

/** Offers to one emirate, cheapest first. */
export function offersTo(
  rates: readonly DeliveryRate[],
  emirate: string,
  subtotal: Money,
  now: Date,
): DeliveryOption[] {
  return rates
    .filter((rate) => rate.emirate === emirate)
    .flatMap((rate) => offerOf(rate, subtotal, now) ?? [])
    .toSorted((a, b) => compare(a.price, b.price) || a.latest.localeCompare(b.latest))
}

/** How much more makes standard delivery free there; null when it is free already or never is. */
export function untilFree(rates: readonly DeliveryRate[], emirate: string | null, subtotal: Money): Money | null {
  const rate = rates.find((candidate) => candidate.method === 'standard' && candidate.emirate === (emirate ?? 'AE-DU'))
  if (!rate?.freeOver || compare(subtotal, rate.freeOver) >= 0) return null
  return subtract(rate.freeOver, subtotal)
}
