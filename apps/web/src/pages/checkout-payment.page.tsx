import { useState } from 'react'
import type { CheckoutFrameData } from '../features/checkout/frame-data.ts'
import { CheckoutFrame } from '../features/checkout/CheckoutFrame.tsx'
import { MethodChoice } from '../features/checkout/MethodChoice.tsx'
import { isCovered } from '../features/checkout/payment-offers.ts'
import type { PricedOffers } from '../features/checkout/payment-offers.ts'
import { StepForm } from '../features/checkout/StepForm.tsx'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Rich } from '../ui/Rich.tsx'

export interface CheckoutPaymentData {
  frame: CheckoutFrameData
  offers: PricedOffers
  chosen: string
  /** The order that waits; null while there is only a cart. */
  order: { number: string; until: string | null } | null
  /** Why the shopper is here again, in words. */
  notice: string | null
}

function OrderLead({ order }: { order: NonNullable<CheckoutPaymentData['order']> }) {
  const { t } = useShop()
  const number = (
    <bdi key="number" dir="ltr">
      {order.number}
    </bdi>
  )
  return (
    <>
      <Rich t={t} id="checkout.payment.leadOrder" values={{ number }} />{' '}
      {order.until && (
        <Rich t={t} id="checkout.payment.heldUntil" values={{ time: <bdi key="time">{order.until}</bdi> }} />
      )}
    </>
  )
}

export function Page({ data, form }: PageProps<CheckoutPaymentData>) {
  const { t, paths } = useShop()
  const { order, notice } = data
  const [offers, setOffers] = useState(data.offers)
  const [chosen, setChosen] = useState(data.chosen)
  const { summary } = data.frame
  const totals = offers.totals[isCovered(offers) ? 'store-credit' : chosen] ?? summary.totals
  const frame = { ...data.frame, summary: { ...summary, totals } }
  const back = order
    ? { href: paths.order(order.number), label: t('checkout.payment.back') }
    : { href: paths.checkout('delivery', frame.chosen), label: t('checkout.step.delivery') }
  return (
    <CheckoutFrame
      frame={frame}
      title={t(order ? 'checkout.payment.titleOrder' : 'checkout.payment.title')}
      lead={order ? <OrderLead order={order} /> : t('checkout.payment.lead')}
    >
      {notice && <Notice kind="bad">{notice}</Notice>}
      <StepForm
        form={form}
        submit={t(order ? 'checkout.payment.submitOrder' : 'checkout.payment.submit')}
        back={back}
        labels={{ method: t('checkout.payment.title') }}
      >
        {(state) => (
          <MethodChoice offers={offers} chosen={chosen} form={state} onRecount={setOffers} onChoose={setChosen} />
        )}
      </StepForm>
    </CheckoutFrame>
  )
}
