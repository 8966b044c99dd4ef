import { useShop } from '../../framework/shop.tsx'
import { Rich } from '../../ui/Rich.tsx'
import type { OrderData } from './order-data.ts'

/** Proper names, the same in every language. */
const brandNames: Readonly<Record<string, string>> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'American Express',
  unionpay: 'UnionPay',
  discover: 'Discover',
  jcb: 'JCB',
  diners: 'Diners Club',
}

/** How it was paid, or how far paying has come. */
export function PaidWith({ payment }: { payment: OrderData['payment'] }) {
  const { t } = useShop()
  if (!payment.card) return <p>{t(`orders.payment.${payment.state}`)}</p>
  const brand = (
    <bdi dir="ltr" key="brand">
      {brandNames[payment.card.brand] ?? payment.card.brand}
    </bdi>
  )
  const last4 = (
    <bdi dir="ltr" key="last4">
      {payment.card.last4}
    </bdi>
  )
  return (
    <>
      <p>
        <Rich t={t} id="orders.payment.card" values={{ brand, last4 }} />
      </p>
      <p>{t(`orders.payment.${payment.state}`)}</p>
    </>
  )
}
