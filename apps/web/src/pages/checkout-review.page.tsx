import type { DeliveryMethod } from '@dhow/contracts/cart.ts'
import type { DeclineReason } from '@dhow/contracts/orders.ts'
import { useState } from 'react'
import { ChangesPanel } from '../features/checkout/ChangesPanel.tsx'
import { changesBetween } from '../features/checkout/changes.ts'
import type { Change, SeenCart } from '../features/checkout/changes.ts'
import { CheckoutFrame } from '../features/checkout/CheckoutFrame.tsx'
import type { CheckoutFrameData } from '../features/checkout/frame-data.ts'
import { freshCartIn } from '../features/checkout/pay-answer.ts'
import type { PaySetup } from '../features/checkout/pay-answer.ts'
import { PayNow } from '../features/checkout/PayNow.tsx'
import { ReviewSections } from '../features/checkout/ReviewSections.tsx'
import type { FormState } from '../framework/form.ts'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { HeldOrder } from '../ui/HeldOrder.tsx'
import type { HeldOrderFacts } from '../ui/HeldOrder.tsx'
import type { AddressFields } from '../ui/AddressBlock.tsx'

export interface CheckoutReviewData {
  frame: CheckoutFrameData
  contact: { name: string; email: string; phone: string }
  address: AddressFields
  delivery: { method: DeliveryMethod; promise: string }
  setup: PaySetup
  /** What is compared with when paying finds the cart changed; null for an order, whose prices are settled. */
  seen: SeenCart | null
  /** What the cart itself says has changed since things were put in. */
  noticed: readonly Change[]
  held: HeldOrderFacts | null
  declined: DeclineReason | null
  /** Where another way to pay a waiting order is chosen. */
  otherWays: string | null
}

export function Page({ data, form }: PageProps<CheckoutReviewData>) {
  const { t, paths } = useShop()
  const [held, setHeld] = useState(data.held)
  const [changes, setChanges] = useState(data.noticed)

  /** Paying was refused because the cart is not what was shown: says old → new, if that is what it was. */
  function onRefused(refused: FormState): boolean {
    const now = freshCartIn(refused)
    if (!now || !data.seen) return false
    const found = changesBetween(data.seen, now)
    setChanges(found)
    return found.length > 0
  }

  const otherWays = held && (data.otherWays ?? paths.checkoutMethods(held.number))
  return (
    <CheckoutFrame
      frame={held ? { ...data.frame, steps: [] } : data.frame}
      title={held ? t('checkout.pay.title') : t('checkout.review.title')}
    >
      {held && <HeldOrder held={held} {...(otherWays ? { otherWaysHref: otherWays } : {})} />}
      <ReviewSections data={data} method={data.setup.method} isFixed={held !== null} otherWays={otherWays} />
      {changes.length > 0 ? (
        <ChangesPanel changes={changes} form={form} />
      ) : (
        <PayNow
          setup={data.setup}
          phone={data.contact.phone}
          declined={data.declined}
          form={form}
          onPlaced={setHeld}
          onRefused={onRefused}
        />
      )}
    </CheckoutFrame>
  )
}
