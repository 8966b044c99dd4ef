import { useShop } from '../../framework/shop.tsx'
import { useForm } from '../../framework/useForm.ts'
import { ButtonLink, SubmitButton } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { FormProblem } from '../../ui/Notice.tsx'
import { Rich } from '../../ui/Rich.tsx'
import type { HeldOrderData } from './held-order-data.ts'
import styles from './held-order.module.css'

interface HeldOrderProps {
  held: Pick<HeldOrderData, 'number' | 'payBefore' | 'canChange'>
  /** Where to go on paying; left out where the card form is on the same page. */
  payHref?: string
  headingLevel?: 'h2' | 'h3'
}

/** Says that the cart's contents are set aside as an order, until when, and the two ways on: pay, or change it. */
export function HeldOrder({ held, payHref, headingLevel: Heading = 'h2' }: HeldOrderProps) {
  const { t, format } = useShop()
  const change = useForm({ initial: null, intent: 'change-order' })
  const number = (
    <bdi dir="ltr" className={styles['number']}>
      {held.number}
    </bdi>
  )
  return (
    <section className={styles['held']} aria-label={t('cart.held.label')}>
      <Icon name="clock" />
      <div className={styles['body']}>
        <Heading className={styles['title']}>
          {held.payBefore ? (
            <Rich t={t} id="cart.held.title" values={{ number, time: <bdi>{format.time(held.payBefore)}</bdi> }} />
          ) : (
            <Rich t={t} id="cart.held.titlePlain" values={{ number }} />
          )}
        </Heading>
        <p className={styles['text']}>{t('cart.held.text')}</p>
        <div className={styles['actions']}>
          {payHref && <ButtonLink href={payHref}>{t('cart.held.pay')}</ButtonLink>}
          {held.canChange && (
            <form method="post" ref={change.ref} onSubmit={change.onSubmit}>
              <input type="hidden" name="intent" value="change-order" />
              <input type="hidden" name="order" value={held.number} />
              <SubmitButton isQuiet isBusy={change.isBusy}>
                {t('cart.held.change')}
              </SubmitButton>
              <FormProblem form={change.state} hasFailed={change.hasFailed} />
            </form>
          )}
        </div>
      </div>
    </section>
  )
}
