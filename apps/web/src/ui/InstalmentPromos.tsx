import { useState } from 'react'
import type { Money } from '@dhow/money/money.ts'
import type { InstalmentPromo } from '../framework/instalments.ts'
import { useShop } from '../framework/shop.tsx'
import { useOfficialWidget } from '../framework/useOfficialWidget.ts'
import { Icon } from './Icon.tsx'
import styles from './instalment-promos.module.css'

interface PromosProps {
  promos: readonly InstalmentPromo[]
  /** What is to be paid; its parts were made by the server. */
  amount: Money
  place: 'product' | 'cart'
}

function Promo({ promo, amount, place }: { promo: InstalmentPromo } & Omit<PromosProps, 'promos'>) {
  const { t } = useShop()
  const [isReplaced, setReplaced] = useState(false)
  const { provider, count } = promo
  const widget = useOfficialWidget({ promo, amount, place, onShown: setReplaced })
  const each = promo.parts[amount.amount]
  return (
    <li className={styles['promo']}>
      {promo.widget && <div className={styles['widget']} id={`${place}-${provider}`} ref={widget} />}
      {!isReplaced && (
        <>
          <p>{each && count ? t(`offers.${provider}.split`, { count, each }) : t(`offers.${provider}`)}</p>
          <details className={styles['more']}>
            <summary className={styles['summary']}>{t(`offers.${provider}.how`)}</summary>
            <p className={styles['how']}>{t(`offers.${provider}.text`)}</p>
          </details>
        </>
      )}
    </li>
  )
}

/** Paying in instalments, in our words, or in the provider's own where the shop has switched that on and it has loaded. */
export function InstalmentPromos({ promos, ...rest }: PromosProps) {
  const { t } = useShop()
  if (promos.length === 0) return null
  return (
    <div className={styles['promos']}>
      <Icon name="parts" />
      <ul className={styles['list']} aria-label={t('offers.label')}>
        {promos.map((promo) => (
          <Promo key={promo.provider} promo={promo} {...rest} />
        ))}
      </ul>
    </div>
  )
}
