import { AccountFrame } from '../features/account/AccountFrame.tsx'
import { OrderCard } from '../features/account/OrderCard.tsx'
import type { OrderRow } from '../features/account/order-rows.ts'
import panel from '../features/account/panel.module.css'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { ButtonLink } from '../ui/Button.tsx'

export interface AccountOrdersData {
  orders: readonly OrderRow[]
  nextCursor: string | null
  isFirst: boolean
}

export function Page({ data }: PageProps<AccountOrdersData>) {
  const { t, paths } = useShop()
  const { orders, nextCursor, isFirst } = data
  return (
    <AccountFrame part="orders" title={t('account.orders.title')}>
      {orders.length === 0 && (
        <div className={`${panel['panel']} ${panel['calm']}`}>
          <p className={panel['text']}>{t('account.orders.none')}</p>
          <div className={panel['actions']}>
            <ButtonLink href={paths.home()}>{t('cart.continue')}</ButtonLink>
            <a className={panel['link']} href={paths.orderLookup()}>
              {t('account.orders.lookUp')}
            </a>
          </div>
        </div>
      )}
      <ul className={panel['panels']}>
        {orders.map((order) => (
          <li key={order.number}>
            <OrderCard order={order} />
          </li>
        ))}
      </ul>
      {(!isFirst || nextCursor) && (
        <nav className={panel['actions']} aria-label={t('account.orders.pages')}>
          {!isFirst && (
            <ButtonLink href={paths.accountPart('orders')} isQuiet>
              {t('account.orders.newest')}
            </ButtonLink>
          )}
          {nextCursor && (
            <ButtonLink href={paths.accountPart('orders', { cursor: nextCursor })} isQuiet>
              {t('account.orders.older')}
            </ButtonLink>
          )}
        </nav>
      )}
    </AccountFrame>
  )
}
