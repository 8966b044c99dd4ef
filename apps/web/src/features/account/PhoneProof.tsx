import type { FormState } from '../../framework/form.ts'
import { useShop } from '../../framework/shop.tsx'
import { useForm } from '../../framework/useForm.ts'
import { SubmitButton } from '../../ui/Button.tsx'
import { CodeField } from '../../ui/CodeField.tsx'
import { Rich } from '../../ui/Rich.tsx'
import { TryProblem } from '../../ui/TryProblem.tsx'
import panel from './panel.module.css'

interface PhoneProofProps {
  phone: string
  isSent: boolean
  form: FormState | null
}

function SendForm({ form, phone, isSent }: PhoneProofProps) {
  const { t } = useShop()
  const { ref, onSubmit, isBusy, state, hasFailed } = useForm({ initial: form, intent: 'send' })
  const number = (
    <bdi dir="ltr" key="phone">
      {phone}
    </bdi>
  )
  return (
    <form className={panel['form']} method="post" ref={ref} onSubmit={onSubmit}>
      <input type="hidden" name="intent" value="send" />
      <TryProblem form={state} hasFailed={hasFailed} />
      <div>
        <SubmitButton isQuiet isBusy={isBusy} busyLabel={t('signIn.busy')}>
          <span>
            <Rich t={t} id={isSent ? 'account.confirm.sendAgain' : 'account.confirm.send'} values={{ phone: number }} />
          </span>
        </SubmitButton>
      </div>
    </form>
  )
}

/** A code to the account's own phone: sent when it is asked for. */
export function PhoneProof(props: PhoneProofProps) {
  const { t } = useShop()
  const { ref, onSubmit, isBusy, state, hasFailed } = useForm({ initial: props.form, intent: 'code' })
  return (
    <>
      {props.isSent && (
        <form className={panel['form']} method="post" noValidate ref={ref} onSubmit={onSubmit}>
          <input type="hidden" name="intent" value="code" />
          <TryProblem form={state} hasFailed={hasFailed} />
          <CodeField name="code" label={t('signIn.code')} hint={t('signIn.code.hint')} form={state} />
          <div>
            <SubmitButton isBusy={isBusy} busyLabel={t('signIn.busy')}>
              {t('account.confirm.submit')}
            </SubmitButton>
          </div>
        </form>
      )}
      <SendForm {...props} />
    </>
  )
}
