import type { DeclineReason } from '@dhow/contracts/orders.ts'
import type { FormState } from '../../framework/form.ts'
import type { HeldOrderFacts } from '../../ui/HeldOrder.tsx'
import { CardPayment } from './CardPayment.tsx'
import type { PaySetup } from './pay-answer.ts'
import { PlainPayment } from './PlainPayment.tsx'

interface PayNowProps {
  setup: PaySetup
  phone: string
  declined: DeclineReason | null
  form: FormState | null
  onPlaced: (held: HeldOrderFacts) => void
  onRefused: (refused: FormState) => boolean
}

/** The last step: the card fields, or one button. */
export function PayNow({ setup, phone, declined, form, onPlaced, onRefused }: PayNowProps) {
  const { method, card } = setup
  if (method !== 'card')
    return (
      <PlainPayment setup={{ ...setup, method }} phone={phone} declined={declined} form={form} onRefused={onRefused} />
    )
  if (!card) return null
  return <CardPayment setup={{ ...setup, card }} declined={declined} onPlaced={onPlaced} onRefused={onRefused} />
}
