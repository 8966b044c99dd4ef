import type { AddressFields } from '../../ui/AddressBlock.tsx'

/** Which saved address is delivered to; `newAddress` for one that is typed now. The form's own, so out of the contract's way. */
export const pickedAddressField = '_picked'
export const newAddress = 'new'
/** The box to keep a new address. */
export const keepAddressField = '_keep'

/** The addresses a signed-in shopper can pick from. */
export interface AddressBook {
  addresses: readonly { id: string; address: AddressFields }[]
  /** Null when the cart's address is none of them. */
  chosen: string | null
}
