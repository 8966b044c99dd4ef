import { useShop } from '../../framework/shop.tsx'
import { brandName, walletNames } from '../../ui/card-names.ts'
import { Money } from '../../ui/Money.tsx'
import { Rich } from '../../ui/Rich.tsx'
import type { OrderData } from './order-data.ts'
import { takenBy } from './order-standing.ts'

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

type PaidOrder = Pick<OrderData, 'state' | 'payment' | 'cash' | 'storeCredit'>

/** How far paying has come, as this way of paying says it. */
function Standing({ order }: { order: PaidOrder }) {
  const { t, format } = useShop()
  const { state, payment, cash } = order
  const value = payment.state === 'captured' ? takenBy(order) : payment.amount
  const amount = <Money key="amount" value={value} format={format} />
  if (cash) return <Rich t={t} id={`orders.cash.${cash.state}`} values={{ amount }} />
  if (payment.state === 'captured') return <Rich t={t} id="orders.payment.paid" values={{ amount }} />
  const isUnfinished = payment.state === 'pending' || payment.state === 'requires-action'
  if (isUnfinished && state === 'cancelled') return <>{t('orders.payment.cancelled')}</>
  if (isUnfinished && payment.method !== 'card') return <>{t(`orders.payment.unfinished.${payment.method}`)}</>
  return <>{t(`orders.payment.${payment.state}`)}</>
}

/** What store credit paid beside another method, or that it is the shopper's again. */
function CreditPart({ order: { state, payment, storeCredit } }: { order: PaidOrder }) {
  const { t, format } = useShop()
  if (storeCredit.amount === 0) return null
  if (state !== 'cancelled' && payment.method === 'store-credit') return null
  const id = state === 'cancelled' ? 'orders.payment.creditReturned' : 'orders.payment.credit'
  return (
    <p>
      <Rich t={t} id={id} values={{ amount: <Money key="amount" value={storeCredit} format={format} /> }} />
    </p>
  )
}

/** How it was paid, or how far paying has come. */
export const PaidWith = ({ order }: { order: PaidOrder }) => (
  <>
    <Means payment={order.payment} />
    <p>
      <Standing order={order} />
    </p>
    <CreditPart order={order} />
  </>
)
