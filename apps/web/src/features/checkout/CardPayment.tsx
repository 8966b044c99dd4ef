import type { DeclineReason } from '@dhow/contracts/orders.ts'
import type { FormEvent } from 'react'
import type { FormState } from '../../framework/form.ts'
import { useShop } from '../../framework/shop.tsx'
import type { HeldOrderFacts } from '../../ui/HeldOrder.tsx'
import { SubmitButton } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Money } from '../../ui/Money.tsx'
import { Rich } from '../../ui/Rich.tsx'
import styles from './card-payment.module.css'
import { CardFields } from './CardFields.tsx'
import type { CardSetup, PaySetup } from './pay-answer.ts'
import { PayTroubleNotice } from './PayTroubleNotice.tsx'
import { PolicyLine } from './PolicyLine.tsx'
import { usePay } from './usePay.ts'
import { usePaymentElement } from './usePaymentElement.ts'

interface CardPaymentProps {
  setup: PaySetup & { card: CardSetup }
  /** Why the last try failed, when the page was loaded after it. */
  declined: DeclineReason | null
  onPlaced: (held: HeldOrderFacts) => void
  onRefused: (refused: FormState) => boolean
}

/** The card fields and the button with the total on it. */
export function CardPayment({ setup, declined, onPlaced, onRefused }: CardPaymentProps) {
  const { t, format, locale } = useShop()
  const total = setup.due
  const { scriptUrl, publishableKey, ...payment } = setup.card
  const card = usePaymentElement({ scriptUrl, publishableKey, payment: { ...payment, total }, locale })
  const { isBusy, trouble, pay } = usePay({ session: card.session, onPlaced, onRefused })
  const shown = trouble ?? (declined && !isBusy ? ({ kind: 'declined', reason: declined } as const) : null)

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    void pay(event.currentTarget)
  }

  return (
    <section className={styles['pay']} aria-labelledby="pay-title">
      <h2 className={styles['title']} id="pay-title">
        {t('checkout.pay.card')}
      </h2>
      {shown && <PayTroubleNotice trouble={shown} />}
      <noscript>
        <p className={styles['noscript']}>{t('checkout.pay.noscript')}</p>
      </noscript>
      <form className={styles['form']} method="post" noValidate onSubmit={onSubmit}>
        <input type="hidden" name="intent" value="pay" />
        <input type="hidden" name="_key" value={setup.payKey} />
        <input type="hidden" name="_total" value={total.amount} />
        <CardFields
          card={card}
          isBusy={isBusy}
          words={{ slow: t('checkout.pay.slow'), failed: t('checkout.pay.failed') }}
        />
        <PolicyLine />
        <SubmitButton
          isWide
          isBusy={isBusy}
          isDisabled={card.status !== 'ready' || isBusy}
          busyLabel={t('checkout.pay.busy')}
        >
          <Rich t={t} id="checkout.pay.button" values={{ amount: <Money value={total} format={format} /> }} />
        </SubmitButton>
        <p className={styles['safe']}>
          <Icon name="shield" isSmall />
          {t('checkout.pay.safe')}
        </p>
      </form>
    </section>
  )
}
