import { useShop } from '../framework/shop.tsx'
import { useForm } from '../framework/useForm.ts'
import { ButtonLink, SubmitButton } from './Button.tsx'
import { Icon } from './Icon.tsx'
import { FormProblem } from './Notice.tsx'
import { Rich } from './Rich.tsx'
import styles from './held-order.module.css'

/** An order that waits for its payment. */
export interface HeldOrderFacts {
  number: string
  /** Until when its stock is held, in words: `2:32 pm`. */
  until: string | null
  canChange: boolean
  /** Cash is promised by a code; everything else is paid. */
  needsCode: boolean
}

interface HeldOrderProps {
  held: HeldOrderFacts
  /** Where to go on paying; left out where the card form is on the same page. */
  payHref?: string
  /** Where another way to pay is chosen. */
  otherWaysHref?: string
  headingLevel?: 'h2' | 'h3'
}

/** Says that the cart's contents are set aside as an order, until when, and the two ways on: pay, or change it. */
export function HeldOrder({ held, payHref, otherWaysHref, headingLevel: Heading = 'h2' }: HeldOrderProps) {
  const { t } = useShop()
  const { ref, onSubmit, isBusy, state, hasFailed } = useForm({ initial: null, intent: 'change-order' })
  const number = (
    <bdi key="number" dir="ltr" className={styles['number']}>
      {held.number}
    </bdi>
  )
  return (
    <section className={styles['held']} aria-label={t('cart.held.label')}>
      <Icon name="clock" />
      <div className={styles['body']}>
        <Heading className={styles['title']}>
          {held.until ? (
            <Rich t={t} id="cart.held.title" values={{ number, time: <bdi key="time">{held.until}</bdi> }} />
          ) : (
            <Rich t={t} id="cart.held.titlePlain" values={{ number }} />
          )}
        </Heading>
        <p className={styles['text']}>{t('cart.held.text')}</p>
        <div className={styles['actions']}>
          {payHref && (
            <ButtonLink href={payHref}>{t(held.needsCode ? 'cart.held.confirm' : 'cart.held.pay')}</ButtonLink>
          )}
          {otherWaysHref && (
            <ButtonLink href={otherWaysHref} isQuiet>
              {t('cart.held.otherWays')}
            </ButtonLink>
          )}
          {held.canChange && (
            <form method="post" ref={ref} onSubmit={onSubmit}>
              <input type="hidden" name="intent" value="change-order" />
              <input type="hidden" name="order" value={held.number} />
              <SubmitButton isQuiet isBusy={isBusy}>
                {t('cart.held.change')}
              </SubmitButton>
              <FormProblem form={state} hasFailed={hasFailed} />
            </form>
          )}
        </div>
      </div>
    </section>
  )
}
