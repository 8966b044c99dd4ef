import type { Sealer } from '../../platform/crypto/sealing.ts'

/** What the code is sealed under, by the order's own key: erasing the order's details erases it. */
const PURPOSE = 'delivery-code'

/** Six digits the courier asks for, sealed for the order they belong to. */
export const sealDeliveryCode = (sealer: Sealer, dataKey: Buffer, code: string): Buffer =>
  sealer.sealJson(dataKey, PURPOSE, code)

/** Null when nothing is left of it: the cash was collected, the order called off, or its details erased. */
export const openDeliveryCode = (sealer: Sealer, dataKey: Buffer | null, sealed: Buffer | null): string | null =>
  dataKey && sealed ? String(sealer.openJson(dataKey, PURPOSE, sealed)) : null
