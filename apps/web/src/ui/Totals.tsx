import type { Money as MoneyValue } from '@dhow/money/money.ts'
import { useShop } from '../framework/shop.tsx'
import { Money } from './Money.tsx'
import styles from './totals.module.css'

export interface TotalsData {
  subtotal: MoneyValue
  /** Null until a delivery is chosen. */
  delivery: MoneyValue | null
  /** Null where it is not settled. */
  vat: MoneyValue | null
  grandTotal: MoneyValue
  /** What the way of paying adds; left out where none is chosen yet. */
  paymentFee?: MoneyValue
  storeCredit?: MoneyValue
  /** What cash rounds: below zero when the shopper pays less. */
  rounding?: MoneyValue
  /** What is left to pay, where it is not the whole. */
  due?: MoneyValue
  /** `due` was paid. */
  isPaid?: boolean
}

/** An amount that is there and not zero. */
const some = (value: MoneyValue | undefined): MoneyValue | undefined => (value?.amount ? value : undefined)

function Row({ name, value, sign = '' }: { name: string; value: MoneyValue; sign?: string }) {
  const { format } = useShop()
  return (
    <div className={styles['row']}>
      <dt>{name}</dt>
      <dd className={styles['amount']}>
        <bdi dir="ltr">
          {sign}
          <Money value={value} format={format} />
        </bdi>
      </dd>
    </div>
  )
}

const positive = (value: MoneyValue): MoneyValue => ({ ...value, amount: Math.abs(value.amount) })

/** What is left of the total: after store credit, and as cash rounds it. */
function Left({ totals }: { totals: TotalsData }) {
  const { t, format } = useShop()
  const credit = some(totals.storeCredit)
  const rounding = some(totals.rounding)
  if (!totals.due || (!credit && !rounding)) return null
  return (
    <>
      {credit && <Row name={t('cart.totals.credit')} value={positive(credit)} sign="−" />}
      {rounding && (
        <Row name={t('cart.totals.rounding')} value={positive(rounding)} sign={rounding.amount < 0 ? '−' : '+'} />
      )}
      <div className={`${styles['row']} ${styles['due']}`}>
        <dt>{t(totals.isPaid ? 'cart.totals.paid' : 'cart.totals.due')}</dt>
        <dd>
          <Money value={totals.due} format={format} />
        </dd>
      </div>
    </>
  )
}

/** What there is to pay, as the server computed it. */
export function Totals({ totals }: { totals: TotalsData }) {
  const { t, format } = useShop()
  const { delivery } = totals
  const fee = some(totals.paymentFee)
  return (
    <dl className={styles['totals']}>
      <div className={styles['row']}>
        <dt>{t('cart.totals.subtotal')}</dt>
        <dd>
          <Money value={totals.subtotal} format={format} />
        </dd>
      </div>
      <div className={styles['row']}>
        <dt>{t('cart.totals.delivery')}</dt>
        <dd className={styles[delivery?.amount === 0 ? 'free' : 'amount']}>
          {!delivery && <span className={styles['later']}>{t('cart.totals.deliveryLater')}</span>}
          {delivery && (delivery.amount === 0 ? t('cart.totals.free') : <Money value={delivery} format={format} />)}
        </dd>
      </div>
      {fee && <Row name={t('cart.totals.fee')} value={fee} />}
      <div className={`${styles['row']} ${styles['total']}`}>
        <dt>{t('cart.totals.total')}</dt>
        <dd>
          <Money value={totals.grandTotal} format={format} />
        </dd>
      </div>
      <Left totals={totals} />
      {totals.vat && (
        <div className={`${styles['row']} ${styles['vat']}`}>
          <dt>{t('cart.totals.vat')}</dt>
          <dd>
            <Money value={totals.vat} format={format} />
          </dd>
        </div>
      )}
    </dl>
  )
}
