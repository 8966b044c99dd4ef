import { randomInt, timingSafeEqual } from 'node:crypto'

/** Wrong codes at the door; after them a person decides (UAE facts §8). */
export const DELIVERY_CODE_TRIES = 5

/** Six digits the shopper gives the courier with the cash. */
export const newDeliveryCode = (): string => String(randomInt(1_000_000)).padStart(6, '0')

/** Takes the same time whatever was typed. Both are six digits. */
export const isSameCode = (wanted: string, given: string): boolean =>
  wanted.length === given.length && timingSafeEqual(Buffer.from(wanted), Buffer.from(given))
