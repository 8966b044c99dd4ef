import type { PaidMethod } from '@dhow/contracts/cart.ts'
import type { DeclineReason } from '@dhow/contracts/orders.ts'
import type { ReactNode } from 'react'
import type { FormState } from '../../framework/form.ts'
import { useShop } from '../../framework/shop.tsx'
import { useForm } from '../../framework/useForm.ts'
import { SubmitButton } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Money } from '../../ui/Money.tsx'
import { FormProblem, Notice } from '../../ui/Notice.tsx'
import { Rich } from '../../ui/Rich.tsx'
import styles from './card-payment.module.css'
import { methodIcons } from './method-icons.ts'
import { isUnanswered } from './pay-answer.ts'
import type { PaySetup } from './pay-answer.ts'
import { PolicyLine } from './PolicyLine.tsx'
import { troubleWords } from './trouble-words.ts'

interface PlainPaymentProps {
  setup: PaySetup & { method: Exclude<PaidMethod, 'card'> }
  /** Where the code for a cash order goes. */
  phone: string
  declined: DeclineReason | null
  form: FormState | null
  /** True when the page has said what changed. */
  onRefused: (refused: FormState) => boolean
}

/** What pressing the button leads to. */
function Next({ setup, phone }: Pick<PlainPaymentProps, 'setup' | 'phone'>) {
  const { t } = useShop()
  if (setup.method !== 'cod') return <>{t(`checkout.pay.next.${setup.method}`)}</>
  const values = {
    phone: (
      <bdi dir="ltr" key="phone">
        {phone}
      </bdi>
    ),
  }
  return <Rich t={t} id="checkout.pay.next.cod" values={values} />
}

/** Every way to pay that needs no fields of ours: one button that says what it does, a plain post with and without script. */
export function PlainPayment({ setup, phone, declined, form, onRefused }: PlainPaymentProps): ReactNode {
  const { t, format } = useShop()
  const { method, due, payKey, instalments } = setup
  const { ref, onSubmit, isBusy, state, hasFailed } = useForm({ initial: form, intent: 'pay', onRefused })
  return (
    <section className={styles['pay']} aria-labelledby="pay-title">
      <h2 className={`${styles['title']} ${styles['way']}`} id="pay-title">
        <Icon name={methodIcons[method]} />
        {t(`checkout.pay.with.${method}`)}
      </h2>
      {declined && !state && <Notice kind="bad">{troubleWords(t, method, declined)}</Notice>}
      <form className={styles['form']} method="post" ref={ref} onSubmit={onSubmit}>
        <input type="hidden" name="intent" value="pay" />
        <input type="hidden" name="_key" value={payKey} />
        <input type="hidden" name="_total" value={due.amount} />
        {hasFailed || (state && isUnanswered(state)) ? (
          <Notice kind="bad" isFocusable>
            {t('checkout.pay.noAnswer')}
          </Notice>
        ) : (
          <FormProblem form={state} />
        )}
        <p className={styles['next']}>
          {instalments && <strong className={styles['split']}>{instalments}</strong>}
          <span>
            <Next setup={setup} phone={phone} />
          </span>
        </p>
        <PolicyLine />
        <SubmitButton isWide isBusy={isBusy} busyLabel={t('checkout.pay.busy.going')}>
          <span>
            <Rich
              t={t}
              id={`checkout.pay.button.${method}`}
              values={{ amount: <Money key="amount" value={due} format={format} /> }}
            />
          </span>
        </SubmitButton>
      </form>
    </section>
  )
}
