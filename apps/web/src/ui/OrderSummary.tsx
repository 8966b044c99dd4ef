import type { Picture as PictureData } from '@dhow/contracts/primitives.ts'
import type { Money as MoneyValue } from '@dhow/money/money.ts'
import { useShop } from '../framework/shop.tsx'
import { Money } from './Money.tsx'
import { Picture } from './Picture.tsx'
import { Totals } from './Totals.tsx'
import type { TotalsData } from './Totals.tsx'
import styles from './order-summary.module.css'

/** A line of a cart or of an order, as far as a summary shows it. */
export interface SummaryLine {
  id: string
  name: string
  optionText: string
  picture: PictureData | null
  quantity: number
  total: MoneyValue
}

export interface SummaryData {
  lines: readonly SummaryLine[]
  itemCount: number
  totals: TotalsData
}

export function SummaryLines({ lines }: { lines: readonly SummaryLine[] }) {
  const { t, format } = useShop()
  return (
    <ul className={styles['lines']}>
      {lines.map((line) => (
        <li className={styles['line']} key={line.id}>
          <span className={styles['frame']}>
            {line.picture && <Picture picture={line.picture} sizes="64px" isDecorative />}
          </span>
          <span className={styles['words']}>
            <bdi className={styles['name']}>{line.name}</bdi>
            {line.optionText && <bdi className={styles['options']}>{line.optionText}</bdi>}
            <span className={styles['options']}>{t('cart.line.units', { count: line.quantity })}</span>
          </span>
          <Money value={line.total} format={format} />
        </li>
      ))}
    </ul>
  )
}

/** Lines and totals, small: beside the steps of the checkout, on confirmation and status pages. */
export const OrderSummary = ({ summary }: { summary: SummaryData }) => (
  <div className={styles['summary']}>
    <SummaryLines lines={summary.lines} />
    <Totals totals={summary.totals} />
  </div>
)
