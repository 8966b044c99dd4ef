import type { FormState } from '../../framework/form.ts'
import type { AddressFields } from '../../ui/AddressBlock.tsx'
import type { addressLabels } from './address-labels.ts'

/** What every part of the address form needs. */
export interface AddressPartProps {
  labels: ReturnType<typeof addressLabels>
  saved: AddressFields | null
  form: FormState | null
}
