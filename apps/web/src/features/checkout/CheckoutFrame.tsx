import type { ReactNode } from 'react'
import { useShop } from '../../framework/shop.tsx'
import { useFreshPage } from '../../framework/useFreshPage.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Money } from '../../ui/Money.tsx'
import { OrderSummary } from '../../ui/OrderSummary.tsx'
import type { SummaryData } from '../../ui/OrderSummary.tsx'
import styles from './checkout-frame.module.css'
import type { CheckoutFrameData } from './frame-data.ts'
import { StepList } from './StepList.tsx'

/** Folded on a phone, where the form comes first; the same words stand beside it on a wide window. */
function FoldedSummary({ summary }: { summary: SummaryData }) {
  const { t, format } = useShop()
  return (
    <details className={styles['folded']}>
      <summary className={styles['fold']}>
        <Icon name="bag" />
        <span className={styles['foldWords']}>{t('checkout.summary.show')}</span>
        <Icon name="down" isSmall />
        <strong className={styles['foldTotal']}>
          <Money value={summary.totals.due ?? summary.totals.grandTotal} format={format} />
        </strong>
      </summary>
      <OrderSummary summary={summary} />
    </details>
  )
}

interface CheckoutFrameProps {
  frame: CheckoutFrameData
  title: string
  lead?: ReactNode
  children: ReactNode
}

/** Every step of the checkout: where one is, the form, and what is being bought. */
export function CheckoutFrame({ frame, title, lead, children }: CheckoutFrameProps) {
  const { t, paths } = useShop()
  const { summary } = frame
  useFreshPage()
  return (
    <div className={styles['page']}>
      <FoldedSummary summary={summary} />
      {frame.steps.length > 0 && <StepList steps={frame.steps} chosen={frame.chosen} />}
      <div className={styles['columns']}>
        <div className={styles['main']}>
          <div className={styles['words']}>
            <h1 className={styles['title']}>{title}</h1>
            {lead && <p className={styles['lead']}>{lead}</p>}
          </div>
          {children}
        </div>
        <aside className={styles['aside']} aria-label={t('checkout.summary.label')}>
          <div className={styles['asideHead']}>
            <h2 className={styles['asideTitle']}>{t('cart.lines.count', { count: summary.itemCount })}</h2>
            {frame.steps.length > 0 && (
              <a className={styles['edit']} href={paths.cart()}>
                {t('checkout.summary.edit')}
              </a>
            )}
          </div>
          <OrderSummary summary={summary} />
        </aside>
      </div>
    </div>
  )
}
