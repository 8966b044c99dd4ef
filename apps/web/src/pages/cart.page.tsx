import { useState } from 'react'
import { CartAside } from '../features/cart/CartAside.tsx'
import { CartChanges } from '../features/cart/CartChanges.tsx'
import { CartLineRow } from '../features/cart/CartLineRow.tsx'
import { EmptyCart } from '../features/cart/EmptyCart.tsx'
import { RemovedNotice } from '../features/cart/RemovedNotice.tsx'
import type { CartChange, CartData, RemovedLine } from '../features/cart/cart-data.ts'
import styles from '../features/cart/cart.module.css'
import { announceCart } from '../framework/cart-events.ts'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { useFreshPage } from '../framework/useFreshPage.ts'
import { HeldOrder } from '../ui/HeldOrder.tsx'
import type { HeldOrderFacts } from '../ui/HeldOrder.tsx'
import { Notice } from '../ui/Notice.tsx'
import { SummaryLines } from '../ui/OrderSummary.tsx'
import type { SummaryData } from '../ui/OrderSummary.tsx'
import { Totals } from '../ui/Totals.tsx'

export interface CartPageData {
  /** Null when there is nothing in it. */
  cart: CartData | null
  /** Set while the cart is an order that waits for its payment. */
  held: (HeldOrderFacts & { summary: SummaryData }) | null
  removed: RemovedLine | null
  /** What signing in has just added. */
  addedLines: number
}

function HeldCart({ held }: { held: NonNullable<CartPageData['held']> }) {
  const { paths, t } = useShop()
  return (
    <div className={styles['columns']}>
      <div className={styles['main']}>
        <HeldOrder held={held} payHref={paths.checkoutPay(held.number)} />
        <SummaryLines lines={held.summary.lines} />
      </div>
      <aside className={styles['aside']} aria-label={t('cart.totals.label')}>
        <Totals totals={held.summary.totals} />
      </aside>
    </div>
  )
}

function OpenCart({ data, form }: PageProps<CartPageData>) {
  const { t } = useShop()
  const [cart, setCart] = useState(data.cart)
  const [removed, setRemoved] = useState(data.removed)
  const [removedName, setRemovedName] = useState<string | null>(null)

  function onChange(change: CartChange): void {
    const line = cart?.lines.find(({ variantId }) => variantId === change.removed?.variantId)
    setRemovedName(line?.name ?? null)
    setRemoved(change.removed)
    setCart(change.cart.lines.length ? change.cart : null)
    announceCart({ kind: 'count', itemCount: change.cart.itemCount })
  }

  const undo = removed && <RemovedNotice removed={removed} name={removedName} form={form} onChange={onChange} />
  if (!cart)
    return (
      <>
        {undo}
        <EmptyCart />
      </>
    )
  return (
    <div className={styles['columns']}>
      <div className={styles['main']}>
        {undo}
        {cart.needsAttention && <CartChanges cart={cart} form={form} onChange={onChange} />}
        <ul className={styles['lines']} aria-label={t('cart.lines.label')}>
          {cart.lines.map((line) => (
            <CartLineRow key={line.id} line={line} form={form} onChange={onChange} />
          ))}
        </ul>
      </div>
      <CartAside cart={cart} />
    </div>
  )
}

export function Page({ data, form }: PageProps<CartPageData>) {
  const { t } = useShop()
  useFreshPage()
  const count = data.held?.summary.itemCount ?? data.cart?.itemCount ?? 0
  return (
    <div className={styles['page']}>
      <h1 className={styles['heading']}>{t('cart.title')}</h1>
      {data.addedLines > 0 && <Notice kind="good">{t('cart.merged', { count: data.addedLines })}</Notice>}
      {data.held ? <HeldCart held={data.held} /> : <OpenCart data={data} form={form} />}
      {count > 0 && <p className={styles['promise']}>{t('cart.promise')}</p>}
    </div>
  )
}
