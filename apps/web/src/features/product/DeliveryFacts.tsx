import { useState } from 'react'
import type { ReactNode } from 'react'
import type { MessageId } from '@dhow/i18n/translator.ts'
import { useShop } from '../../framework/shop.tsx'
import { Icon } from '../../ui/Icon.tsx'
import type { IconName } from '../../ui/Icon.tsx'
import { Money } from '../../ui/Money.tsx'
import { Rich } from '../../ui/Rich.tsx'
import type { DeliveryPromise } from '../../framework/delivery.ts'
import styles from './delivery-facts.module.css'

const emirateName = (emirate: string): MessageId => `emirate.${emirate}` as MessageId

function Fact({ icon, title, children }: { icon: IconName; title: ReactNode; children: ReactNode }) {
  return (
    <div className={styles['fact']}>
      <Icon name={icon} />
      <div className={styles['words']}>
        <div className={styles['title']}>{title}</div>
        {children}
      </div>
    </div>
  )
}

function EmirateSelect({
  promise,
  emirate,
  onChange,
}: {
  promise: DeliveryPromise
  emirate: string
  onChange: (emirate: string) => void
}) {
  const { t } = useShop()
  return (
    <form className={styles['choose']} method="get">
      <label className={styles['label']}>
        <span>{t('product.delivery')}</span>
        <select
          className={styles['select']}
          name="emirate"
          value={emirate}
          onChange={(event) => onChange(event.target.value)}
        >
          {promise.emirates.map((one) => (
            <option key={one.emirate} value={one.emirate}>
              {t(emirateName(one.emirate))}
            </option>
          ))}
        </select>
        <Icon name="down" isSmall />
      </label>
      <noscript>
        <button className={styles['show']} type="submit">
          {t('product.delivery.show')}
        </button>
      </noscript>
    </form>
  )
}

function Delivery({ promise, initial }: { promise: DeliveryPromise; initial: string }) {
  const { t, format } = useShop()
  const [emirate, setEmirate] = useState(initial)
  const chosen = promise.emirates.find((one) => one.emirate === emirate) ?? promise.emirates[0]
  if (!chosen) return null
  return (
    <Fact icon="truck" title={<EmirateSelect promise={promise} emirate={chosen.emirate} onChange={setEmirate} />}>
      <ul className={styles['lines']} aria-live="polite">
        {chosen.lines.map(({ method, price, when, before }) => (
          <li key={method}>
            <b className={styles['when']}>{when}</b> <span className={styles['line']}>{before}</span>
            <span className={styles['cost']}>
              {t(`product.delivery.${method}`)} ·{' '}
              {price ? <Money value={price} format={format} wholeShort /> : t('product.delivery.free')}
            </span>
          </li>
        ))}
      </ul>
      {promise.freeOver && (
        <p className={styles['free']}>
          <Rich
            t={t}
            id="product.delivery.freeOver"
            values={{ amount: <Money key="amount" value={promise.freeOver} format={format} wholeShort /> }}
          />
        </p>
      )}
    </Fact>
  )
}

interface DeliveryFactsProps {
  promise: DeliveryPromise | null
  emirate: string
  /** How it can be paid in parts, if it can. */
  instalments: ReactNode
}

/** What a buyer wants to know beside the button: when it arrives and what that costs, instalments, returns, safe payment. */
export function DeliveryFacts({ promise, emirate, instalments }: DeliveryFactsProps) {
  const { t, paths } = useShop()
  return (
    <div className={styles['facts']}>
      {promise ? (
        <Delivery promise={promise} initial={emirate} />
      ) : (
        <Fact icon="truck" title={t('pages.delivery')}>
          <p className={styles['line']}>{t('product.delivery.none')}</p>
        </Fact>
      )}
      {instalments && <div className={styles['fact']}>{instalments}</div>}
      <Fact icon="back" title={t('product.returns')}>
        <p className={styles['line']}>
          {t('product.returns.line')}{' '}
          <a className={styles['link']} href={paths.content('returns')}>
            {t('product.returns.link')}
          </a>
        </p>
      </Fact>
      <Fact icon="shield" title={t('product.secure')}>
        <p className={styles['line']}>{t('product.secure.line')}</p>
      </Fact>
    </div>
  )
}
