import type { CartLine, LineNotice } from '@dhow/contracts/cart.ts'
import { useShop } from '../../framework/shop.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Money } from '../../ui/Money.tsx'
import { Rich } from '../../ui/Rich.tsx'
import styles from './line-notices.module.css'

function NoticeWords({ notice, line }: { notice: LineNotice; line: CartLine }) {
  const { t, format } = useShop()
  if (notice.code === 'price-changed') {
    const values = {
      was: <Money value={notice.was} format={format} />,
      now: <Money value={line.unitPrice} format={format} />,
    }
    return <Rich t={t} id="cart.notice.price-changed" values={values} />
  }
  if (notice.code === 'not-enough') return <>{t('cart.notice.not-enough', { count: notice.available })}</>
  return <>{t(`cart.notice.${notice.code}`)}</>
}

/** Why a line is not what was put in. */
export function LineNotices({ line }: { line: CartLine }) {
  if (!line.notices.length) return null
  return (
    <ul className={styles['notices']}>
      {line.notices.map((notice) => (
        <li className={styles['notice']} key={notice.code}>
          <Icon name="alert" isSmall />
          <span>
            <NoticeWords notice={notice} line={line} />
          </span>
        </li>
      ))}
    </ul>
  )
}
