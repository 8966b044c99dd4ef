import { useShop } from '../../framework/shop.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import styles from './card-fields.module.css'
import type { PaymentElementControl } from './usePaymentElement.ts'

interface CardFieldsProps {
  card: PaymentElementControl
  isBusy: boolean
  /** What it means here that the fields are late, or do not come. */
  words: { slow: string; failed: string }
}

/** The provider's frame, its outline while it loads, and what to do when it does not. */
export function CardFields({ card, isBusy, words }: CardFieldsProps) {
  const { t } = useShop()
  const { status } = card
  const isLoading = status === 'loading' || status === 'slow'
  return (
    <div className={styles['fields']} aria-busy={isLoading || isBusy}>
      {status === 'failed' ? (
        <Notice kind="bad">
          <p>{words.failed}</p>
          <button className={styles['retry']} type="button" onClick={card.retry}>
            {t('checkout.pay.retry')}
          </button>
        </Notice>
      ) : (
        <div className={styles['stage']}>
          {isLoading && (
            <div className={styles['skeleton']}>
              <VisuallyHidden>{t('checkout.pay.loading')}</VisuallyHidden>
              <span className={styles['bar']} />
              <span className={styles['box']} />
              <span className={styles['bar']} />
              <span className={styles['box']} />
            </div>
          )}
          <div className={styles['frame']} ref={card.frame} data-loading={isLoading || undefined} />
        </div>
      )}
      {status === 'slow' && (
        <p className={styles['slow']} role="status">
          {words.slow}
        </p>
      )}
    </div>
  )
}
