import { useWords } from '../../app/words.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { useAction } from '../../ui/useAction.ts'
import styles from './factor-choice.module.css'

interface FactorChoiceProps {
  canUsePasskeys: boolean
  beginTotp: () => Promise<void>
  onPasskey: () => void
}

/** Which second factor to set up first; another can be added later. */
export function FactorChoice({ canUsePasskeys, beginTotp, onPasskey }: FactorChoiceProps) {
  const { t } = useWords()
  const totp = useAction(beginTotp)
  return (
    <ul className={styles['choices']}>
      {canUsePasskeys && (
        <li>
          <button type="button" className={styles['choice']} onClick={onPasskey}>
            <Icon name="key" />
            <span>
              <b className={styles['name']}>{t('admin.enrol.passkey')}</b>
              <span className={styles['what']}>{t('admin.enrol.passkeyWhat')}</span>
            </span>
            <Icon name="forward" isSmall />
          </button>
        </li>
      )}
      <li>
        <button type="button" className={styles['choice']} onClick={() => totp.run()} aria-busy={totp.isBusy}>
          <Icon name="phone" />
          <span>
            <b className={styles['name']}>{t('admin.enrol.totp')}</b>
            <span className={styles['what']}>{t('admin.enrol.totpWhat')}</span>
          </span>
          <Icon name="forward" isSmall />
        </button>
      </li>
    </ul>
  )
}
