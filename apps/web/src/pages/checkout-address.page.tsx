import type { CheckoutFrameData } from '../features/checkout/frame-data.ts'
import type { AddressBook } from '../features/checkout/address-book.ts'
import type { AddressFields } from '../ui/AddressBlock.tsx'
import { AddressForm } from '../features/checkout/AddressForm.tsx'
import { CheckoutFrame } from '../features/checkout/CheckoutFrame.tsx'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'

export interface CheckoutAddressData {
  frame: CheckoutFrameData
  saved: AddressFields | null
  /** Who ordered, as the courier would call. */
  contact: { name: string; phone: string }
  isForSomeoneElse: boolean
  /** Null for guests. */
  book: AddressBook | null
}

export function Page({ data, form }: PageProps<CheckoutAddressData>) {
  const { t } = useShop()
  return (
    <CheckoutFrame frame={data.frame} title={t('checkout.address.title')} lead={t('checkout.address.lead')}>
      <AddressForm {...data} chosen={data.frame.chosen} form={form} />
    </CheckoutFrame>
  )
}
