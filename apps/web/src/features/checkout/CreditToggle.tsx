import { useShop } from '../../framework/shop.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Money } from '../../ui/Money.tsx'
import { Rich } from '../../ui/Rich.tsx'
import styles from './credit-toggle.module.css'
import type { CreditOffer } from './payment-offers.ts'

interface CreditToggleProps {
  credit: CreditOffer
  /** The amounts have followed a change of the box. */
  isRecounted: boolean
  onToggle: (isOn: boolean) => void
}

/** A box of the step's form, so it counts without script too; with script the amounts below follow at once, and it is said. */
export function CreditToggle({ credit, isRecounted, onToggle }: CreditToggleProps) {
  const { t, format } = useShop()
  const values = {
    usable: <Money key="usable" value={credit.usable} format={format} />,
    balance: <Money key="balance" value={credit.balance} format={format} />,
  }
  const said = credit.isUsed ? 'checkout.credit.counted' : 'checkout.credit.uncounted'
  return (
    <div className={styles['credit']}>
      <label className={styles['choice']}>
        <input
          className={styles['box']}
          type="checkbox"
          name="_credit"
          defaultChecked={credit.isUsed}
          onChange={(event) => onToggle(event.target.checked)}
        />
        <span className={styles['words']}>
          <span className={styles['title']}>{t('checkout.credit.use')}</span>
          <span className={styles['text']}>
            <Rich t={t} id="checkout.credit.text" values={values} />
          </span>
        </span>
        <Icon name="wallet" />
      </label>
      {credit.isUsed && credit.coversAll && <p className={styles['covers']}>{t('checkout.credit.covers')}</p>}
      <p className={styles['said']} role="status">
        {isRecounted && t(said)}
      </p>
    </div>
  )
}
