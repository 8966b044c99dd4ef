import type { Money as MoneyValue } from '@dhow/money/money.ts'
import { CheckoutFrame } from '../features/checkout/CheckoutFrame.tsx'
import type { CheckoutFrameData } from '../features/checkout/frame-data.ts'
import { SendCode } from '../features/checkout/SendCode.tsx'
import styles from '../features/checkout/order-code.module.css'
import type { FormState } from '../framework/form.ts'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { useForm } from '../framework/useForm.ts'
import { SubmitButton } from '../ui/Button.tsx'
import { CodeField } from '../ui/CodeField.tsx'
import { HeldOrder } from '../ui/HeldOrder.tsx'
import type { HeldOrderFacts } from '../ui/HeldOrder.tsx'
import { Money } from '../ui/Money.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Resend } from '../ui/Resend.tsx'
import { Rich } from '../ui/Rich.tsx'
import { TryProblem } from '../ui/TryProblem.tsx'

export interface CheckoutCodeData {
  frame: CheckoutFrameData
  held: HeldOrderFacts
  phone: string
  due: MoneyValue
  /** From when the page was made until another code may be asked for; null when none was sent from this browser. */
  resendSeconds: number | null
  wasSentAgain: boolean
  canChangeMethod: boolean
}

function ConfirmForm({ due, form }: { due: MoneyValue; form: FormState | null }) {
  const { t, format } = useShop()
  const { ref, onSubmit, isBusy, state, hasFailed } = useForm({ initial: form, intent: 'confirm' })
  return (
    <form className={styles['form']} method="post" noValidate ref={ref} onSubmit={onSubmit}>
      <input type="hidden" name="intent" value="confirm" />
      <TryProblem form={state} hasFailed={hasFailed} />
      <CodeField name="code" label={t('signIn.code')} hint={t('signIn.code.hint')} form={state} />
      <SubmitButton isWide isBusy={isBusy} busyLabel={t('checkout.code.busy')}>
        <span>
          <Rich
            t={t}
            id="checkout.code.submit"
            values={{ amount: <Money key="amount" value={due} format={format} /> }}
          />
        </span>
      </SubmitButton>
    </form>
  )
}

/** The code that turns a promise of cash into an order. */
export function Page({ data, form }: PageProps<CheckoutCodeData>) {
  const { t, paths } = useShop()
  const { held, due, resendSeconds } = data
  const isSent = resendSeconds !== null
  const phone = (
    <bdi dir="ltr" key="phone">
      {data.phone}
    </bdi>
  )
  return (
    <CheckoutFrame
      frame={data.frame}
      title={t('checkout.code.title')}
      lead={<Rich t={t} id={isSent ? 'checkout.code.lead' : 'checkout.code.leadUnsent'} values={{ phone }} />}
    >
      {data.wasSentAgain && !form && <Notice kind="good">{t('signIn.code.sentAgain')}</Notice>}
      {isSent ? (
        <>
          <ConfirmForm due={due} form={form} />
          <Resend seconds={resendSeconds} form={form} />
        </>
      ) : (
        <SendCode phone={data.phone} form={form} />
      )}
      {data.canChangeMethod && (
        <p>
          <a className={styles['link']} href={paths.checkoutMethods(held.number)}>
            {t('checkout.pay.otherWay')}
          </a>
        </p>
      )}
      <HeldOrder held={held} />
    </CheckoutFrame>
  )
}
