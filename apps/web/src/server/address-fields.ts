import type { Address, Contact } from '@dhow/contracts/address.ts'
import { formatMobile } from '@dhow/contracts/phone.ts'
import type { AddressFields } from '../ui/AddressBlock.tsx'

/** `12345 67890`: as it stands on the plate beside the door. */
const formatMakani = (makani: string): string => makani.replace(/^(\d{5})(\d{5})$/, '$1 $2')

/** A saved address as pages show it. Runs on the server only: the phone tables are too heavy for browsers. */
export function toAddressFields({ location: _location, ...fields }: Address): AddressFields {
  return { ...fields, phone: formatMobile(fields.phone), makani: formatMakani(fields.makani) }
}

/** A number within a sentence, kept on one line. */
export const unbrokenMobile = (phone: string): string => formatMobile(phone).replaceAll(' ', '\u00A0')

export interface ContactFields {
  name: string
  email: string
  /** `050 123 4567` */
  phone: string
}

export const toContactFields = ({ name, email, phone }: Contact): ContactFields => ({
  name,
  email,
  phone: formatMobile(phone),
})
