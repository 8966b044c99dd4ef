import type { Formatter } from '@dhow/i18n/format.ts'
import type { Money as MoneyValue } from '@dhow/money/money.ts'
import styles from './money.module.css'

interface MoneyProps {
  value: MoneyValue
  format: Formatter
  /** `AED 325` where every price is whole (cards, chips); totals keep their two decimals. */
  wholeShort?: boolean
}

/** An amount, isolated from the text round it: small currency, then the figure. Listeners hear "AED 1,234.50", in Arabic the word. */
export function Money({ value, format, wholeShort = false }: MoneyProps) {
  const figure = format.figure(value, { wholeShort })
  if (format.locale === 'en')
    return (
      <bdi className={styles['money']}>
        <span className={styles['currency']}>AED</span> {figure}
      </bdi>
    )
  return (
    <bdi className={styles['money']}>
      <span className={styles['currency']} aria-hidden="true">
        {format.currency}
      </span>
      <span className={styles['spoken']}>درهم</span> {figure}
    </bdi>
  )
}
