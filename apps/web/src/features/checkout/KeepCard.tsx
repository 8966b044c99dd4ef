import type { FormEvent } from 'react'
import { useEffect, useRef } from 'react'
import { useShop } from '../../framework/shop.tsx'
import { SubmitButton } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Notice } from '../../ui/Notice.tsx'
import styles from './card-payment.module.css'
import { CardFields } from './CardFields.tsx'
import { useKeepCard } from './useKeepCard.ts'
import type { KeepTrouble } from './useKeepCard.ts'
import { usePaymentElement } from './usePaymentElement.ts'

function KeepTroubleNotice({ trouble }: { trouble: KeepTrouble }) {
  const { t } = useShop()
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => place.current?.querySelector<HTMLElement>('[data-problem]')?.focus(), [])
  return (
    <div ref={place}>
      <Notice kind="bad" isFocusable>
        {trouble.kind === 'declined' && (
          <>
            <strong>{t(`checkout.decline.${trouble.reason}`)}</strong> {t('account.cards.add.notKept')}
          </>
        )}
        {trouble.kind === 'refused' && t(`problems.${trouble.code}`)}
        {trouble.kind === 'no-answer' && t('account.cards.add.noAnswer')}
      </Notice>
    </div>
  )
}

/** The card fields and a button that keeps the card; nothing is paid. */
export function KeepCard({ fields }: { fields: { publishableKey: string; scriptUrl: string } }) {
  const { t, locale } = useShop()
  const card = usePaymentElement({ ...fields, payment: null, locale })
  const { isBusy, trouble, keep } = useKeepCard(card.session)

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    void keep(event.currentTarget)
  }

  return (
    <div className={styles['pay']}>
      {trouble && <KeepTroubleNotice trouble={trouble} />}
      <noscript>
        <p className={styles['noscript']}>{t('account.cards.add.noscript')}</p>
      </noscript>
      <form className={styles['form']} method="post" noValidate onSubmit={onSubmit}>
        <input type="hidden" name="intent" value="keep" />
        <CardFields
          card={card}
          isBusy={isBusy}
          words={{ slow: t('account.cards.add.slow'), failed: t('account.cards.add.failed') }}
        />
        <SubmitButton
          isWide
          isBusy={isBusy}
          isDisabled={card.status !== 'ready' || isBusy}
          busyLabel={t('account.cards.add.busy')}
        >
          {t('account.cards.add.submit')}
        </SubmitButton>
        <p className={styles['safe']}>
          <Icon name="shield" isSmall />
          {t('checkout.pay.safe')}
        </p>
      </form>
    </div>
  )
}
