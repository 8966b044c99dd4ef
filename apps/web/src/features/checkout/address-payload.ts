import type { Address, AddressInput, Contact } from '@dhow/contracts/address.ts'
import type { FormValues } from '../../framework/form.ts'

/** The checkbox that shows the recipient's own name and number. Its underscore keeps it out of the contract's fields. */
export const otherRecipientField = '_someoneElse'

const typedFields = ['emirate', 'area', 'kind', 'building', 'unit', 'street', 'landmark', 'makani', 'notes'] as const

/** The fields of the place alone, as the contract reads them. */
export function placeValues(values: FormValues): FormValues {
  // The field is hidden outside Dubai, so what is left in it must not be what stops the form.
  const makani = values['emirate'] === 'AE-DU' ? (values['makani'] ?? '') : ''
  const fields = typedFields.map((name) => [name, name === 'makani' ? makani : (values[name] ?? '')] as const)
  // Selects and radios that were not chosen send nothing, or an empty string: both are "required", not "invalid".
  const chosen = fields.filter(([name, value]) => value !== '' || (name !== 'emirate' && name !== 'kind'))
  return { intent: values['intent'] ?? '', ...Object.fromEntries(chosen) }
}

/**
 * The posted form as the contract's address. Unless somebody else receives the parcel, name and number are the contact's:
 * the hidden fields may hold an older contact.
 */
export function addressValues(values: FormValues, contact: Contact): FormValues {
  const isForSomeoneElse = values[otherRecipientField] === 'on'
  const recipient = {
    recipientName: isForSomeoneElse ? (values['recipientName'] ?? '') : contact.name,
    phone: isForSomeoneElse ? (values['phone'] ?? '') : contact.phone,
  }
  return { ...placeValues(values), ...recipient }
}

type Recipient = Pick<AddressInput, 'recipientName' | 'phone'>

/** True when the parcel goes to the one who orders. */
export const isOwnAddress = (address: Recipient, contact: Contact): boolean =>
  address.recipientName === contact.name && address.phone === contact.phone

/** True for the same door and the same recipient, however the courier is told to find it. */
export const isSamePlace = (one: Address, other: Address): boolean =>
  (['recipientName', 'phone', 'emirate', 'area', 'kind', 'building', 'unit', 'street'] as const).every(
    (field) => one[field] === other[field],
  )
