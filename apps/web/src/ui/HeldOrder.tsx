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
  /** Paid, or as good as: somebody makes sure of it, and nothing is to be done. */
  isProcessing: boolean
}

interface HeldOrderProps {
  held: HeldOrderFacts
  /** Where to go on paying; left out where the card form is on the same page. */
  payHref?: string
  /** Where another way to pay is chosen. */
  otherWaysHref?: string
  headingLevel?: 'h2' | 'h3'
}

/** The ways on: pay, pay another way, or change what was ordered. */
function Ways({ held, payHref, otherWaysHref }: HeldOrderProps) {
  const { t } = useShop()
  const { ref, onSubmit, isBusy, state, hasFailed } = useForm({ initial: null, intent: 'change-order' })
  return (
    <div className={styles['actions']}>
      {payHref && <ButtonLink href={payHref}>{t(held.needsCode ? 'cart.held.confirm' : 'cart.held.pay')}</ButtonLink>}
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
  )
}

/** Says that the cart's contents are set aside as an order, until when, and the ways on; or that its payment is being made sure of. */
export function HeldOrder(props: HeldOrderProps) {
  const { held, headingLevel: Heading = 'h2' } = props
  const { t } = useShop()
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
          {held.until && !held.isProcessing ? (
            <Rich t={t} id="cart.held.title" values={{ number, time: <bdi key="time">{held.until}</bdi> }} />
          ) : (
            <Rich
              t={t}
              id={held.isProcessing ? 'cart.held.titleProcessing' : 'cart.held.titlePlain'}
              values={{ number }}
            />
          )}
        </Heading>
        <p className={styles['text']}>{t(held.isProcessing ? 'cart.held.textProcessing' : 'cart.held.text')}</p>
        {!held.isProcessing && <Ways {...props} />}
      </div>
    </section>
  )
}
