import { AccountFrame } from '../features/account/AccountFrame.tsx'
import { FinishProfile } from '../features/account/FinishProfile.tsx'
import type { Missing } from '../features/account/FinishProfile.tsx'
import { OrderCard } from '../features/account/OrderCard.tsx'
import type { OrderRow } from '../features/account/order-rows.ts'
import { Shortcuts } from '../features/account/Shortcuts.tsx'
import { SignOutForm } from '../features/account/SignOutForm.tsx'
import styles from '../features/account/overview.module.css'
import panel from '../features/account/panel.module.css'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { AddressBlock } from '../ui/AddressBlock.tsx'
import type { AddressFields } from '../ui/AddressBlock.tsx'
import { ButtonLink } from '../ui/Button.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Rich } from '../ui/Rich.tsx'

export interface AccountData {
  name: string | null
  lastOrder: OrderRow | null
  address: AddressFields | null
  missing: Missing
  /** What signing in has just added to the cart. */
  addedLines: number
}

function LastOrder({ order }: { order: OrderRow | null }) {
  const { t, paths } = useShop()
  return (
    <section className={styles['section']} aria-labelledby="last-order">
      <div className={panel['head']}>
        <h2 className={panel['title']} id="last-order">
          {t('account.lastOrder')}
        </h2>
        {order && (
          <a className={panel['link']} href={paths.accountPart('orders')}>
            {t('account.lastOrder.all')}
          </a>
        )}
      </div>
      {order ? (
        <OrderCard order={order} />
      ) : (
        <div className={`${panel['panel']} ${panel['calm']}`}>
          <p className={panel['text']}>{t('account.lastOrder.none')}</p>
          <p>
            <ButtonLink href={paths.shop({ tag: 'new' })} isQuiet>
              {t('account.lastOrder.shop')}
            </ButtonLink>
          </p>
        </div>
      )}
    </section>
  )
}

function HomeAddress({ address }: { address: AddressFields | null }) {
  const { t, paths } = useShop()
  return (
    <section className={panel['panel']} aria-labelledby="home-address">
      <div className={panel['head']}>
        <h2 className={panel['title']} id="home-address">
          {t('account.address')}
        </h2>
        <a className={panel['link']} href={address ? paths.accountPart('addresses') : paths.accountAddress('new')}>
          {t(address ? 'account.address.all' : 'account.addresses.add')}
        </a>
      </div>
      {address ? <AddressBlock address={address} /> : <p className={panel['text']}>{t('account.address.none')}</p>}
    </section>
  )
}

export function Page({ data }: PageProps<AccountData>) {
  const { t, paths } = useShop()
  const title = data.name ? (
    <Rich t={t} id="account.greeting" values={{ name: <bdi key="name">{data.name}</bdi> }} />
  ) : (
    t('account.title')
  )
  return (
    <AccountFrame title={title}>
      {data.addedLines > 0 && (
        <Notice kind="good">
          {t('cart.merged', { count: data.addedLines })}{' '}
          <a className={panel['link']} href={paths.cart()}>
            {t('cartSheet.open')}
          </a>
        </Notice>
      )}
      <FinishProfile missing={data.missing} />
      <LastOrder order={data.lastOrder} />
      <HomeAddress address={data.address} />
      <Shortcuts />
      <div className={styles['signOut']}>
        <SignOutForm />
      </div>
    </AccountFrame>
  )
}
