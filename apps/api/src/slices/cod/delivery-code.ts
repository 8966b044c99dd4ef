import { randomInt, timingSafeEqual } from 'node:crypto'
import type { Sealer } from '../../platform/crypto/sealing.ts'

/** Wrong codes at the door; after them a person decides (UAE facts §8). */
export const DELIVERY_CODE_TRIES = 5

/** What the code is sealed under, by the order's own key: erasing the order's details erases it. */
const PURPOSE = 'delivery-code'

/** Six digits the shopper gives the courier with the cash. */
export const newDeliveryCode = (): string => String(randomInt(1_000_000)).padStart(6, '0')

export const sealDeliveryCode = (sealer: Sealer, dataKey: Buffer, code: string): Buffer =>
  sealer.sealJson(dataKey, PURPOSE, code)

/** Null when nothing is left of it: the order was collected, or its details erased. */
export const openDeliveryCode = (sealer: Sealer, dataKey: Buffer | null, sealed: Buffer | null): string | null =>
  dataKey && sealed ? String(sealer.openJson(dataKey, PURPOSE, sealed)) : null

/** Takes the same time whatever was typed. Both are six digits. */
export const isSameCode = (wanted: string, given: string): boolean =>
  wanted.length === given.length && timingSafeEqual(Buffer.from(wanted), Buffer.from(given))
