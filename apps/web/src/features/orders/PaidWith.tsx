import { useShop } from '../../framework/shop.tsx'
import { brandName, walletNames } from '../../ui/card-names.ts'
import { Money } from '../../ui/Money.tsx'
import { Rich } from '../../ui/Rich.tsx'
import type { OrderData } from './order-data.ts'

function Means({ payment }: Pick<OrderData, 'payment'>) {
  const { t } = useShop()
  const { method, card, wallet } = payment
  if (!card) return <p>{t(`orders.method.${method}`)}</p>
  const brand = (
    <bdi dir="ltr" key="brand">
      {brandName(card.brand)}
    </bdi>
  )
  const last4 = (
    <bdi dir="ltr" key="last4">
      {card.last4}
    </bdi>
  )
  return (
    <p>
      {wallet && (
        <>
          <bdi dir="ltr">{walletNames[wallet]}</bdi>
          {' · '}
        </>
      )}
      <Rich t={t} id="orders.payment.card" values={{ brand, last4 }} />
    </p>
  )
}

/** How far paying has come, as this way of paying says it. */
function Standing({ payment, cash }: Pick<OrderData, 'payment' | 'cash'>) {
  const { t, format } = useShop()
  const amount = <Money key="amount" value={payment.amount} format={format} />
  if (cash) return <Rich t={t} id={`orders.cash.${cash.state}`} values={{ amount }} />
  const isUnfinished = payment.state === 'pending' || payment.state === 'requires-action'
  if (isUnfinished && payment.method !== 'card') return <>{t(`orders.payment.unfinished.${payment.method}`)}</>
  if (payment.state === 'captured') return <Rich t={t} id="orders.payment.paid" values={{ amount }} />
  return <>{t(`orders.payment.${payment.state}`)}</>
}

/** How it was paid, or how far paying has come. */
export const PaidWith = ({ order }: { order: Pick<OrderData, 'payment' | 'cash'> }) => (
  <>
    <Means payment={order.payment} />
    <p>
      <Standing payment={order.payment} cash={order.cash} />
    </p>
  </>
)
